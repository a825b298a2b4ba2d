"""A digest of new papers in sections, with the descriptions that all formats use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from paperreader.latex import to_unicode
from paperreader.papers.links import best_url
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Record
from paperreader.text import line

# Characters of an abstract to show: enough to decide whether to read the rest.
_GIST = 360
_FEW_AUTHORS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of a digest, and the reasons for listing it."""

    record: Record
    reasons: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title, with its LaTeX as Unicode."""
        return line(to_unicode(self.record.paper.title))

    @property
    def url(self) -> str:
        """The address of the paper, or an empty string."""
        return best_url(self.record.paper)

    @property
    def code(self) -> str:
        """The address of its code, or an empty string if it is the same as `url`."""
        code = self.record.paper.link(LinkKind.CODE)
        return "" if code == self.url else code

    @property
    def byline(self) -> str:
        """Authors, date, categories and votes."""
        paper = self.record.paper
        votes = f"▲ {paper.upvotes:,}" if paper.upvotes else ""
        facts = (_authors(paper), paper.published, " ".join(paper.categories[:3]), votes)
        return " · ".join(fact for fact in facts if fact)

    @property
    def gist(self) -> str:
        """The summary, or the start of the abstract, cut after a sentence or a word."""
        paper = self.record.paper
        return _cut(line(to_unicode(paper.summary or paper.abstract)))


@dataclass(frozen=True, slots=True)
class Section:
    """Papers under a heading; `more` is the number left out, `note` a sentence about them."""

    title: str
    entries: Sequence[Entry] = ()
    more: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The papers that came between two moments; `total` counts those in no section too."""

    since: datetime
    until: datetime
    total: int
    sections: Sequence[Section] = ()

    @property
    def title(self) -> str:
        """The number of new papers, as a subject line."""
        papers = "1 new paper" if self.total == 1 else f"{self.total:,} new papers"
        return f"{papers if self.total else 'No new papers'}, {day(self.until)}"

    @property
    def rest(self) -> int:
        """The number of papers that are not in any section."""
        return self.total - sum(len(s.entries) + s.more for s in self.sections)


def day(moment: datetime) -> str:
    """Return a day as people write it: 26 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def _authors(paper: Paper) -> str:
    names = list(paper.authors)
    if len(names) > _FEW_AUTHORS:
        return f"{', '.join(names[: _FEW_AUTHORS - 1])} et al."
    return ", ".join(names)


def _cut(text: str) -> str:
    if len(text) <= _GIST:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?](?= )", text[: _GIST + 1])]
    if ends and ends[-1] > _GIST // 2:
        return text[: ends[-1]]
    return text[:_GIST].rpartition(" ")[0].rstrip(",;: ") + " …"
