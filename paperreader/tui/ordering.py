"""Keys keep their order: what was sent first has done its work before the next is obeyed."""

import asyncio
from contextlib import suppress

from textual import events
from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerCancelled

_PATIENCE = 0.5  # seconds at most: a key is obeyed late rather than never


async def heard(*pumps: MessagePump) -> None:
    """Wait until each of `pumps`, one after the other, has done what was queued there.

    Each is waited for twice: what it did may have sent itself a message, such as that its text
    has changed, which only then goes on to the next.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            for pump in pumps:
                for _ in range(2):
                    done = asyncio.Event()
                    pump.call_later(done.set)
                    await done.wait()


async def answered(worker: Worker[None], pump: MessagePump) -> None:
    """Wait until a worker is done and `pump` has heard of it, a moment at most.

    What an action looks for beside the screen is what the keys right behind it are meant for.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await asyncio.shield(_ended(worker))  # the worker goes on where it takes longer
            await heard(pump)


async def _ended(worker: Worker[None]) -> None:
    with suppress(WorkerCancelled):  # also if it is cancelled when nobody waits any more
        await worker.wait()


def behind_escape(event: events.Key) -> events.Key | None:
    """Return the letter of Alt and a letter, which a terminal sends as Esc and the letter."""
    letter = event.character
    if letter is None or len(letter) != 1 or not event.key.startswith("alt+"):
        return None
    return events.Key(letter, letter) if letter.isprintable() else None
