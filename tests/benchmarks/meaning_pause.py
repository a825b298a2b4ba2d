"""How long from the last key until papers close in meaning are on the screen.

    python -m tests.benchmarks.meaning_pause CORPUS [--papers 114762]

Queries of which hardly any paper of arXiv has more than two words are typed into the reader, in a
terminal of its own, each key as soon as the one before is on the screen. The pause after which the reader looks for
close papers is part of the time. On a machine that does other work, give it a core: `chrt -r 20`.
"""

import argparse
import random
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from paperreader.tui.widgets.list_lines import CLOSE
from tests.benchmarks import corpus, engines, figures
from tests.benchmarks.startup import Terminal, running

QUERIES = (
    "how birds fly together without bumping into each other",
    "invisible mass that holds galaxies together",
    "cleaning up blurry photos",
    "money lost by gamblers online",
)
# So that the papers that hold some of the words leave room for the close ones.
_LINES = 72
_CLEAR = "\x15"  # ctrl+u


def times(home: Path, rounds: int) -> list[float]:
    """Return the seconds for each query, each asked in every round."""
    taken = []
    command, environment = [sys.executable, "-m", "paperreader"], {"PAPERREADER_HOME": str(home)}
    with running(command, environment, _LINES) as reader:
        reader.until(partial(_shows, "All"))
        reader.type("/")
        for _ in range(rounds):
            for query in random.sample(QUERIES, len(QUERIES)):
                taken.append(_once(reader, query))
                reader.type(_CLEAR)
                reader.until(lambda screen: CLOSE not in screen)
    return taken


def _once(reader: Terminal, query: str) -> float:
    for end in range(1, len(query)):
        typed = query[:end].rstrip()
        reader.type(query[end - 1])
        reader.until(partial(_shows, typed))
    reader.type(query[-1])
    return reader.until(partial(_shows, CLOSE))


def _shows(text: str, screen: str) -> bool:
    return text in screen


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="a file of papers")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    papers = corpus.papers(args.corpus, args.papers)
    with tempfile.TemporaryDirectory() as temporary:
        home = (args.keep or Path(temporary)) / f"paperreader-{len(papers)}"
        engines.build("paperreader", papers, home)
        engine = engines.Paperreader()
        engine.open(home)
        engine.library.close()
        taken = [1000 * seconds for seconds in times(home, args.rounds)]
    row: dict[str, Any] = {
        "papers": len(papers),
        "queries": len(taken),
        "median": figures.share(taken, 0.5),
        "p95": figures.share(taken, 0.95),
    }
    figures.show("Last key to papers close in meaning, milliseconds", [row])
    figures.write(args.json, {"pause": row})


if __name__ == "__main__":
    main()
