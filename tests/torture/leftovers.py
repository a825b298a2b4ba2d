"""Files that nothing needs, in the directories of a library."""

import re
from pathlib import Path

from whoosh import index

from paperreader.paths import Paths

# What may lie in the directory of a library, by its path from there.
_EXPECTED = re.compile(
    r"library\.sqlite3(-wal|-shm)?|library-before-restore-\d+T\d+Z\.sqlite3(-wal|-shm)?"
    r"|backups(/library-\d{4}-\d\d-\d\d\.sqlite3)?|settings\.toml"
    r"|cache|cache/(vectors|crash\.log|hosts(/[^/]+)?)|cache/index(/.*)?"
)


def leftovers(paths: Paths, others: set[str]) -> list[str]:
    """Return a line for each file that is neither paperreader's nor in `others`."""
    names = [str(path.relative_to(paths.data)) for path in paths.data.rglob("*")]
    unknown = [
        name
        for name in names
        if not _EXPECTED.fullmatch(name) and name.partition("/")[0] not in others
    ]
    if len([name for name in names if name.startswith("backups/")]) > 7:
        unknown.append("more than 7 backups")
    return [f"left over: {name}" for name in [*unknown, *_of_index(paths.index)]]


def _of_index(directory: Path) -> list[str]:
    segments = index.open_dir(str(directory))._segments()
    needed = {
        f"{segment.segment_id()}.{kind}" for segment in segments for kind in ("papers", "terms")
    }
    there = {path.name for path in directory.iterdir()}
    stray = {name for name in there if not name.endswith(".toc") and name != "MAIN_WRITELOCK"}
    tables = [name for name in there if name.endswith(".toc")]
    return [f"index/{name}" for name in sorted(stray - {f"MAIN_{n}" for n in needed} - needed)] + (
        tables[1:] and [f"index/{tables}"]
    )
