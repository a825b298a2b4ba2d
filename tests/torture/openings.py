"""A library is opened, searched, changed and closed many times: nothing grows.

python -m tests.torture.openings [--times 1000]
"""

import argparse
import gc
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

from paperreader.library.documents import add_path
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.query.request import Request

SEEDS = Path(__file__).parents[2] / "seeds"
# What may grow between a tenth of the way and the end.
MEGABYTES, FILES, KILOBYTES = 5, 0, 256


class Size(NamedTuple):
    """Megabytes of memory, open files, threads, and kilobytes on the disk."""

    memory: float
    files: int
    threads: int
    disk: float


def size(home: Path) -> Size:
    """Return what this process and the library under `home` take now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Size(
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        len(os.listdir("/proc/self/fd")),  # noqa: PTH208  (its own descriptor is among them)
        threading.active_count(),
        sum(path.stat().st_blocks for path in home.rglob("*")) / 2,
    )


def open_once(paths: Paths, number: int) -> None:
    """Open the library, do a little of everything, and close it."""
    with Library(paths) as library:
        results = library.search(Request("typical"))
        row = results.row(0)
        assert library.search(Request(f"author:{number} OR river*", typing=True)) is not None
        library.bookmark([row], number % 2 == 0)
        library.tag([row], ["x"] if number % 2 else [], [] if number % 2 else ["x"])
        library.note(row, f"note {number % 10}")
        library.undo()
        library.remember(place=number)
        library.catch_up()
        library.make_vectors()
        library.back_up_if_due()


def torture(times: int) -> list[str]:
    """Return what has grown."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.find(Path(folder) / "home")
        with Library(paths) as library:
            add_path(library, str(SEEDS), reports={})
            library.catch_up()
        begin = size(paths.data)
        for number in range(times):
            if number == times // 10:
                begin = size(paths.data)
            open_once(paths, number)
        end = size(paths.data)
    print(f"after {times // 10} openings {begin}\nafter {times} openings {end}")
    wrong = []
    if end.memory - begin.memory > MEGABYTES:
        wrong.append(f"memory grew by {end.memory - begin.memory:.1f} MB")
    if end.files - begin.files > FILES or end.threads > begin.threads:
        wrong.append(f"{end.files - begin.files} files, {end.threads - begin.threads} threads")
    if end.disk - begin.disk > KILOBYTES:
        wrong.append(f"the library grew by {end.disk - begin.disk:.0f} kB on the disk")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    found = torture(parser.parse_args().times)
    print("\n".join(found))
    sys.exit(1 if found else 0)
