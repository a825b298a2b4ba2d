"""Random bursts of keys, clicks and pastes, thrown at the whole reader.

The suite throws a few; for longer: python -m tests.tui.random_keys --seconds 60 --seeds 4
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from textual import events
from textual.pilot import Pilot

from paperreader.library.library import Library
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
LETTERS = "abcdefghijklmnoprstuvwxyzAEGIJKLMNRSTVWXZ0123456789/\\?:.,*+=-\"'~()# é日"


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


async def throw(pilot: Pilot[None], chance: random.Random, more: Callable[[], bool]) -> int:
    """Send bursts while there is to be `more`; return how many keys were sent."""
    sent = 0
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
        await pilot.pause(chance.choice((0, 0, 0.05)))
    if pilot.app.is_running:
        await settle(pilot)
    return sent


async def survives(library: Library, seed: int, more: Callable[[], bool]) -> int:
    """Throw keys at a reader of `library`; return how many it survived."""
    harmless = {"EDITOR": "true", "VISUAL": "true", "PAGER": "true"}
    with patch.object(outside, "start"), patch.dict(os.environ, harmless):
        chance, sent = random.Random(seed), 0
        while more():  # the palette has an entry that quits: then the reader is opened again
            async with reading(library) as pilot:
                sent += await throw(pilot, chance, more)
        return sent


def main() -> None:
    """Throw keys for as long as was asked, at a library of made-up papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--papers", type=int, default=59)
    asked = parser.parse_args()
    for seed in range(asked.seeds):
        with tempfile.TemporaryDirectory() as home:
            os.chdir(home)
            with Library(Paths.find(Path(home))) as library:
                library.add(papers(None, asked.papers), "random keys")
                end = time.monotonic() + asked.seconds / asked.seeds
                sent = asyncio.run(
                    survives(library, seed, lambda end=end: time.monotonic() < end)  # type: ignore[misc]
                )
                print(f"seed {seed}: {sent:,} keys, no crash", flush=True)


if __name__ == "__main__":
    main()
