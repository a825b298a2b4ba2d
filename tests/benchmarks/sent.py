"""What one `j` sends to the terminal, in bytes, and what it costs, in milliseconds of CPU.

    python -m tests.benchmarks.sent [CORPUS] --papers 114762

The reader runs in terminals of four sizes, at the first paper and then far down, where the list
scrolls with every key.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks import corpus, engines, figures
from tests.benchmarks.figures import share
from tests.benchmarks.startup import running

_SIZES = [(160, 50), (120, 36), (80, 24), (40, 12)]
_OPENING, _REST = 3.0, 0.15  # seconds without output, after which the reader has done its work
_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


def cpu(process: int) -> float:
    """Return the CPU time of a process so far, in milliseconds."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def measured(home: Path, columns: int, lines: int, keys: int) -> dict[str, Any]:
    """Return what a `j` sends and costs on a screen of this size, in `keys` of them."""
    reader = [sys.executable, "-m", "paperreader"]
    colours = {"PAPERREADER_HOME": str(home), "COLORTERM": "truecolor"}
    with running(reader, colours, lines, columns) as terminal:
        start = len(terminal.read(_OPENING))
        terminal.type("gg")
        terminal.read(_REST)
        before, sent = cpu(terminal.process.pid), []
        for _ in range(keys):
            terminal.type("j")
            sent.append(float(len(terminal.read(_REST))))
        spent = cpu(terminal.process.pid) - before
    return {
        "screen": f"{columns}x{lines}",
        "start": start,
        "mean": sum(sent) / keys,
        "median": share(sent, 0.5),
        "p95": share(sent, 0.95),
        "max": max(sent),
        "cpu": spent / keys,
    }


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    papers = corpus.papers(asked.corpus, asked.papers)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        engines.build("paperreader", papers, home)
        engine = engines.Paperreader()
        engine.open(home)
        engine.library.close()
        keys = min(asked.keys, len(papers) - 2)
        rows = [measured(home, *size, keys) for size in _SIZES]
    figures.show(f"Bytes sent for a j, {len(papers):,} papers", rows)
    figures.write(asked.json, {"sent": rows})


if __name__ == "__main__":
    main()
