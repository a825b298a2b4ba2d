"""A paper as the library holds it, and the views of a library."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from paperreader.papers.paper import Paper


class View(StrEnum):
    """The standing lists of a library; new are papers that were fetched and not touched since."""

    ALL = "all"
    UNREAD = "unread"
    READING = "reading"
    DONE = "done"
    NEW = "new"


class Interest(StrEnum):
    """Whether the person wants more or less of a kind of paper, or did not say."""

    MORE = "more"
    LESS = "less"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as the library holds it: with its key, its sources, and what the person did.

    Times are ISO 8601 in UTC, empty where the thing was not done. `row` is the library's own
    number for the paper. `position` orders the reading list. `aliases` are earlier keys.
    `files` are the whole paths of local files of it, such as its PDF.
    """

    row: int
    key: str
    paper: Paper
    added: str = ""
    sources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bookmarked: str = ""
    position: int = 0
    read: str = ""
    done: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    files: tuple[str, ...] = ()

    @property
    def on_reading_list(self) -> bool:
        """Whether the paper is to be read: bookmarked, and not done."""
        return bool(self.bookmarked) and not self.done


def parse_time(told: str) -> datetime | None:
    """Return the time that an ISO 8601 text tells, or None where it is none."""
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None
