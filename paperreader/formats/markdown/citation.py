"""Parse a reference in plain text into authors, title and venue, in the orders that lists use.

"Title (2017), A. Bee et al.", "Ann Bee and Cee Dee, Title, CVPR, 2015", "Title, Ann Bee, CVPR",
"Bee, A. (2017). Title." and "Name - what it is about" are all common.
"""

import re
from typing import NamedTuple

from paperreader.formats.common.people import people_in
from paperreader.formats.common.title_or_abstract import abstract_score
from paperreader.formats.markdown import facts, signs
from paperreader.papers.names import is_turned

_YEAR = re.compile(r"\s*[(\[]((?:19|20)\d\d)[a-z]?(?:, \w{3,9}(?: \d+)?)?[)\]]\s*[.,:;–—-]*\s*")
_YEAR_IN_STOPS = re.compile(r"\.\s+((?:19|20)\d\d)[a-z]?\.\s+(?=\w)")
_YEAR_IN_COMMAS = re.compile(r",\s+((?:19|20)\d\d),\s+")
_WORD = r"(?:[dl]['’])?[^\W\d_a-z][\w.'’-]*"
_PARTICLE = "van(?: [a-z]{2,4})?|von|de|der|den|da|di|la|le|bin|al|el|ter|dos|del"
# A name and what may follow it in a list of names.
_NAME = re.compile(
    rf"({_WORD}(?:\s+(?:{_WORD}|{_PARTICLE})){{1,4}})\d*[*†]*"
    r"(\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+|\s*,?\s*\bet\.?\s*al\.?[.,:;]?\s*"
    r"|\s*[:.;]\s+|\s*$)"
)
# The text that follows a title in a reference.
_TAIL = re.compile(
    r"[,.;]\s+(?:\(?In[: ]|Proc(?:eedings|\.)|Journal|Transactions|IEEE|ACM|pp?\.|vol\.|[Pp]reprint"
    r"|Technical [Rr]eport|PhD|Nature\b|Science\b|J\. [A-Z]|Computational Linguistics\b"
    r"|Artificial Intelligence\b)|[,.;]?\s+(?:arXiv|CoRR)\b"
    r"|[,.;]\s*(?:19|20)\d\d\b|\s+(?:19|20)\d\d[\s.]*$"
)
_DASH = re.compile(r"\s+[-–—]+\s+|\s[:：]\s")
_INITIAL = re.compile(r"\b[A-Z]\.")
_ARTICLES = ("a", "an", "the")
_BARS = re.compile(r"\s*\|\s*")
_VERB = re.compile(
    r"(?:\w+ly )?(?:introduc|propos|present|show|stud|explor|describ|provid|investigat|develop"
    r"|demonstrat|releas|evaluat|analy[sz]|argu|survey|review|discuss|enabl|improv|train|build"
    r"|count|find|combin|achiev|claim|examin|extend|use|offer|suggest|report|creat|appl|addres"
    r"|compar|perform|scale|leverag|plan|look)(?:s|es|ies)\b",
    re.IGNORECASE,
)
# Words of titles that are not names, though they are capitalised between names.
_NO_NAME = frozenset(
    """a adaptation adaptive adversarial agent agents algorithm algorithms analysis and approach
    approximation architecture attention audio augmentation autoencoder autoencoders automatic
    bayesian benchmark classification classifier clustering code coding compression computer
    computing contrastive convolutional coding data database databases dataset datasets deep dense
    design detection diffusion distillation distributed domain dynamic editing efficient embedding
    embeddings encoder down end estimation evaluation fast feature features federated few flow for
    framework from fully fusion generation generative global gradient graph graphs hashing human
    image images in inference information intelligence interaction joint kernel knowledge language
    large latent layer learned learning linear local localization logic machine matching memory
    meta method methods mining mixture model modeling modelling models multi net nets network
    networks neural normalization object of on online open optical optimal optimization parallel
    parsing perception planning point policy prediction processing programming quantum query
    question real reasoning recognition recommendation reconstruction recurrent reinforcement
    representation representations residual resolution retrieval robot robust sampling scale search
    segmentation self semantic semi sensor sequence shot single social sparse spatial speech
    statistical structure study style super supervised supervision survey synthesis system systems
    task tasks text the theory time toward towards tracking training transfer transform transformer
    transformers translation understanding unified universal unsupervised up using variational via
    video view vision visual weakly with word zero
    analyzing attending boosting bridging building combining detecting explaining exploring finding
    generating going growing improving looking making masking pushing ranking rendering reading
    rethinking scaling seeing sharing solving teaching tuning""".split()
)
_YEAR_BEHIND = re.compile(r"[,.]?\s*\(?(?:19|20)\d\d[a-z]?\)?[\s.:,]*$")
# The number of a reference, and the first of its authors, turned.
_NUMBER = re.compile(r"^[\s*]*\[\d{1,4}\][\s*:.]*")
# A full stop that ends the list, not an initial or "Jr.".
_SURNAME = re.compile(_WORD)
_STOP = re.compile(r"(?<=\w[^\W\d_A-Z])(?<!\b[JS]r)[.:;]+$")
_TURNED_FIRST = re.compile(
    rf"({_WORD}(?: {_WORD})?),\s*({_WORD}(?:\s+{_WORD}){{0,2}})(?:,\s*(?:and\s+)?|\s+(?=and )|$)"
)
# Names with initials directly behind a title: "… S. Elm, T. Oak".
_INITIALED = r"(?:[A-Z]\.[ -]?){1,3} ?[A-ZÀ-Þ][\w'’-]+"
_BEHIND_TITLE = re.compile(
    rf"(?<=[\w)?!]) ({_INITIALED}(?:(?:, (?:and |& )?| and | & ){_INITIALED})*)(?: et al)?[ .,]*$"
)
_NOUN = re.compile(
    r"\w{7,}ing|\w{4,}(?:tions?|ments?|ness|ity|ism|ics|ware|based|aware|free|ive|ous|less|able|ible|ical)"
)
_LONGEST = 30
_ACRONYM = re.compile(r", [A-Z]{4,8}$")
# What may stand behind a venue.
_STATE = re.compile(
    r"\(?\b(?:under review|submitted|to appear|accepted|in press|oral|spotlight|poster"
    r"|version \d)\b\)?",
    re.IGNORECASE,
)


class Citation(NamedTuple):
    """The title of a reference, its authors as they are listed, and the rest of its text."""

    title: str
    people: str = ""
    rest: str = ""


def parse(line: str) -> Citation:
    """Return the parts of a reference in plain text; the title is empty if none is certain."""
    line = " ".join(line.split())
    if line.endswith(")") and (state := _STATE.search(line, line.rfind("("))):
        line = line[: state.start()].rstrip()
    if "|" in line:
        line = _without_bars(line)
    named = _named(line)
    if named.title:
        return named
    if (year := _YEAR_IN_STOPS.search(line)) and is_people(line[: year.start()]):
        return Citation(_title_at_start(line[year.end() :]), line[: year.start()], year.group())
    if year := _YEAR.search(line) or _year_before_people(line):
        before, after = line[: year.start()].strip(" ,"), line[year.end() :]
        if is_people(before) and len(after.split()) > 1 and not is_people(after):
            return Citation(_title_at_start(after), before)
        if len(before.split()) > 1:
            if not after.strip(" .") or is_people(after):
                # The authors may be on either side of the title.
                inner = parse(before)
                title = inner.title or before.strip(" .")
                return Citation(title, after or inner.people, inner.rest)
            line = f"{before}. {after}"
    behind = _BEHIND_TITLE.search(line, max(0, len(line) - facts.NEAR))
    if behind and len(line[: behind.start()].split()) > 1:
        return Citation(line[: behind.start()], behind.group(1))
    end = end_of_people(line) or _end_after_turned(line)
    rest = line[end:].strip()
    if end and not _is_venue(rest):
        return Citation(_title_at_start(rest), line[:end])
    if end:
        return _last_of(line[:end])
    return _title_first(line)


def is_people(text: str) -> bool:
    """Whether a text is only names, perhaps with "et al." after them."""
    text = text.strip(" .,;:*")
    is_shortened = facts.ET_AL.search(text[-30:]) is not None
    names = facts.ET_AL.sub("", text).strip(" ,.")
    if not names:
        return False
    if is_shortened and len(names.split()) < 5:
        return True
    is_apa = not text.partition(")")[2].strip(" .") and bool(facts.apa_people(text))
    return is_apa or end_of_people(names + ".") >= len(names)


def people_before(text: str) -> tuple[str, ...]:
    """Return the names before a title, given names first or as "Doe, Jane, and Max Roe"."""
    text = _YEAR_BEHIND.sub("", text)
    text = _NUMBER.sub("", text.strip(facts.EDGE.replace(".", "") + facts.QUOTES))
    names = facts.ET_AL.sub("", text).strip(" ,;")
    text, is_shortened = _STOP.sub("", names), names != text.strip(" ,;")
    if end_of_people(f"{text}.") >= len(text) > 0 or (is_shortened and _SURNAME.fullmatch(text)):
        return people_in(text)
    if turned := _turned_first(text):
        others = text[turned.end() :].removeprefix("and ")
        if not others or end_of_people(f"{others}.") >= len(others):
            first = f"{turned.group(2)} {turned.group(1)}"
            return (first, *people_in(others))
    return facts.apa_people(text)


def end_of_people(line: str) -> int:
    """Return the end of the names at the start of a line, 0 if it starts with other words."""
    start, end, before = 0, 0, ""
    while match := _NAME.match(line, end):
        if not _could_be_name(match.group(1)):
            break
        mark = match.group(2).strip()
        # "Deep Residual Learning: A title" has no name, "Bee and Dee: A title" has two.
        if mark == ":" and not before.strip(", ") and not _INITIAL.search(match.group(1)):
            break
        start, end, before = end, match.end(), mark
        if "al" in mark or mark in (":", ".", ";", ""):
            return end
    # "Ann Bee, Aligning Beds and gardens": the last name is the first words of a title.
    return start if before.endswith(("and", "&")) else end


def _turned_first(line: str) -> re.Match[str] | None:
    """Return "Doe, Jane," before other names; "Jane Doe, Richard Roe," are two."""
    first = _TURNED_FIRST.match(line)
    return first if first and is_turned(", ".join(first.groups())) else None


def _end_after_turned(line: str) -> int:
    """Return the end of the names of "Doe, Jane, Richard Roe, and Max Moe, …", or 0."""
    first = _turned_first(line)
    if not first:
        return 0
    shortened = facts.ET_AL.match(line, first.end() - 1)
    others = end_of_people(line[first.end() :])
    return shortened.end() if shortened else first.end() + others if others else 0


def _could_be_name(words: str) -> bool:
    """Whether no word is typical of titles: a word of a list, or a long noun by its ending."""
    for word in (word.strip(".") for word in words.split()):
        parts = word.lower().split("-")
        is_acronym = len(parts) > 1 and re.search(r"[A-Z]{2}", word) is not None
        if is_acronym or signs.is_venue(word) or _NOUN.fullmatch(word):
            return False
        if any(len(part) > 1 and part in _NO_NAME for part in parts):
            return False
    return True


def _year_before_people(line: str) -> re.Match[str] | None:
    """Return the year of "Title, 2018, A. Bee et al."; of no other year between commas."""
    year = _YEAR_IN_COMMAS.search(line)
    return year if year and is_people(line[year.end() :]) else None


def is_description(text: str) -> bool:
    """Whether words after a dash describe what is before it, rather than continue its title."""
    words = text.split()
    # "Gardens - a survey" has a subtitle, "Bulbs - spring flowers" does not.
    if len(words) < 3 and (not words or words[0] in _ARTICLES or not text[0].islower()):
        return False
    is_sentence = text[0].islower() or _VERB.match(text) is not None
    return is_sentence or abstract_score(text[:3000]) > 0


def _named(line: str) -> Citation:
    """Return the name before "Name - what it is about", as the title."""
    for dash in _DASH.finditer(line[:300]):
        name, about = line[: dash.start()].strip(), line[dash.end() :].strip()
        if name and len(name.split()) <= _LONGEST and is_description(about):
            return Citation(name, "", about)
        if len(name.split()) > 1 and is_people(about) and not is_people(name):
            return Citation(name, about)
        if is_people(name) and len(about.split()) > 2 and end_of_people(name + ".") > 0:
            return Citation(_title_at_start(about), name)
    return Citation("")


def _without_bars(line: str) -> str:
    """Return the part between bars that is the title: the first that is not a venue."""
    parts = [part for part in _BARS.split(line) if part.strip(" *[]")]
    several = [part for part in parts if len(part.split()) > 1 and not _is_venue(part)]
    return several[0] if several else line


def _is_venue(text: str) -> bool:
    text = _STATE.sub("", text).strip(" .,;[](){}*'’")
    return len(text) < 2 or (
        len(text.split()) <= 3
        and bool(facts.venue_in(text) or re.match(r"arXiv|CoRR|\(?(?:19|20)\d\d", text))
    )


def _title_at_start(text: str) -> str:
    """Return the title at the start of a text, without the venue and what follows."""
    text = text.strip(" ,;:")
    first = re.split(r"(?<=[\w)?!])[.](?=\s+\S)(?<!\b[A-Z][.])", text, maxsplit=1)[0]
    text = first if len(first.split()) > 1 else text
    cuts = (tail.start() for tail in _TAIL.finditer(text))
    whole, text = text, next((text[:cut] for cut in cuts if len(text[:cut].split()) > 1), text)
    if text != whole and text.count(",") == 1:
        # "Fast beds, ICONG, 2014"
        text = _ACRONYM.sub("", text)
    head, comma, end = text.rpartition(", ")
    while comma and _is_venue(end) and len(head.split()) > 1:
        text = head
        head, comma, end = text.rpartition(", ")
    return text.strip(" ,.;")


def _last_of(people: str) -> Citation:
    """Return the last of several "names" as the title if it looks like one: "…, Fast R-CNN"."""
    people = people.strip(" ,.;")
    head, comma, last = people.rpartition(", ")
    if not comma and not re.search(r" (?:and|&) |\bet\.? al", people):
        # A single "name" alone is a short title.
        return Citation(people)
    is_title = comma and re.search(r"[A-Z]{2}|\d", last) is not None
    return Citation(last, head) if is_title else Citation("", people)


def _title_first(line: str) -> Citation:
    """Return the title at the start of a line, with the authors and the venue after it."""
    for match in re.finditer(r"[,.;]\s+", line[: facts.NEAR]):
        head, rest = line[: match.start()], line[match.end() :]
        if len(head.split()) > 1 and (end := end_of_people(rest)):
            return Citation(head, rest[:end], rest[end:])
        if len(head.split()) > 1 and is_people(rest):
            return Citation(head, rest)
    if len(line.split()) > _LONGEST and abstract_score(line[:3000]) > 0:
        return Citation("")
    title = _title_at_start(line)
    return Citation(title) if len(title.split()) > 1 else Citation("")
