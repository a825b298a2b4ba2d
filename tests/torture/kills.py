"""Commands are killed at random moments: what they said to have done is there, and the rest whole.

python -m tests.torture.kills [--seed 0] [--kills 200]

Each command (add, fetch, bookmark, tag, note, remove, undo, index, export, import, merge, split,
restore) runs in a process of its own, which is killed after a random part of the time that such a command takes. A
command that ended first is acknowledged: from then on its outcome has to be there. One that was
killed has happened or not, and never in part.
"""

import argparse
import contextlib
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from paperreader.paths import Paths
from tests.follow.arxiv_stub import ArxivStub, Preprint
from tests.follow.stub import Stub, serving
from tests.torture.leftovers import leftovers
from tests.torture.one_command import run_command
from tests.torture.whole_commands import WholeCommands
from tests.torture.words import differences

SEEDS = Path(__file__).parents[2] / "seeds"
_CHECK_EVERY = 25
_WHOLE = 0.15  # of the commands

# What a killed process has loaded before it begins, so that it is killed at its work.
_LOADED = [
    *("paperreader.cli", "paperreader.export", "paperreader.formats", "paperreader.follow.client"),
    *("paperreader.library.indexer", "paperreader.library.vector_indexer"),
    *("paperreader.library.followed_sources", "tests.torture.one_command"),
]
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(_LOADED)

# A thing that commands change, such as a paper's tag, and the values that it may have now.
Thing = tuple[str, ...]
Outcome = dict[Thing, object]


class Torture:
    """A library, commands on it that are killed, and what may be there after them."""

    def __init__(self, home: Path, seed: int, stub: Stub) -> None:
        self.home, self.chance, self.number = home, random.Random(seed), 0
        self.possible: dict[Thing, set[object]] = {}
        self.wrong: list[str] = []
        self.killed: Counter[str] = Counter()
        self.acknowledged = 0
        self.out = home / "out" / "list.jsonl"
        self.out.parent.mkdir(parents=True)
        self._typical: dict[str, float] = {}
        self._preprints: list[Preprint] = []
        self._stub = stub
        (home / "settings.toml").write_text(
            f'[fetch]\narxiv_interval = 0\ninterval = 0\n[services]\narxiv = "{stub.base}"\n'
        )
        self.run("add", str(SEEDS))
        self.run("follow", "add", "arxiv:cs.CL")
        self.keys = [record["key"] for record in self.records()]
        self._wholes = WholeCommands(self)
        self._commands: tuple[Callable[[], tuple[list[str], Outcome]], ...] = (
            *(self._add, self._add, self._fetch, self._tag, self._bookmark, self._note),
            *(self._remove, self._rebuild, self._update, self._export, self._import),
        )

    def run(self, *words: str) -> str:
        """Run a command to its end; return what it printed."""
        program = [sys.executable, "-m", "paperreader", "--library", str(self.home), *words]
        return subprocess.run(program, capture_output=True, text=True, check=False).stdout

    def kill_one(self) -> None:
        """Run a random command, and kill it unless it ends first."""
        self.number += 1
        if self.chance.random() < _WHOLE:
            self.chance.choice([self._wholes.merge, self._wholes.restore])()
            return
        command = self.chance.choice(self._commands)
        words, outcome = command()
        name = command.__name__.strip("_")
        ended = self.ends(name, words)
        self._note_outcome(outcome, ended=ended)
        if words[0] == "remove" and ended:
            # The step is taken back, and that may be killed too.
            taken_back = self.ends("undo", ["undo"])
            self._note_outcome(dict.fromkeys(outcome, True), ended=taken_back)

    def close(self) -> None:
        """Let go of the library."""
        self._wholes.close()

    def ends(self, name: str, words: list[str]) -> bool:
        """Return whether the command ended well before it was killed."""
        here, there = _CONTEXT.Pipe()
        worker = _CONTEXT.Process(
            target=run_command, args=(there, ["--library", str(self.home), *words])
        )
        worker.start()
        there.close()
        here.recv()
        start = time.monotonic()
        ended = here.poll(self.chance.uniform(0, 2.5 * self._typical.get(name, 1.0)))
        took = time.monotonic() - start
        worker.kill()
        worker.join()
        try:
            code, errors = here.recv()
        except EOFError:
            self.killed[name] += 1
            return False
        if ended:
            self._typical[name] = (self._typical.get(name, took) + took) / 2
        if code != 0 or "damaged" in errors:
            self.wrong.append(f"{words} ended with {code}: {errors}")
        self.acknowledged += 1
        return True

    def _note_outcome(self, outcome: Outcome, *, ended: bool) -> None:
        for thing, value in outcome.items():
            before = self.possible.get(thing, {False})
            self.possible[thing] = {value} if ended else before | {value}

    def _add(self) -> tuple[list[str], Outcome]:
        file, count = self.home / "new.jsonl", self.chance.choice([3, 60, 1_500, 4_000])
        titles = [f"Paper {self.number} of {n} from a list" for n in range(count)]
        with file.open("w") as out:
            for title in titles:
                words = " ".join(self.chance.choices(("graph", "river", "moon", "quokka"), k=4))
                out.write(json.dumps({"title": title, "abstract": words}) + "\n")
        return ["add", str(file)], {("paper", title): True for title in titles}

    def _fetch(self) -> tuple[list[str], Outcome]:
        first = len(self._preprints)
        self._preprints += [
            Preprint(f"2511.{n:05}", f"Preprint {n} of the day") for n in range(first, first + 20)
        ]
        self._stub.on("/api/query", ArxivStub(self._preprints))
        # Those that a killed fetch did not save come with the next one.
        return ["fetch"], {("paper", paper.title): True for paper in self._preprints}

    def _tag(self) -> tuple[list[str], Outcome]:
        key = self.chance.choice(self.keys)
        names = [f"a{self.number}", f"b{self.number}"]
        return ["tag", key, *(f"+{name}" for name in names)], {
            ("tag", key, name): True for name in names
        }

    def _bookmark(self) -> tuple[list[str], Outcome]:
        keys, on = self.chance.sample(self.keys, 2), self.chance.random() < 0.7
        return ["bookmark", "add" if on else "remove", *keys], {
            ("bookmark", key): on for key in keys
        }

    def _note(self) -> tuple[list[str], Outcome]:
        key, text = self.chance.choice(self.keys), f"note {self.number}"
        return ["note", key, text], {("note", key): text}

    def _remove(self) -> tuple[list[str], Outcome]:
        certain = [
            thing
            for thing, values in self.possible.items()
            if thing[0] == "paper" and values == {True} and "Preprint" not in thing[1]
        ]
        if not certain:
            return self._tag()
        thing = self.chance.choice(certain)
        key = next((r["key"] for r in self.records() if r["title"] == thing[1]), "")
        if not key:
            self.wrong.append(f"lost: {thing}")
        return ["remove", key], {thing: False}

    def _rebuild(self) -> tuple[list[str], Outcome]:
        return ["index", "rebuild", "--quiet"], {}

    def _update(self) -> tuple[list[str], Outcome]:
        return ["index", "update", "--quiet"], {}

    def _export(self) -> tuple[list[str], Outcome]:
        return ["export", "--format", "jsonl", "--force", "--output", str(self.out)], {}

    def _import(self) -> tuple[list[str], Outcome]:
        file, key, tag = self.home / "marks.jsonl", self.chance.choice(self.keys), f"i{self.number}"
        marked = [record for record in self.records() if record["key"] == key]
        for record in marked:
            record["tags"] = [*record.get("tags", []), tag]
        file.write_text("".join(json.dumps(record) + "\n" for record in marked))
        return ["bookmark", "import", str(file)], {("tag", key, tag): True}

    def check(self) -> None:
        """Start once more, let it catch up, and look at everything."""
        self.run("index", "update", "--quiet")
        self._wholes.start_reader()
        self.run("export", "--format", "jsonl", "--force", "--output", str(self.out))
        records = self.records()
        seen = set(self._seen(records))
        for thing, values in self.possible.items():
            value = (
                next((s[-1] for s in seen if s[0] == "note" and s[1] == thing[1]), False)
                if (thing[0] == "note")
                else thing in seen
            )
            if value not in values:
                self.wrong.append(f"{thing} is {value}, not {values}")
            self.possible[thing] = {value}
        self._check_wholes(seen)
        for line in self.run("doctor").splitlines():
            if line.startswith("!!"):
                self.wrong.append(line)
        paths = Paths.find(self.home)
        with closing(sqlite3.connect(paths.library)) as connection:
            report = [text for (text,) in connection.execute("PRAGMA integrity_check")]
        self.wrong += report if report != ["ok"] else []
        self.wrong += differences(self.home)
        self.wrong += leftovers(paths, {"out", "new.jsonl", "marks.jsonl"})
        self.wrong += [
            f"left over: {path}" for path in self.out.parent.iterdir() if path != self.out
        ]
        self._wholes.back_up()
        exported = [json.loads(line) for line in self.out.read_text().splitlines()]
        if len(exported) != len(records):
            self.wrong.append(f"{len(exported)} papers exported of {len(records)}")

    def _check_wholes(self, seen: set[Thing]) -> None:
        """A killed command did all that is one step, or nothing."""
        for thing in self.possible:
            if thing[0] == "tag" and thing[2][0] == "a":
                other = ("tag", thing[1], f"b{thing[2][1:]}")
                if (thing in seen) != (other in seen):
                    self.wrong.append(f"half done: {thing}")

    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run("list", "--json").splitlines()]

    @staticmethod
    def _seen(records: list[dict[str, Any]]) -> Iterator[Thing]:
        for record in records:
            key = str(record["key"])
            yield "paper", str(record["title"])
            if record.get("bookmarked"):
                yield "bookmark", key
            if record.get("note"):
                yield "note", key, str(record["note"])
            tags = record.get("tags", [])
            yield from (("tag", key, tag) for tag in tags)


def torture(seed: int, kills: int) -> list[str]:
    """Return what went wrong."""
    # The server says on standard error that a client was killed.
    with (
        tempfile.TemporaryDirectory() as folder,
        serving() as stub,
        contextlib.redirect_stderr(io.StringIO()),
    ):
        os.environ.pop("PAPERREADER_HOME", None)
        tried = Torture(Path(folder) / "home", seed, stub)
        checks = 0
        while tried.killed.total() < kills and len(tried.wrong) < 20:
            tried.kill_one()
            if tried.killed.total() // _CHECK_EVERY > checks:
                checks += 1
                tried.check()
        tried.check()
        tried.close()
    by_name = ", ".join(f"{name} {count}" for name, count in sorted(tried.killed.items()))
    print(
        f"seed {seed}: {tried.killed.total()} kills ({by_name}), {tried.acknowledged} commands"
        f" acknowledged, {len(tried.wrong)} wrong"
    )
    return tried.wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=200)
    arguments = parser.parse_args()
    found = torture(arguments.seed, arguments.kills)
    print("\n".join(found))
    sys.exit(1 if found else 0)
