"""How everything grows with the library: adding, the first list, typing, related papers, meaning.

    python -m tests.benchmarks.load [CORPUS.jsonl] [--papers 1000 10000 100000 573807]

CORPUS is a file of JSON lines, of which the first are taken for a smaller library; `large_corpus`
writes one of any size, and does so here if there is none. Adding is done by the program itself, in
a process of its own: what it writes to the disk is what the kernel counts, beside the size of what
was read. Typing is timed as in `keystrokes`. The exponent says how a figure grows from the second
size to the last: 1 is as fast as the library, 0 is not at all.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.query.request import Request
from tests.benchmarks import corpus, engines, figures, keystrokes, large_corpus

_RELATED = 60


def added(source: Path, count: int, home: Path) -> dict[str, Any]:
    """Add the first `count` papers of `source`; return what that costs."""
    part = home.with_suffix(".jsonl")
    with source.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, count))
    os.sync()
    size = part.stat().st_size
    start, before, used = time.perf_counter(), _written(), _used()
    program = [sys.executable, "-m", "paperreader", "--library", str(home)]
    _run([*program, "add", str(part)])
    _run([*program, "index", "update", "--words"])
    wrote, cpu, wall = _written() - before, _used() - used, time.perf_counter() - start
    part.unlink()
    start_vectors = _used()
    _run([*program, "index", "update"])
    return {
        "input MB": size / 1e6,
        "written by input": wrote / size,
        "papers per cpu s": count / cpu,
        "cpu s": cpu,
        "wall s": wall,
        "vectors cpu s": _used() - start_vectors,
        "add peak MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _written() -> int:
    """Return the bytes that this process and its children caused to be written so far."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["write_bytes"]) - int(fields["cancelled_write_bytes"])


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def in_use(home: Path, texts: list[str], rows: list[int]) -> dict[str, Any]:
    """Return what using the library costs, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_use, args=(home, texts, rows, there))
    process.start()
    used: dict[str, Any] = here.recv()
    process.join()
    return used


def _use(home: Path, texts: list[str], rows: list[int], there: Connection) -> None:
    engines.leave_out_the_encoder()
    start = time.process_time()
    with Library(Paths.find(home)) as library:
        library.search(Request())[: engines.ROWS]
        first = 1000 * (time.process_time() - start)
        library.search(Request("open everything", typing=True))[: engines.ROWS]
        library.with_close(library.search(Request("open everything")))
        keys = [
            _timed(lambda text=text: library.search(Request(text, typing=True))[: engines.ROWS])  # type: ignore[misc]
            for text in texts
        ]
        following = [*texts[1:], ""]
        runs = [text for text, more in zip(texts, following, strict=True) if text not in more]
        pauses = []
        for text in runs:
            found = library.search(Request(text))
            pauses.append(_timed(lambda found=found: library.with_close(found)))  # type: ignore[misc]
        related = [_timed(lambda row=row: library.related(row)) for row in rows]  # type: ignore[misc]
    there.send(
        {
            "first list": first,
            "key p50": figures.share(keys, 0.5),
            "key p95": figures.share(keys, 0.95),
            "key max": max(keys),
            "close p50": figures.share(pauses, 0.5),
            "close p95": figures.share(pauses, 0.95),
            "related p50": figures.share(related, 0.5),
            "related p95": figures.share(related, 0.95),
            "peak MB": _peak(),
        }
    )


def _peak() -> float:
    """Return the most memory that this process has had; `ru_maxrss` counts its parent's too."""
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(peak) / 1024


def _timed(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return 1000 * (time.process_time() - start)


def exponents(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return for each figure the power of the library's size that it grows with."""
    small, large = rows[1 if len(rows) > 2 else 0], rows[-1]
    growth = math.log(large["papers"] / small["papers"])
    return {"papers": "exponent"} | {
        name: math.log(large[name] / small[name]) / growth
        for name in large
        if name != "papers" and small[name] > 0 and large[name] > 0
    }


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, help="JSON lines; generated if none")
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="keep the libraries here, to be used again")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        source = args.corpus or Path(temporary) / "corpus.jsonl"
        if args.corpus is None:
            large_corpus.write(source, corpus.papers(None, 20_000), max(args.papers))
        first = _first(source, 1000)
        chance = random.Random(1)
        runs = corpus.queries(first, args.queries, chance)
        adding, using = [], []
        for count in args.papers:
            home = (args.keep or Path(temporary)) / f"load-{count}"
            if not home.exists():
                adding.append({"papers": count, **added(source, count, home)})
                figures.show("Adding", adding)
            rows = [chance.randint(1, count) for _ in range(_RELATED)]
            using.append({"papers": count, **in_use(home, keystrokes.states(runs), rows)})
            figures.show("In use, milliseconds of CPU and MB", using)
    results = {"adding": adding, "in use": using}
    for name, table in results.items():
        if len(table) > 1:
            figures.show(f"Exponents, {name}", [exponents(table)])
    figures.write(args.json, results)


def _first(source: Path, count: int) -> list[Paper]:
    """Return the titles of some of the papers that every library has."""
    with source.open(encoding="utf-8") as lines:
        return [Paper(json.loads(line)["title"]) for line in islice(lines, count)]


if __name__ == "__main__":
    main()
