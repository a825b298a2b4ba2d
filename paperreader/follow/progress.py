"""How far a source has been followed, kept between runs."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Self

# Days by which runs overlap: arXiv and Hugging Face give the date of submission, which may be some
# days before a paper is announced.
_OVERLAP = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a source has been followed.

    `mark` is the date of the newest paper when the last run was completed. During a run,
    `start` is the offset of its next page, `until` the date at which it may end, and `newest` its
    future mark. All dates are ISO 8601 days, empty where there is none.
    """

    mark: str = ""
    start: int = 0
    until: str = ""
    newest: str = ""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; return an empty `Progress` for anything else."""
        try:
            values = json.loads(text)
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
        """Return the progress at the start of a run."""
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
