"""The title in a row of Markdown spans, without the marks around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from paperreader.formats.markdown import citation, facts, signs
from paperreader.formats.markdown.blocks import Span
from paperreader.formats.markdown.citation import Citation

_BOX = re.compile(r"\s*\[[ xX]\]\s+")
_READ_MORE = re.compile(
    r"\s*[(\[]\s*(?:read more|see|link|links|more|via|from)?\s*(?:on)?\s*$", re.IGNORECASE
)
_LEADING_MARK = re.compile(
    r"\s*(?:[\[【][^\[\]【】]{0,30}[\]】]\s*[:.]?\s*|arXiv:\S+\s*[—–:-]?\s+"
    r"|\((?:[^()a-z]{0,30}|[^()]{0,20}\d[^()]{0,10})\)\s*[:.]?\s+"
    r"|[^()\[\]—–]{1,40}\bet al\.?\s*[—–:-]\s+|#?\d{1,4}[.):]\s+|[^\w\s\"“'(\[$]+\s+"
    r"|:[a-z0-9_+-]{2,30}:\s*|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)"
)
# "**[Short name]** The title".
_TAG = re.compile(r"[\[【][^\[\]【】]*[\]】]:?")
_TRAILING_COUNT = re.compile(r"(?:\s*(?:⭐|★|🌟|👍|▲|💬|🔥|:star:)\ufe0f?\s*[\d.,]*[kK]?)+\s*$")
_TRAILING_ID = re.compile(r"[ ,]?\(?arXiv:\d{4}\.\d{4,5}(?:v\d)?\)?$", re.IGNORECASE)
_VENUE_NOTE = re.compile(
    r"(?<!\bat)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bthe)[\s,]+([A-Za-z]+)(?: Asia)?[ '’]{1,2}"
    r"(?:(?:19|20)\d\d|(?<=['’])\d\d)\s*$"
)
# The year behind a title: "(2016)", "(CVPR 2017, oral)".
_YEAR_NOTE = re.compile(
    r"\s*[(\[](?:[^()\[\]]{0,30}[^\d()\[\]-])?(?:19|20)\d\d(?:[ ,][^()\[\]]{0,30})?[)\]]+[\s.]*$"
)
# "Title (@a_house)", "Title. (A House)" and "Title (NeurIPS 2020)".
_STOPS = re.compile(r"\w\. (?:19|20)\d\d\. \w")
_TRAILING_HANDLE = re.compile(r"\s*\(@[^()]{1,80}\)\s*$")
_TRAILING_NOTE = re.compile(r"(?<=\.)\s*\([^()]{1,80}\)\s*$|\s*\([^()]{1,40}\d{2,4}\)\s*$")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]\s*$")
# A link with more characters is no reference.
_LONGEST_REFERENCE = 2000
# The end of a text in which the year and the venue are searched.
_LONGEST_NOTE = 100
_DOUBLE_QUOTE = re.compile('["“”«»]')
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_LEADING_AUTHORS = re.compile(r"[A-ZÀ-Þ][^:]{1,40}?\bet al\.?,?\s*(?:\(?\d{4}[a-z]?\)?)?[.:,]?\s+")
_TITLE_LABELS = ("title", "link")
# The most words of a title.
LONGEST = 30
# The most marks (a box, a number, a date) before a title.
_MARKS = 4
# The most words of a note in bold behind a title.
_NOTE_WORDS = 2


def is_marked(row: Sequence[Span]) -> bool:
    """Whether a text has a title in bold, in italics or in quotes."""
    return any(span.strong or span.emphasis or _QUOTED.search(span.text) for span in row)


def tidy(title: str) -> str:
    """Return a title without the marks, quotes and punctuation around it."""
    title = _TRAILING_COUNT.sub("", _BOX.sub("", " ".join(title.split())))
    title = _TRAILING_HANDLE.sub("", _TRAILING_ID.sub("", _READ_MORE.sub("", title)))
    title = without_marks(title)
    bare = _without_stray_brackets(title.strip(facts.EDGE))
    # Quotes around the whole title are not part of it, those around its first words are.
    is_quoted = bare[:1] in facts.QUOTES and bare[-1:] in facts.QUOTES
    if is_quoted and not set(bare[1:-1]) & set('"“”«»'):
        bare = bare[1:-1].strip(facts.EDGE)
    if len(marks := _DOUBLE_QUOTE.findall(bare)) == 1:
        bare = bare.removeprefix(marks[0]).removesuffix(marks[0])
    return bare if any(character.isalpha() for character in bare) else ""


def _without_stray_brackets(title: str) -> str:
    """Return a title without what a note in bold leaves behind: "Title ( )", "Title )"."""
    head, blank, last = title.rpartition(" ")
    while blank and not last.strip("()[]"):
        title = head.rstrip(facts.EDGE)
        head, blank, last = title.rpartition(" ")
    return title


def in_link(text: str) -> Citation:
    """Return the title in the text of a link, which may be a whole reference."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_REFERENCE:
        return Citation(tidy(text))
    if quoted := _QUOTED.search(text):
        before = text[: quoted.start()]
        if citation.people_before(before):
            return Citation(tidy(quoted.group(1)), before, text[quoted.end() :])
    if facts.apa_people(text) or facts.ET_AL.search(text) or _STOPS.search(text):
        named = citation.parse(text)
        if named.title and named.people:
            return Citation(tidy(named.title), named.people, text)
    title, note = without_note(text)
    return Citation(title, "", note)


def without_note(text: str) -> tuple[str, str]:
    """Return the title in a text, and the year and the venue behind it."""
    start = max(0, len(text) - _LONGEST_NOTE)
    note = _YEAR_NOTE.search(text, start)
    if not note and (venue := _VENUE_NOTE.search(text, start)) and signs.is_venue(venue[1]):
        note = venue
    return (tidy(text[: note.start()]), note.group()) if note else (tidy(text), "")


def without_marks(title: str) -> str:
    """Return a title without the numbers, dates and tags before it."""
    for _ in range(_MARKS):
        mark = _LEADING_MARK.match(title)
        title = title[mark.end() :] if mark else title
    return title


def title_in(row: Sequence[Span]) -> str:
    """Return the title in a text without a titled link, or an empty string."""
    return citation_in(row).title


def citation_in(row: Sequence[Span]) -> Citation:
    """Return the title in a text without a titled link, and the authors if they are certain."""
    row = [span for span in row if not (span.url and signs.is_generic(span.text))]
    row = list(_without_notes(row))
    whole = "".join(span.text for span in row)
    marked = next(filter(_could_be_title, _bold_runs(row)), None)
    if marked and _names_several(marked, whole):
        marked = None
    if marked and _is_whole(marked, whole):
        return Citation(without_note(marked.text)[0])
    quoted = _QUOTED.search(whole)
    # "“Why Me?”: Beds Explained" has quotes in its title.
    if quoted and not whole[quoted.end() :].startswith((":", " -")):
        return Citation(tidy(quoted.group(1)), whole[: quoted.start()])
    line = _BOX.sub("", whole).strip().partition("\n\n")[0]
    name, value = facts.label(line)
    if name and name not in _TITLE_LABELS:
        return Citation("")
    line = value if name else line
    if not marked and signs.is_authors_and_year(line.strip(facts.EDGE + "[(")):
        return Citation("")
    emphasised = next((span.text for span in row if span.emphasis and not span.strong), "")
    start = line[: max(line.find(emphasised), 0)]
    before = start.strip(facts.EDGE)
    # "Ann Bee, Cee Dee, *The title*, CVPR 2015"
    is_people = citation.is_people(before) or (
        start.rstrip().endswith(",") and citation.end_of_people(before) > 0
    )
    if is_people and not signs.is_generic(emphasised):
        return Citation(tidy(emphasised), before)
    if len(before.split()) > 1:
        line = before
    elif emphasised and not marked and not signs.is_generic(emphasised):
        line = emphasised
    named = citation.parse(_LEADING_AUTHORS.sub("", _first_line(line).rstrip(facts.EDGE + "[("), 1))
    title = tidy(_TRAILING_NOTE.sub("", _without_venue(named.title)))
    if not marked and (";" in title or len(title.split()) > LONGEST):
        # A sentence about the paper.
        return Citation("")
    if len(title.split()) > 1 or (title and (marked or named.rest)):
        return named._replace(title=title)
    return Citation(tidy(marked.text)) if marked else Citation("", named.people)


def _without_notes(row: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans without a short note in bold in brackets: "Title (**ICVG**)"."""
    words = [span.text for span in row]
    for number, span in enumerate(row[1:-1], 1):
        before, after = words[number - 1].rstrip(), words[number + 1].lstrip()
        is_short = span.strong and len(span.text.split()) <= _NOTE_WORDS
        if is_short and before.endswith("(") and after.startswith(")"):
            words[number - 1 : number + 2] = [before[:-1], "", after[1:]]
    for span, text in zip(row, words, strict=True):
        if text:
            yield replace(span, text=text)


def _without_venue(title: str) -> str:
    """Return a title without a known venue in brackets behind it."""
    note = _BRACKET.search(title)
    return title[: note.start()] if note and signs.is_venue(note[1]) else title


def _first_line(text: str) -> str:
    """Return the first line if the next holds other facts, else the text: titles may be wrapped."""
    first, _, rest = text.partition("\n")
    is_whole = facts.people(rest) or facts.label(rest)[0] or facts.YEAR.match(rest.strip())
    return first if rest and len(first.split()) > 2 and is_whole else text


def _is_whole(marked: Span, whole: str) -> bool:
    """Whether bold text is the whole title: "**Name**: the rest", "**Name** the rest" is not."""
    following = whole.partition(marked.text)[2]
    ends = (" - ", " – ", " — ", " by ", "\n", ",", ".", " (", " [")
    if marked.url or following.startswith(ends) or not following.strip(" [("):
        return True
    return len(marked.text.split()) >= 3 and not following.startswith(": ")


def _names_several(marked: Span, whole: str) -> bool:
    """Whether a bold text is the names of several authors, before the rest of a reference."""
    is_list = re.search(r", | and |&", marked.text) is not None
    is_followed = len(whole.partition(marked.text)[2].split()) > 1
    return is_list and is_followed and citation.is_people(marked.text)


def _bold_runs(row: Sequence[Span]) -> Iterator[Span]:
    """Yield the links and the bold runs, which may include italics."""
    for (strong, url), run in groupby(row, lambda span: (span.strong, span.url)):
        if strong or url:
            yield Span("".join(span.text for span in run), url, strong)


def _could_be_title(span: Span) -> bool:
    if _TAG.fullmatch(span.text.strip()):
        return False
    return not signs.is_generic(span.text) and bool(tidy(span.text))
