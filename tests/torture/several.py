"""Four processes do anything in one library: nothing is locked, damaged or lost.

python -m tests.torture.several [--seed 0] [--seconds 120]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
PROCESSES = 4

ACTOR = """
import contextlib, io, json, os, random, sys, time
from paperreader.cli import main

number, seed, seconds, *keys = sys.argv[1:]
chance, end, count, kept = random.Random(seed + number), time.time() + float(seconds), 0, {}
file = os.path.join(os.environ["PAPERREADER_HOME"], f"new-{number}.jsonl")
while time.time() < end:
    count += 1
    key, tag = chance.choice(keys), f"t{number}-{count}"
    words = chance.choice([
        ["tag", key, f"+{tag}"], ["bookmark", "add", key], ["bookmark", "remove", key],
        ["note", key, tag], ["search", "mixture", "--limit", "1"], ["list", "--limit", "2"],
        ["index", "rebuild" if chance.random() < 0.1 else "update", "--quiet"], ["add", file],
    ])
    if words[0] == "add":
        with open(file, "w") as out:
            for n in range(20):
                out.write(json.dumps({"title": f"Paper {number} {count} {n}", "abstract": "x"}))
                out.write("\\n")
    errors = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        code = main(words)
    if code != 0 and words[0] != "search":
        print(words, code, errors.getvalue())
    elif words[0] == "tag":
        kept[tag] = key
    elif words[0] == "add":
        kept[f"Paper {number} {count} 19"] = ""
print(json.dumps(kept))
"""


def torture(seed: int, seconds: float) -> list[str]:
    """Return what went wrong."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "PAPERREADER_HOME": home}

        def run(*words: str) -> str:
            program = [sys.executable, "-m", "paperreader", *words]
            return subprocess.run(
                program, env=env, capture_output=True, text=True, check=False
            ).stdout

        run("add", str(SEEDS))
        keys = [json.loads(line)["key"] for line in run("list", "--json").splitlines()]
        actors = [
            subprocess.Popen(
                [sys.executable, "-c", ACTOR, str(number), str(seed), str(seconds), *keys],
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for number in range(PROCESSES)
        ]
        wrong = []
        records = {}
        acknowledged: dict[str, str] = {}
        for actor in actors:
            *said, kept = actor.communicate()[0].splitlines()
            wrong += said
            acknowledged |= json.loads(kept)
        for line in run("list", "--json").splitlines():
            record = json.loads(line)
            records[record["key"]] = record.get("tags", [])
            records[record["title"]] = []
        for name, key in acknowledged.items():
            if name not in records.get(key, []) if key else name not in records:
                wrong.append(f"lost: {name}")
        wrong += [line for line in run("doctor").splitlines() if line.startswith("!!")]
        print(f"seed {seed}: {len(acknowledged)} acknowledged, {len(wrong)} wrong")
        return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=120)
    arguments = parser.parse_args()
    found = torture(arguments.seed, arguments.seconds)
    print("\n".join(found))
    sys.exit(1 if found else 0)
