"""What became of what was added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from paperreader.store import Outcome

if TYPE_CHECKING:
    from paperreader.formats.base import Unparsed

# A file of another kind can be leftovers all through: this many are kept to be shown.
_KEPT = 1000


@dataclass(slots=True)
class AddReport:
    """Papers met, and how many of them were new, known already, or added something to a known one.

    Of the blocks that were not understood, the first thousand are kept.
    """

    papers: int = 0
    new: int = 0
    known: int = 0
    merged: int = 0
    blocks: int = 0
    leftovers: "list[Unparsed]" = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report as one line."""
        return (
            f"{counted(self.papers, 'paper')}: {self.new:,} new, {self.known:,} known, "
            f"{self.merged:,} merged; {counted(self.blocks, 'block')} not understood"
        )

    def count(self, outcomes: Iterable[Outcome]) -> None:
        """Count papers by what became of them."""
        counts = Counter(outcomes)
        self.papers += counts.total()
        self.new += counts[Outcome.NEW]
        self.known += counts[Outcome.KNOWN]
        self.merged += counts[Outcome.MERGED]

    def leave(self, leftover: "Unparsed") -> None:
        """Count a block that was not understood."""
        self.blocks += 1
        if len(self.leftovers) < _KEPT:
            self.leftovers.append(leftover)

    @classmethod
    def total(cls, reports: Iterable["AddReport"]) -> Self:
        """Return the sum of `reports`."""
        whole = cls()
        for report in reports:
            whole.papers += report.papers
            whole.new += report.new
            whole.known += report.known
            whole.merged += report.merged
            whole.blocks += report.blocks
            whole.leftovers += report.leftovers[: _KEPT - len(whole.leftovers)]
        return whole


def counted(number: int, noun: str) -> str:
    """Return how many there are of something: 1 paper, 2,000 papers."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
