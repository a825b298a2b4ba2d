"""Commands that change many things at once, killed: all of it has happened, or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.errors import NEVER
from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.store import StoreError
from paperreader.store.backup import Backups, check

if TYPE_CHECKING:
    from tests.torture.kills import Torture


class WholeCommands:
    """`merge`, `split` and `restore` on a library, beside an open reader of it."""

    def __init__(self, tried: "Torture") -> None:
        """Change the library of `tried`, and say there what may be in it."""
        self._tried = tried
        self._paths = Paths.find(tried.home)
        self._reader = Library(self._paths)
        self._backed_up = dict(tried.possible)
        self.back_up()

    def close(self) -> None:
        """Close the reader."""
        self._reader.close()

    def start_reader(self) -> None:
        """Do what a reader does when it starts: delete what killed processes left."""
        self._reader.back_up_if_due()

    def back_up(self) -> None:
        """Make a backup, when it is certain what is in the library."""
        Backups(self._paths.library).make(NEVER)
        self._backed_up = dict(self._tried.possible)

    def merge(self) -> None:
        """Merge two papers of a list, and split them."""
        tried = self._tried
        certain = [thing[1] for thing, values in tried.possible.items() if values == {True}]
        keys = {str(r["title"]): str(r["key"]) for r in tried.records() if r["title"] in certain}
        titles = [title for title in keys if title.endswith("from a list")]
        if len(titles) < 2:
            return
        both = dict.fromkeys(tried.chance.sample(titles, 2))
        ended = tried.ends("merge", ["merge", *(keys[title] for title in both)])
        left = self._left(both)
        if len(left) == 1:
            ended = tried.ends("split", ["split", *left.values()])
            left, expected = self._left(both), 2
        else:
            expected = 1
        if ended and len(left) != expected:
            tried.wrong.append(f"of {list(both)} there are {list(left)}")
        if not left:
            tried.wrong.append(f"lost: {list(both)}")
        for title in both:
            tried.possible["paper", title] = {title in left}

    def _left(self, titles: dict[str, None]) -> dict[str, str]:
        return {
            str(record["title"]): str(record["key"])
            for record in self._tried.records()
            if record["title"] in titles
        }

    def restore(self) -> None:
        """Bring the backup back; what was marked since is kept in a file of its own."""
        tried = self._tried
        key, tag = tried.keys[0], f"r{tried.number}"
        tried.run("tag", key, f"+{tag}")
        ended = tried.ends("restore", ["restore", "latest"])
        records = tried.records()
        restored = not any(tag in record.get("tags", []) for record in records)
        if ended and not restored:
            tried.wrong.append("said to be restored, and is not")
        if restored:
            tried.possible = {
                thing: self._backed_up.get(thing, {False}) for thing in tried.possible
            }
        else:
            tried.possible["tag", key, tag] = {True}
        if self._reader.counts()[View.ALL] != len(records):
            tried.wrong.append("the open reader does not see what is there")
        kept = sorted(self._paths.data.glob("library-before-restore-*.sqlite3"))
        if restored and not any(_has_tag(path, tag) for path in kept):
            tried.wrong.append(f"what was there before is not kept in {kept}")
        for path in self._paths.data.glob("library-before-restore-*"):
            path.unlink()


def _has_tag(path: Path, tag: str) -> bool:
    """Whether a library is sound and has a tag."""
    try:
        check(path)
    except StoreError:
        return False
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("SELECT 1 FROM tag WHERE name = ?", (tag,)).fetchall())
