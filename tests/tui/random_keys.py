"""Random bursts of keys, clicks and pastes, thrown at the whole reader.

The suite throws a few; for longer, at a library of made-up papers or of a file's:

python -m tests.tui.random_keys [CORPUS.jsonl.gz] --papers 100000 --seconds 600 --rate 30
"""

import argparse
import asyncio
import math
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from textual import events
from textual.pilot import Pilot

from paperreader.library.library import Library
from paperreader.library.restoring import damage
from paperreader.paths import Paths
from paperreader.tui import outside
from tests.benchmarks.corpus import papers
from tests.tui.driving import reading, send, settle

NAMED = """
    enter enter enter escape escape tab up down left right pageup pagedown home end backspace
    delete space shift+up shift+down ctrl+a ctrl+b ctrl+d ctrl+e ctrl+f ctrl+k ctrl+l ctrl+n ctrl+p
    ctrl+r ctrl+t ctrl+u ctrl+w f1
""".split()
# Not q and Ctrl-c, which leave the program; not |, which runs what is typed as a command.
LETTERS = "abcdefghijklmnoprstuvwxyzADEGHIJKLMNORSTVWXYZ0123456789/\\?:.,*+=-\"'~()#&%@ é日"


def burst(chance: random.Random) -> list[str]:
    """Return the keys of one packet: some letters, some held keys."""
    if chance.random() < 0.2:
        return [chance.choice(NAMED)] * chance.randint(2, 8)
    keys = [*NAMED, *LETTERS]
    return [chance.choice(keys) for _ in range(chance.randint(1, 8))]


def clicks(pilot: Pilot[None], chance: random.Random) -> None:
    """Click twice at one spot, both clicks in one packet."""
    width, height = pilot.app.size
    x, y = chance.randrange(width), chance.randrange(height)
    for kind in (events.MouseDown, events.MouseUp) * 2:
        pilot.app.post_message(
            kind(None, x, y, 0, 0, 1, False, False, False, x, y)  # as the terminal gives them
        )


async def throw(
    pilot: Pilot[None], chance: random.Random, more: Callable[[], bool], rate: float
) -> int:
    """Send bursts while there is to be `more`, at most `rate` keys a second; return how many."""
    sent, began = 0, time.monotonic()
    while pilot.app.is_running and more():
        keys = burst(chance)
        send(pilot, *keys)
        sent += len(keys)
        if chance.random() < 0.1:
            clicks(pilot, chance)
        if chance.random() < 0.03:
            pilot.app.post_message(events.Paste("two\nlines"))
        if chance.random() < 0.03:
            await pilot.resize_terminal(chance.randint(1, 160), chance.randint(1, 50))
        ahead = sent / rate - (time.monotonic() - began)
        await pilot.pause(max(ahead, chance.choice((0, 0, 0.05))))
    if pilot.app.is_running:
        await settle(pilot)
    return sent


async def survives(
    library: Library, seed: int, more: Callable[[], bool], rate: float = math.inf
) -> int:
    """Throw keys at a reader of `library`; return how many it survived."""
    harmless = {"EDITOR": "true", "VISUAL": "true", "PAGER": "true"}
    with patch.object(outside, "start"), patch.dict(os.environ, harmless):
        chance, sent = random.Random(seed), 0
        while more():  # the palette has an entry that quits: then the reader is opened again
            async with reading(library) as pilot:
                sent += await throw(pilot, chance, more, rate)
        return sent


def sound(paths: Paths) -> str:
    """Return what is wrong with a library that was closed; '' if nothing is."""
    with Library(paths) as library:
        state = library.indexer.check()
        return damage(paths) or ("" if state.sound else str(state))


def run(paths: Paths, seed: int, seconds: float, rate: float) -> str:
    """Throw keys at a library for so many seconds; return what came of it, in a line."""
    with Library(paths) as library:
        end = time.monotonic() + seconds
        sent = asyncio.run(survives(library, seed, lambda: time.monotonic() < end, rate))
    return f"{sent:,} keys, no crash; library {sound(paths) or 'sound'}"


def main() -> None:
    """Throw keys for as long as was asked, with each seed at a library of the same papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", help="papers to read; made up if not given")
    parser.add_argument("--papers", type=int, default=59)
    parser.add_argument("--seconds", type=float, default=60, help="for each seed")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3])
    parser.add_argument("--rate", type=float, default=math.inf, help="keys per second at most")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        made = Path(directory) / "made"
        with Library(Paths.find(made)) as library:
            library.add(papers(asked.corpus, asked.papers), "random keys")
            library.catch_up()
            library.make_vectors()
        for seed in asked.seeds:
            home = Path(directory) / str(seed)
            shutil.copytree(made, home)
            os.chdir(home)
            print(
                f"seed {seed}:", run(Paths.find(home), seed, asked.seconds, asked.rate), flush=True
            )
            os.chdir(directory)
            shutil.rmtree(home)


if __name__ == "__main__":
    main()
