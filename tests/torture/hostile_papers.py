r"""Papers that try to keep an open reader busy: added, found, opened, read, exported.

python -m tests.torture.hostile_papers [--size 1000000] [--papers emph links ...]

Each in a process of its own; prints the CPU seconds of each step and the memory of the whole. Wrong
is a step of more than 10 s, or more than 300 MB.
"""

import argparse
import asyncio
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from paperreader import export
from paperreader.formats import Document, read
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.query.request import Request
from tests.tui.driving import press, reading, search

CPU_SECONDS, MEGABYTES = 10.0, 300
_KEYS = (*"jkJKGg", "enter", *"nNM+", "escape", *"bdrutz", "escape", *"R", "escape", "escape")

# The fields of a record, in which about `n` characters are hostile.
MAKERS: dict[str, Callable[[int], dict[str, object]]] = {
    "emph": lambda n: {"abstract": "\\emph{" * (n // 6) + "x" + "}" * (n // 6)},
    "emph_open": lambda n: {"abstract": "\\emph{" * (n // 6)},
    "math_open": lambda n: {"abstract": "\\(" * (n // 2)},
    "display_open": lambda n: {"abstract": "\\[ " * (n // 3)},
    "dollars": lambda n: {"abstract": "$ x " * (n // 4)},
    "begin": lambda n: {"abstract": "\\begin{a}" * (n // 9)},
    "fractions": lambda n: {"abstract": "$\\frac{1}{2}$ " * (n // 14)},
    "deep_math": lambda n: {"abstract": "$" + "x^{" * (n // 4) + "}" * (n // 4) + "$"},
    "accents": lambda n: {"abstract": "\\'" * (n // 2)},
    "quotes": lambda n: {"abstract": "``" * (n // 4) + "''" * (n // 4)},
    "mathcal": lambda n: {"abstract": "mathcal{" * (n // 8)},
    "brackets": lambda n: {"abstract": "[" * n},
    "lines": lambda n: {"abstract": "a\n\n" * (n // 3)},
    "word": lambda n: {"abstract": "w" * n},
    "words": lambda n: {"abstract": "".join(f"w{i} " for i in range(n // 7))},
    "marks": lambda n: {"abstract": "e" + "\u0301" * n},
    "wide": lambda n: {"abstract": "\u4e2d" * n},
    "joiners": lambda n: {"abstract": "\U0001f468\u200d" * (n // 2)},
    "addresses": lambda n: {"abstract": "".join(f"https://e.org/{i} " for i in range(n // 20))},
    "address": lambda n: {"url": "https://e.org/" + "a(" * (n // 2), "abstract": "x"},
    "title": lambda n: {"title": "W" * n},
    "title_of_words": lambda n: {"title": "word " * (n // 5)},
    "title_of_marks": lambda n: {"title": "e" + "\u0301\u0302" * (n // 2)},
    "title_of_math": lambda n: {"title": "$x_{1}$ " * (n // 8)},
    "title_of_emph": lambda n: {"title": "\\emph{" * (n // 6)},
    "links": lambda n: {"links": [{"url": f"https://e.org/{i}"} for i in range(n // 10)]},
    "authors": lambda n: {"authors": [f"Ann Bee{i}" for i in range(n)]},
    "author": lambda n: {"authors": ["Ann " + "B" * n]},
    "keywords": lambda n: {"keywords": [f"k{i}" for i in range(n // 5)]},
    "comment": lambda n: {"comment": "c " * (n // 2), "venue": "v " * (n // 2)},
}


def document(name: str, size: int) -> Document:
    """Return JSON lines with the hostile paper `name` between two others."""
    records: list[dict[str, object]] = [{"title": "Before"}, {"title": "T"}, {"title": "After"}]
    for record in records:
        record |= {"authors": ["Ann Bee"], "year": 2020, "abstract": "An abstract."}
    records[1] |= MAKERS[name](size)
    return Document.of_bytes("a.jsonl", "\n".join(map(json.dumps, records)).encode())


async def read_in_reader(library: Library) -> None:
    """Open the reader, and do what a person does with a paper."""
    async with reading(library, size=(100, 30)) as pilot:
        await press(pilot, "j")
        for key in _KEYS:
            await press(pilot, key)
        await search(pilot, "word w1 emph")
        assert pilot.app.is_running


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    steps[name] = time.process_time() - start


def try_one(name: str, size: int) -> dict[str, float]:
    """Do everything with one hostile paper; return the CPU seconds of each step."""
    steps: dict[str, float] = {}
    source = document(name, size)
    with (
        tempfile.TemporaryDirectory() as home,
        Library(Paths.find(Path(home)), meaning=0) as library,
    ):
        with _timed(steps, "add"):
            library.add(read(source), "page")
        with _timed(steps, "index"):
            library.catch_up()
        with _timed(steps, "vectors"):
            library.make_vectors()
        with _timed(steps, "reader"):
            asyncio.run(read_in_reader(library))
        with _timed(steps, "related"):
            library.related(2)
        records = list(library.search(Request()))
        for name_of_format in export.FORMATS:
            with _timed(steps, name_of_format):
                export.write(name_of_format, records, io.StringIO())
    return steps


def _one(name: str, size: int) -> None:
    steps = try_one(name, size)
    steps["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(steps))


def main() -> int:
    """Try what the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--papers", nargs="*", default=list(MAKERS))
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        _one(arguments.one, arguments.size)
        return 0
    wrong = 0
    for name in arguments.papers:
        program = [sys.executable, "-m", "tests.torture.hostile_papers", "--one", name]
        run = subprocess.run(
            [*program, "--size", str(arguments.size)], capture_output=True, text=True, check=False
        )
        if run.returncode:
            print(f"{name:16} WRONG {run.stderr[-500:]}", flush=True)
            wrong += 1
            continue
        steps = json.loads(run.stdout)
        memory = steps.pop("MB")
        step = max(steps, key=lambda key: steps[key])
        good = steps[step] <= CPU_SECONDS and memory <= MEGABYTES
        wrong += not good
        print(
            f"{name:16} {sum(steps.values()):5.1f} s, of them {step} {steps[step]:.1f}; "
            f"{memory:.0f} MB{'' if good else '; WRONG'}",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
