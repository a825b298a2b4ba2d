"""Papers in a row of Markdown spans: their titles, and the facts around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from paperreader.formats.markdown import citation, facts, signs, titles
from paperreader.formats.markdown.blocks import Span
from paperreader.formats.markdown.citation import Citation
from paperreader.formats.markdown.details import with_details
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

# Shorter descriptions are dropped.
LONG = 40
# The number of a footnote after a name, and a nickname in quotes.
_NOTE_MARK = re.compile(r"(?<=[a-z])\d{1,2}\b|[\"“][\w. ]{1,20}[\"”] ?")
# The year between a title and its authors.
_YEAR_FIRST = re.compile(r"\A\W*\b(?:19|20)\d\d[a-z]?[)\]]?[\s.,:;-]*(?=[^\W\d_])")
_NAME_AND_TITLE = re.compile(r"((?:[A-Z][\w.-]* ){1,2}([A-Z][\w-]{2,})): (.+)")
_DASH = re.compile(r"[*_\s]*[-–—:]+\s+")
# Closing brackets of a link may come between it and its title.
_BRACKETS = 10
# The most words of a link text that only says what the link leads to.
_LABEL_WORDS = 2


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
        label = signs.is_generic(span.text) or _is_label(span, before)
        linked = Citation("") if label else titles.in_link(span.text)
        title = linked.title
        current = candidates[-1] if candidates else None
        beside = (
            Citation("") if title or (current and not current.links) else titles.citation_in(before)
        )
        beside = _by_owner(beside, span.url)
        own = title or beside.title
        # "[Title](…) what it shows [paper](…)": the text between is about the paper before it.
        if not title and current and current.is_linked and not titles.is_marked(before):
            own = ""
        if current and (not own or _same(current, span)) and current.add_link(span):
            current.after += before
            current.title = current.title or title
        elif current and not current.title and title and current.add_link(span):
            current.title, current.after = title, [*current.after, *before]
        else:
            paper = Candidate(
                own, before=before, people=linked.people or beside.people, is_linked=bool(title)
            )
            paper.add_link(span)
            candidates.append(paper)
        if linked.rest:
            candidates[-1].after.append(Span(linked.rest))
        before = []
    if candidates:
        candidates[-1].after += before
        # "[arXiv](…) Title": only if there is nothing but links before it.
        if not candidates[-1].title and not any(map(_has_letter, candidates[-1].before)):
            named = titles.citation_in(candidates[-1].after)
            candidates[-1].title, candidates[-1].people = named.title, named.people
    return candidates


def _is_label(link: Span, before: Sequence[Span]) -> bool:
    """Whether a short link in brackets after a title only labels it: "Title [[GIT](…)]"."""
    bracket = before[-1].text.rstrip()[-1:] if before else ""
    is_short = len(link.text.split()) <= _LABEL_WORDS
    return (
        is_short and bracket in ("[", "(") and len(titles.title_in(before).split()) > _LABEL_WORDS
    )


def _by_owner(cited: Citation, url: str) -> Citation:
    """Return "Jane Doe: Title" as a title and its author, if the address is in a folder "doe"."""
    match = _NAME_AND_TITLE.fullmatch(cited.title)
    is_owner = match and re.search(rf"[/~]{re.escape(match[2].lower())}/", url.lower())
    return cited._replace(title=match[3], people=match[1]) if match and is_owner else cited


def _has_letter(span: Span) -> bool:
    return any(character.isalpha() for character in span.text)


def _same(paper: Candidate, span: Span) -> bool:
    named = identifiers_in(span.url)
    return bool(named) and any(paper.identifiers.get(key) == value for key, value in named.items())


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
    listed = _NOTE_MARK.sub("", candidate.people)
    after_year = _YEAR_FIRST.sub("", after)
    authors = (
        citation.people_before(listed)
        or facts.people(listed)
        or _emphasised_people(candidate)
        or (() if about else facts.people(after_year))
        or citation.people_before(before)
        or facts.people(before)
    )
    around = f"{after[:300]} {before}"
    venue = facts.venue_in(around)
    links = [
        *candidate.links,
        *(_link(span) for span in candidate.after if signs.is_own_link(span)),
    ]
    links += [_link(span) for span in candidate.before if signs.is_own_link(span)]
    paper = Paper(
        candidate.title,
        authors=authors,
        published=facts.date_in(around) or facts.year_of(venue),
        venue=venue,
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
    is_people = facts.ET_AL.search(about[: facts.NEAR // 4]) is not None
    return about if not is_people and citation.is_description(about) else ""


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
