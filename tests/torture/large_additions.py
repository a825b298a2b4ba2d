"""A large addition is killed at random moments: after it is done again, nothing shows that.

python -m tests.torture.large_additions [--seed 0] [--kills 40] [--papers 8000]

The file has many papers twice, some as another source tells of them, and some are in the library
before. After each kill other processes do what uses or changes the papers, and take it back. Then
the file is added again: the tables of papers, keys, digests and tokens have to hold exactly what
they hold after one addition that nobody killed.
"""

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from paperreader.paths import Paths
from tests.torture.one_command import run_command

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["paperreader.cli", "paperreader.formats", "tests.torture.one_command"]
)
_WORDS = "graph river moon quokka neural sparse optimal garden protein lattice tidal verb".split()
_BEFORE = 600
# What there has to be, with the key of a paper for its row: a paper that was split off and taken
# back leaves a row, so that the rows after it are others.
_TABLES = {
    "paper": "SELECT key, title, abstract, authors, published, venue, details FROM paper "
    "WHERE merged_into IS NULL",
    "alias": "SELECT alias.key, paper.key FROM alias JOIN paper ON row = paper",
    "category": "SELECT name, key FROM category JOIN paper ON row = paper",
    "source": "SELECT key, source FROM paper_source JOIN paper ON row = paper",
    "variant": "SELECT digest, key, content FROM variant JOIN paper ON row = paper",
    "token": "SELECT number, key FROM token JOIN paper ON row = paper",
    "decision": "SELECT * FROM decision",
    "reading": "SELECT key, bookmarked != '' FROM reading JOIN paper ON row = paper",
    "tag": "SELECT name, key FROM tag JOIN paper ON row = paper",
    "trash": "SELECT paper FROM trash",
}
_ACTIONS = ("merge", "split", "remove", "tag", "index", "reader", "export", "restore", "doctor")

_READER = """
import sys
from pathlib import Path
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.query.request import Request

with Library(Paths.find(Path(sys.argv[1]))) as library:
    library.read_beside_writers()
    library.catch_up()
    len(library.search(Request("graph")))
"""


def papers(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield papers, of which one in four is one of those before, as it was or told otherwise."""
    made: list[dict[str, Any]] = []
    for number in range(count):
        if made and chance.random() < 0.25:
            paper = dict(chance.choice(made))
            if chance.random() < 0.7:
                paper["venue"] = f"Journal {chance.randint(1, 9)}"
                paper["doi"] = f"10.1000/{number}"
        else:
            title = " ".join(chance.sample(_WORDS, 5))
            paper = {
                "title": f"{title} {number if chance.random() < 0.9 else ''}".strip().capitalize(),
                "abstract": " ".join(chance.choices(_WORDS, k=60)),
                "authors": [f"{chance.choice('ABC')}. {chance.choice(_WORDS).capitalize()}"],
                "published": f"{chance.randint(1990, 2025)}-0{chance.randint(1, 9)}-01",
                "id": f"arxiv:{2000 + number // 5000}.{number % 5000:05}",
                "categories": [chance.choice(["cs.CL", "math.AG", "stat.ML"])],
            }
            made.append(paper)
        yield paper


class Trial:
    """A library that a file is added to, and what it holds then."""

    def __init__(self, folder: Path, seed: int, count: int) -> None:
        self._chance = random.Random(seed)
        self._folder, self._file, first = folder, folder / "all.jsonl", folder / "first.jsonl"
        lines = [json.dumps(paper) + "\n" for paper in papers(count, self._chance)]
        self._file.write_text("".join(lines))
        first.write_text("".join(self._chance.sample(lines, _BEFORE)))
        self._home = folder / "before"
        self._run("add", str(first))
        self.done: Counter[str] = Counter()
        self.killed = 0
        self._clean = self._copy("clean")
        start = time.monotonic()
        self._add(100.0)
        self._typical = time.monotonic() - start
        self._expected = self._contents()

    def kill_one(self) -> list[str]:
        """Kill an addition, do other things, and add again; return what is wrong then."""
        self._home = self._copy("killed")
        self.killed += not self._add(self._chance.uniform(0.05, 1.0) * self._typical)
        wrong = []
        for action in self._chance.sample(_ACTIONS, 3):
            self.done[action] += 1
            wrong += getattr(self, f"_{action}")()
        wrong += self._run("add", str(self._file))
        contents = self._contents()
        for table, rows in self._expected.items():
            if contents[table] != rows:
                some = sorted(map(repr, contents[table] ^ rows))[:3]
                wrong.append(f"{table} differs: {len(rows)} rows, {len(contents[table])}: {some}")
        return wrong

    def _copy(self, name: str) -> Path:
        home = self._folder / name
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._folder / "before", home)
        self._home = home
        return home

    def _add(self, seconds: float) -> bool:
        """Add the file and kill that after so many seconds; return whether it ended before."""
        here, there = _CONTEXT.Pipe()
        words = ["--library", str(self._home), "add", str(self._file)]
        worker = _CONTEXT.Process(target=run_command, args=(there, words))
        worker.start()
        there.close()
        here.recv()
        ended = here.poll(seconds)
        worker.kill()
        worker.join()
        return ended

    def _run(self, *words: str) -> list[str]:
        """Run a command; return what is wrong about how it ended."""
        run = subprocess.run(
            [sys.executable, "-m", "paperreader", "--library", str(self._home), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        return [] if run.returncode == 0 else [f"{words}: {run.returncode} {run.stderr[-300:]}"]

    def _keys(self) -> list[str]:
        """Return the keys of two papers, the first one with several records if there is any."""
        with closing(sqlite3.connect(Paths.find(self._home).library)) as connection:
            several = connection.execute(
                "SELECT key FROM paper JOIN variant ON paper = row WHERE merged_into IS NULL "
                "GROUP BY row HAVING count(*) > 1"
            ).fetchall()
            every = connection.execute("SELECT key FROM paper WHERE merged_into IS NULL").fetchall()
        first = self._chance.choice(several or every)[0]
        others = [key for (key,) in every if key != first]
        return [first, self._chance.choice(others)]

    def _merge(self) -> list[str]:
        return [*self._run("merge", *self._keys()), *self._run("undo")]

    def _split(self) -> list[str]:
        wrong = self._run("split", self._keys()[0])
        return self._run("undo") if not wrong else [w for w in wrong if "nothing to split" not in w]

    def _remove(self) -> list[str]:
        return [*self._run("remove", *self._keys()), *self._run("undo")]

    def _tag(self) -> list[str]:
        key = self._keys()[1]
        return [*self._run("tag", key, "+new"), *self._run("tag", key, "-new")]

    def _index(self) -> list[str]:
        return self._run("index", "update", "--words")

    def _doctor(self) -> list[str]:
        return self._run("doctor")

    def _export(self) -> list[str]:
        out = str(self._home / "out.jsonl")
        return self._run("export", "--format", "jsonl", "--force", "--output", out)

    def _restore(self) -> list[str]:
        # The index is of the library as it was, and `doctor` says so.
        return [*self._run("restore", "latest"), *self._index()]

    def _reader(self) -> list[str]:
        run = subprocess.run(
            [sys.executable, "-c", _READER, str(self._home)],
            capture_output=True,
            text=True,
            check=False,
        )
        return [run.stderr[-300:]] if run.returncode else []

    def _contents(self) -> dict[str, set[Any]]:
        with closing(sqlite3.connect(Paths.find(self._home).library)) as connection:
            execute = connection.execute
            tables = {name: set(execute(query)) for name, query in _TABLES.items()}
            tables["sound"] = {
                *execute("PRAGMA integrity_check"),
                *execute("PRAGMA foreign_key_check"),
                *execute("PRAGMA journal_mode"),
                *execute("SELECT name FROM sqlite_master WHERE type = 'table'"),
            }
        return tables


def torture(seed: int, kills: int, count: int) -> list[str]:
    """Return what went wrong."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), seed, count)
        while trial.killed < kills and len(wrong) < 20:
            wrong += trial.kill_one()
    done = ", ".join(f"{name} {times}" for name, times in sorted(trial.done.items()))
    print(f"seed {seed}: {trial.killed} kills; {done}; {len(wrong)} wrong")
    return wrong


def main() -> int:
    """Try what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--papers", type=int, default=8000)
    args = parser.parse_args()
    wrong = torture(args.seed, args.kills, args.papers)
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
