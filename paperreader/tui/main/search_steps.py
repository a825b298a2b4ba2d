"""A search in steps: each is shown as soon as it is there, and none holds up the next key."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperreader.errors import CancelToken
from paperreader.library.results import Results
from paperreader.query.request import Request

if TYPE_CHECKING:
    from paperreader.library.library import Library

# Seconds after a key without another, after which papers close in meaning are looked for: they are
# on the screen within 0.15 s of the key.
_PAUSE = 0.08
_HESITATION = 0.3  # seconds without a key and without hits, after which a spelling is proposed


def search_steps(
    library: "Library", request: Request, cancel: CancelToken, patience: float
) -> Iterator[Results]:
    """Yield the hits, then with the papers close in meaning, then with a spelling proposed.

    The first step waits `patience` seconds, and while the person types the others wait for a
    pause: `cancel` ends what is overtaken by the next key. Raises `Cancelled` within a step.
    """
    started = time.monotonic()

    def is_overtaken(seconds: float) -> bool:
        return cancel.wait(max(0.0, started + seconds - time.monotonic()))

    if is_overtaken(patience):
        return
    results = library.search(request, cancel)
    yield results
    if request.typing and is_overtaken(_PAUSE):
        return
    with_close = library.with_close(results, cancel)
    if with_close is not results:
        results = with_close
        yield results
    if request.typing and not is_overtaken(_HESITATION):
        suggestion = library.suggestion(results, cancel)
        if suggestion is not None:
            yield results.suggesting(suggestion)
