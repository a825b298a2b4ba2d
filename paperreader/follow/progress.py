"""How far a source has been followed, kept between runs."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Self

# The dates of arXiv and Hugging Face are those of submission, which a paper may pass some days
# before it is announced: so far back a run looks again, in days.
_OVERLAP = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a source has been followed.

    `mark` is the date of the newest paper when the last run was completed. While a run is under
    way, `start` is where its next page begins, `until` the date at which it may end, and `newest`
    what will be its mark. All dates are ISO 8601 days, empty where there is none.
    """

    mark: str = ""
    start: int = 0
    until: str = ""
    newest: str = ""

    @classmethod
    def from_json(cls, told: str) -> Self:
        """Read what `to_json` wrote; anything else is no progress."""
        try:
            values = json.loads(told)
            return cls(
                str(values["mark"]),
                int(values["start"]),
                str(values["until"]),
                str(values["newest"]),
            )
        except (ValueError, TypeError, KeyError):
            return cls()

    def to_json(self) -> str:
        """Return the progress as a JSON object."""
        return json.dumps(asdict(self))

    @property
    def interrupted(self) -> bool:
        """Whether a run broke off after its first page."""
        return self.start > 0

    def begun(self) -> Self:
        """Return the progress at the beginning of a run."""
        return replace(self, start=0, until=_before(self.mark), newest="")

    def advanced(self, papers: int, dates: list[str]) -> Self:
        """Return the progress after a page of `papers` with `dates`."""
        newest = max([self.newest, *dates])
        return replace(self, start=self.start + papers, newest=newest)

    def reached(self, dates: list[str]) -> bool:
        """Whether a page with `dates` goes back to what an earlier run has seen."""
        return bool(self.until and dates) and min(dates) < self.until

    def completed(self) -> Self:
        """Return the progress after the last page of a run."""
        return replace(self, mark=max(self.mark, self.newest), start=0, until="", newest="")


def _before(mark: str) -> str:
    """Return the day some days before `mark`."""
    try:
        return (date.fromisoformat(mark[:10]) - timedelta(days=_OVERLAP)).isoformat()
    except ValueError:
        return ""
