"""Keys in an open reader while two other processes add papers: when the screen shows what they do.

python -m tests.torture.keys_beside_imports [CORPUS] [--papers 12000]

`j`, `b` and `k` are pressed in turn; each counts until the list or a mark on it has changed. Prints
the wall time in milliseconds; more than a second is wrong. A machine that does other work counts.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from paperreader.papers.paper import Paper
from tests.benchmarks import corpus
from tests.benchmarks.figures import share
from tests.tui.test_terminal import Terminal, terminal

SEEDS = Path(__file__).parents[2] / "seeds"
PROCESSES = 2
_BETWEEN, _LONGEST = 0.15, 1.0  # seconds


def seen(reader: Terminal) -> tuple[str, ...]:
    """Return what a key changes: the number of the paper, and the marks of the first ones."""
    _, count, *papers = reader.screen.display[:6]
    return count.split(" / ")[-2][-9:], *(line[:6] for line in papers)


def waited(reader: Terminal, key: str) -> float:
    """Press a key and return the seconds until it is seen."""
    before, start = seen(reader), time.monotonic()
    reader.send(key)
    reader.until(lambda _: seen(reader) != before)
    took = time.monotonic() - start
    end = start + took + _BETWEEN
    reader.until(lambda _: time.monotonic() > end)
    return took


def torture(papers: list[Paper]) -> list[float]:
    """Return the seconds of each key while the papers are added."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder, "home")
        program = [sys.executable, "-m", "paperreader", "--library", str(home), "add"]
        subprocess.run([*program, str(SEEDS)], check=True, capture_output=True)
        with terminal(home) as reader:
            reader.sees("All 59")
            reader.rests()
            adding = []
            for number in range(PROCESSES):
                file = Path(folder, f"{number}.jsonl")
                some = papers[number::PROCESSES]
                file.write_text("".join(f"{json.dumps(_fields(p))}\n" for p in some), "utf-8")
                adding.append(subprocess.Popen([*program, str(file)], stdout=subprocess.DEVNULL))
            times: list[float] = []
            for key in cycle("jbk"):
                if all(process.poll() is not None for process in adding):
                    return times
                times.append(waited(reader, key))
    return []


def _fields(paper: Paper) -> dict[str, object]:
    return {"title": paper.title, "abstract": paper.abstract, "authors": paper.authors}


def main() -> int:
    """Try what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=12_000)
    asked = parser.parse_args()
    times = torture(corpus.papers(asked.corpus, asked.papers))
    parts = ", ".join(f"{1000 * share(times, part):.0f}" for part in (0.5, 0.95, 1.0))
    print(f"{len(times)} keys beside {PROCESSES} imports: p50, p95, max {parts} ms")
    return 0 if max(times) < _LONGEST else 1


if __name__ == "__main__":
    sys.exit(main())
