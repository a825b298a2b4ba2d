"""A paper in the library, and the views of a library."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from paperreader.papers.paper import Paper


class View(StrEnum):
    """The views of a library; NEW holds papers that were fetched and not touched since."""

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
    """A paper in the library: with its key, its sources, and the state that the person set.

    Times are ISO 8601 in UTC, empty if the thing was not done. `row` is the number of the paper
    in the library. `position` orders the reading list. `aliases` are earlier keys. `files` are
    the absolute paths of local files of the paper, such as its PDF. `interest` is whether the
    person asked for more papers like it, or fewer.
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
    interest: Interest = Interest.NEITHER

    @property
    def on_reading_list(self) -> bool:
        """Whether the paper is to be read: bookmarked, and not done."""
        return bool(self.bookmarked) and not self.done


def parse_time(value: str) -> datetime | None:
    """Return the time of an ISO 8601 string, or None if it is not one."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
