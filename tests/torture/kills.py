"""Commands are killed at random moments: what they said to have done is there, and the rest whole.

python -m tests.torture.kills [--seed 0] [--kills 200]
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

# Does one thing after another, and says each on a line once it is done.
WORKER = """
import itertools, sys
from pathlib import Path
from paperreader.export import replacing
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.query.request import Request

name, home = sys.argv[1:]
with Library(Paths.find(Path(home))) as library:
    for number in itertools.count():
        title = f"Paper {name} of number {number}"
        library.add([Paper(title, "about " * 50).cleaned()], "page")
        print("paper", title, sep="\\t", flush=True)
        row = library.search(Request()).row(0)
        library.tag([row], [f"t{name}-{number}"])
        print("tag", f"t{name}-{number}", sep="\\t", flush=True)
        if number % 5 == 0:
            library.catch_up()
            library.back_up_if_due()
        if number % 7 == 0:
            with replacing(Path(home) / "out.md", force=True) as out:
                out.write("x" * 100_000)
        if number % 11 == 0:
            print("removed", title, sep="\\t", flush=True)
            print("removed", f"t{name}-{number}", sep="\\t", flush=True)
            library.remove([row])
            library.undo()
            print("paper", title, sep="\\t", flush=True)
            print("tag", f"t{name}-{number}", sep="\\t", flush=True)
"""


def torture(seed: int, kills: int) -> list[str]:
    """Return what went wrong."""
    chance = random.Random(seed)
    wrong: list[str] = []
    done: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as home:
        for number in range(kills):
            worker = subprocess.Popen(
                [sys.executable, "-c", WORKER, f"{seed}-{number}", home],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            first = ""
            if chance.random() < 0.9 and worker.stdout is not None:
                first = worker.stdout.readline()  # not only while it starts
            time.sleep(chance.uniform(0, 1))
            worker.kill()
            rest, errors = worker.communicate()
            out = first + rest
            wrong += [errors] if errors else []
            for line in out.splitlines():
                kind, _, name = line.partition("\t")
                if kind == "removed":
                    done -= {("paper", name), ("tag", name)}
                elif name and out.endswith("\n"):
                    done.add((kind, name))
        wrong += _lost(Path(home), done)
    print(f"seed {seed}: {kills} kills, {len(done)} acknowledged, {len(wrong)} wrong")
    return wrong


def _lost(home: Path, done: set[tuple[str, str]]) -> list[str]:
    """Return what is missing, damaged or left over once the next start has looked after it."""
    env = {**os.environ, "PAPERREADER_HOME": str(home)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "paperreader", *words]
        return subprocess.run(program, env=env, capture_output=True, text=True, check=False)

    run("index", "update")
    run("export", "--format", "markdown", "--force", "--output", str(home / "out.md"))
    records = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    there = {("paper", record["title"]) for record in records}
    there |= {("tag", tag) for record in records for tag in record.get("tags", [])}
    wrong = [f"lost: {kind} {name}" for kind, name in sorted(done - there)]
    wrong += [line for line in run("doctor").stdout.splitlines() if line.startswith("!!")]
    wrong += [f"left over: {path}" for path in home.rglob("*.part")]
    with closing(sqlite3.connect(home / "library.sqlite3")) as connection:
        wrong += [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=200)
    arguments = parser.parse_args()
    found = torture(arguments.seed, arguments.kills)
    print("\n".join(found))
    sys.exit(1 if found else 0)
