"""The report of an addition."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from paperreader.store import Outcome

if TYPE_CHECKING:
    from paperreader.formats.base import Unparsed

# A file of an unknown kind can be unparsed from end to end: this many passages are kept.
_KEPT = 1000


@dataclass(slots=True)
class AddReport:
    """Papers read, and how many of them were new, known, or added something to a known one.

    `passages` counts those that were not understood; `unparsed` holds the first thousand.
    `apart` holds the identifiers that different papers share, and how many papers that are.
    """

    papers: int = 0
    new: int = 0
    known: int = 0
    merged: int = 0
    passages: int = 0
    unparsed: "list[Unparsed]" = field(default_factory=list)
    apart: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the report as one line."""
        return (
            f"{counted(self.papers, 'paper')}: {self.new:,} new, {self.known:,} known, "
            f"{self.merged:,} merged; {counted(self.passages, 'passage')} not understood"
        )

    def count(self, outcomes: Iterable[Outcome]) -> None:
        """Count papers by their outcomes."""
        counts = Counter(outcomes)
        self.papers += counts.total()
        self.new += counts[Outcome.NEW] + counts[Outcome.APART]
        self.known += counts[Outcome.KNOWN]
        self.merged += counts[Outcome.MERGED]

    def kept_apart(self) -> list[str]:
        """Return a sentence for each identifier that different papers share."""
        return [f"{number:,} papers share {key}; kept apart." for key, number in self.apart.items()]

    def leave(self, passage: "Unparsed") -> None:
        """Count a passage that was not understood."""
        self.passages += 1
        if len(self.unparsed) < _KEPT:
            self.unparsed.append(passage)

    @classmethod
    def total(cls, reports: Iterable["AddReport"]) -> Self:
        """Return the sum of `reports`."""
        total = cls()
        for report in reports:
            total.papers += report.papers
            total.new += report.new
            total.known += report.known
            total.merged += report.merged
            total.passages += report.passages
            total.apart |= report.apart
            total.unparsed += report.unparsed[: _KEPT - len(total.unparsed)]
        return total


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 paper, 2,000 papers."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
