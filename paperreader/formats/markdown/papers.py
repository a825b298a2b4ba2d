"""Papers in a row of Markdown spans: their titles, and the facts around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from paperreader.formats.markdown import citation, facts, signs
from paperreader.formats.markdown.citation import Citation
from paperreader.formats.markdown.details import with_details
from paperreader.formats.markdown.tree import Span
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_BOX = re.compile(r"\s*\[[ xX]\]\s+")
_READ_MORE = re.compile(
    r"\s*[(\[]\s*(?:read more|see|link|links|more|via|from)?\s*(?:on)?\s*$", re.IGNORECASE
)
_LEADING_MARK = re.compile(
    r"\s*(?:[\[【][^\[\]【】]{0,30}[\]】]\s*[:.]?\s*|arXiv:\S+\s*[—–:-]?\s+"
    r"|\((?:[^()a-z]{0,30}|[^()]{0,20}\d[^()]{0,10})\)\s*[:.]?\s+"
    r"|[^()\[\]—–]{1,40}\bet al\.?\s*[—–:-]\s+|#?\d{1,4}[.):]\s+|[^\w\s\"“'(\[$]+\s+)"
)
# "**[Short name]** The title".
_TAG = re.compile(r"[\[【][^\[\]【】]*[\]】]:?")
_TRAILING_COUNT = re.compile(r"(?:\s*(?:⭐|★|🌟|👍|▲|💬|🔥|:star:)\ufe0f?\s*[\d.,]*[kK]?)+\s*$")
_TRAILING_ID = re.compile(r"[ ,]?\(?arXiv:\d{4}\.\d{4,5}(?:v\d)?\)?$", re.IGNORECASE)
# "Title. (A House)" and "Title (NeurIPS 2020)".
_TRAILING_NOTE = re.compile(
    r"\s*\(@[^()]{1,80}\)\s*$|(?<=\.)\s*\([^()]{1,80}\)\s*$|\s*\([^()]{1,40}\d{2,4}\)\s*$"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_LEADING_AUTHORS = re.compile(r"[A-ZÀ-Þ][^:]{1,40}?\bet al\.?,?\s*(?:\(?\d{4}[a-z]?\)?)?[.:,]?\s+")
_TITLE_LABELS = ("title", "link")
# Shorter descriptions are dropped.
LONG = 40
# The most words of a title.
LONGEST = 30
# The number of a footnote after a name.
_NOTE_MARK = re.compile(r"(?<=[a-z])\d{1,2}\b")
_DASH = re.compile(r"[*_\s]*[-–—:]+\s+")
# Closing brackets of a link may come between it and its title.
_BRACKETS = 10
# The most words of a link text that only says what the link leads to.
_LABEL_WORDS = 2
# The most marks (a box, a number, a date) before a title.
_MARKS = 4


@dataclass(slots=True)
class Candidate:
    """A paper being assembled: its title, its links, and the text around it."""

    title: str = ""
    links: list[Link] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    before: list[Span] = field(default_factory=list)
    after: list[Span] = field(default_factory=list)
    people: str = ""
    is_linked: bool = False

    def add_link(self, span: Span) -> bool:
        """Add a link and return True, or False if its identifiers are those of another paper."""
        named = identifiers_in(span.url)
        if any(self.identifiers.get(key, value) != value for key, value in named.items()):
            return False
        self.identifiers |= named
        self.links.append(_link(span))
        return True

    def shares_identifier(self, other: "Candidate") -> bool:
        """Whether both papers have an identifier in common."""
        return any(self.identifiers.get(key) == value for key, value in other.identifiers.items())


@dataclass(frozen=True, slots=True)
class Prose:
    """Text that names no paper, and the number of links in it."""

    text: str
    links: int = 0


def papers(row: Sequence[Span]) -> list[Candidate]:
    """Return the papers that a row of spans names, each with the text around it."""
    candidates: list[Candidate] = []
    before: list[Span] = []
    for span in row:
        if not signs.is_paper_link(span):
            before.append(span)
            continue
        title = "" if signs.is_generic(span.text) or _is_label(span, before) else tidy(span.text)
        current = candidates[-1] if candidates else None
        beside = Citation("") if title or (current and not current.links) else citation_in(before)
        own = title or beside.title
        if current and (not own or _same(current, span)) and current.add_link(span):
            current.after += before
            current.title = current.title or title
        elif current and not current.title and title and current.add_link(span):
            current.title, current.after = title, [*current.after, *before]
        else:
            paper = Candidate(own, before=before, people=beside.people, is_linked=bool(title))
            paper.add_link(span)
            candidates.append(paper)
        before = []
    if candidates:
        candidates[-1].after += before
        # "[arXiv](…) Title": only if there is nothing but links before it.
        if not candidates[-1].title and not any(map(_has_letter, candidates[-1].before)):
            named = citation_in(candidates[-1].after)
            candidates[-1].title, candidates[-1].people = named.title, named.people
    return candidates


def _is_label(link: Span, before: Sequence[Span]) -> bool:
    """Whether a short link in brackets after a title only labels it: "Title [[GIT](…)]"."""
    bracket = before[-1].text.rstrip()[-1:] if before else ""
    is_short = len(link.text.split()) <= _LABEL_WORDS
    return is_short and bracket in ("[", "(") and len(title_in(before).split()) > _LABEL_WORDS


def _has_letter(span: Span) -> bool:
    return any(character.isalpha() for character in span.text)


def _same(paper: Candidate, span: Span) -> bool:
    named = identifiers_in(span.url)
    return bool(named) and any(paper.identifiers.get(key) == value for key, value in named.items())


def tidy(title: str) -> str:
    """Return a title without the marks, quotes and punctuation around it."""
    title = _TRAILING_COUNT.sub("", _BOX.sub("", " ".join(title.split())))
    title = without_marks(_TRAILING_ID.sub("", _READ_MORE.sub("", title)))
    bare = title.strip(facts.EDGE)
    # Quotes around the whole title are not part of it, those around its first words are.
    is_quoted = bare[:1] in facts.QUOTES and bare[-1:] in facts.QUOTES
    if is_quoted and not set(bare[1:-1]) & set('"“”«»'):
        bare = bare[1:-1].strip(facts.EDGE)
    return bare if any(character.isalpha() for character in bare) else ""


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
    whole = "".join(span.text for span in row)
    marked = next(filter(_could_be_title, _bold_runs(row)), None)
    if marked and _is_whole(marked, whole):
        return Citation(tidy(marked.text))
    if quoted := _QUOTED.search(whole):
        return Citation(tidy(quoted.group(1)), whole[: quoted.start()])
    line = _BOX.sub("", whole).strip().partition("\n\n")[0]
    name, value = facts.label(line)
    if name and name not in _TITLE_LABELS:
        return Citation("")
    line = value if name else line
    emphasised = next((span.text for span in row if span.emphasis and not span.strong), "")
    before = line[: max(line.find(emphasised), 0)].strip(facts.EDGE)
    if len(before.split()) > 1:
        line = before
    elif emphasised and not marked and not signs.is_generic(emphasised):
        line = emphasised
    named = citation.parse(_LEADING_AUTHORS.sub("", _first_line(line).rstrip(facts.EDGE + "[("), 1))
    title = tidy(_TRAILING_NOTE.sub("", named.title))
    if not marked and (";" in title or len(title.split()) > LONGEST):
        # A sentence about the paper.
        return Citation("")
    if len(title.split()) > 1 or (title and (marked or named.rest)):
        return named._replace(title=title)
    return Citation(tidy(marked.text)) if marked else Citation("", named.people)


def _first_line(text: str) -> str:
    """Return the first line if the next holds other facts, else the text: titles may be wrapped."""
    first, _, rest = text.partition("\n")
    is_whole = facts.people(rest) or facts.label(rest)[0] or facts.YEAR.match(rest.strip())
    return first if rest and len(first.split()) > 2 and is_whole else text


def _is_whole(marked: Span, whole: str) -> bool:
    """Whether bold text is the whole title: "**Name**: the rest", "**Name** the rest" is not."""
    following = whole.partition(marked.text)[2]
    if marked.url or following.startswith((" - ", " – ", " — ", "\n", ",", ".", " (", " [")):
        return True
    return len(marked.text.split()) >= 3 and not following.startswith(": ")


def _bold_runs(row: Sequence[Span]) -> Iterator[Span]:
    """Yield the links and the bold runs, which may include italics."""
    for (strong, url), run in groupby(row, lambda span: (span.strong, span.url)):
        if strong or url:
            yield Span("".join(span.text for span in run), url, strong)


def _could_be_title(span: Span) -> bool:
    if _TAG.fullmatch(span.text.strip()):
        return False
    return not signs.is_generic(span.text) and bool(tidy(span.text))


def with_facts(candidate: Candidate, more: Sequence[str] = ()) -> Paper:
    """Return the paper with the authors, date, venue and description in the text around it.

    `more` are the texts of the blocks below it.
    """
    after = "".join(span.text for span in candidate.after if not span.url)
    before = "".join(span.text for span in candidate.before if not span.url)
    earlier, title, later = before.partition(candidate.title)
    if title:
        before, after = earlier, f"{later} {after}"
    elif 0 <= after.find(candidate.title) < _BRACKETS:
        after = after.partition(candidate.title)[2]
    about = _about(after)
    authors = (
        citation.people_before(_NOTE_MARK.sub("", candidate.people))
        or _emphasised_people(candidate)
        or (() if about else facts.people(after))
        or citation.people_before(before)
        or facts.people(before)
    )
    around = f"{after[:300]} {before}"
    links = [
        *candidate.links,
        *(_link(span) for span in candidate.after if signs.is_own_link(span)),
    ]
    links += [_link(span) for span in candidate.before if signs.is_own_link(span)]
    paper = Paper(
        candidate.title,
        authors=authors,
        published=facts.year_in(around),
        venue=facts.venue_in(around),
        links=tuple(links),
        identifiers=candidate.identifiers,
    )
    rest = " ".join(after.split()).strip(facts.EDGE + "()[]")
    if not authors and len(rest) >= LONG:
        paper = replace(paper, summary=rest)
    return with_details(paper, more)


def _about(after: str) -> str:
    """Return the description after a dash or a colon, or an empty string."""
    dash = _DASH.match(after)
    about = after[dash.end() :].strip() if dash else ""
    return about if citation.is_description(about) else ""


def _emphasised_people(candidate: Candidate) -> tuple[str, ...]:
    for row in (candidate.after, candidate.before):
        for is_emphasised, run in groupby(row, lambda span: span.emphasis):
            # Names in italics may each be linked to a home page.
            if is_emphasised and (people := facts.people("".join(span.text for span in run))):
                return people
    return ()


def _link(span: Span) -> Link:
    link = Link.of(span.url)
    if link.kind is LinkKind.PAPER or signs.is_paper_link(span):
        return link if link.kind is LinkKind.PDF else Link(LinkKind.PAGE, span.url)
    return link
