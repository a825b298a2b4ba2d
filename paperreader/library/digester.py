"""What is worth knowing of the papers that came since the last digest."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from paperreader.export.digest.digest import Digest, Entry, Section
from paperreader.library.clock import written
from paperreader.papers.record import Record
from paperreader.query.request import Request, Sort, SortKey

if TYPE_CHECKING:
    from paperreader.library.library import Library

# Papers of one section at most: a digest is read in some minutes.
_OF_A_SEARCH = 15
_FOR_YOU = 12
_UPVOTED = 8
# What "since the last one" means the first time.
_FIRST = timedelta(days=1)
_LAST = "digest"


class Digester:
    """Makes digests of a library."""

    def __init__(self, library: "Library") -> None:
        """Look at `library`."""
        self._library = library

    def last(self, now: datetime) -> datetime:
        """Return when the last digest was made that was noted, or a day before `now`."""
        noted = self._library.screen_state().get(_LAST)
        try:
            return datetime.fromisoformat(str(noted))
        except ValueError:
            return now - _FIRST

    def note(self, digest: Digest) -> None:
        """Let the next digest begin where this one ends."""
        self._library.remember(**{_LAST: digest.until.isoformat()})

    def digest(self, since: datetime, until: datetime) -> Digest:
        """Return the papers added after `since`: by saved search, for the reader, most upvoted.

        A paper is in the first section that it fits. Times are aware.
        """
        new = dict.fromkeys(self._library.added_since(written(since)))
        total = len(new)
        sections = []
        for saved in self._library.saved_searches():
            found = self._of_search(saved.request, new)
            if found:
                sections.append(_section(saved.name, map(Entry, found), _OF_A_SEARCH))
                _without(new, found)
        sections.append(self._for_you(new))
        _without(new, [entry.record for entry in sections[-1].entries])
        upvoted = self._upvoted(new)
        if upvoted:
            sections.append(Section("Most upvoted", [Entry(record) for record in upvoted]))
        kept = [section for section in sections if section.entries or (section.note and total)]
        return Digest(since, until, total, kept)

    def _of_search(self, request: Request, new: dict[int, None]) -> list[Record]:
        """Return the new papers that hold all that a saved search asks for, best first."""
        results = self._library.search(request)
        rows = [row for row in results.found.all_rows()[: results.full] if row in new]
        return self._library.records(rows)

    def _for_you(self, new: dict[int, None]) -> Section:
        """Return the best of the rest in the order for-you, or what it needs."""
        results = self._library.search(Request(sort=Sort(SortKey.FOR_YOU)))
        if results.notices:
            return Section("For you", note=f"{results.notices[0]}.".replace("for-you", "This", 1))
        rows = [row for row in results.found.all_rows() if row in new][:_FOR_YOU]
        records = self._library.records(rows)
        return Section("For you", [Entry(r, self._library.reasons(r.paper)) for r in records])

    def _upvoted(self, new: dict[int, None]) -> list[Record]:
        results = self._library.search(Request(sort=Sort(SortKey.UPVOTES)))
        rows = [row for row in results.found.all_rows() if row in new][:_UPVOTED]
        return [record for record in self._library.records(rows) if record.paper.upvotes]


def _section(title: str, entries: Iterable[Entry], most: int) -> Section:
    every = list(entries)
    return Section(title, every[:most], max(0, len(every) - most))


def _without(new: dict[int, None], records: Sequence[Record]) -> None:
    for record in records:
        new.pop(record.row, None)
