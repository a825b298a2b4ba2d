"""Work in several threads, given up at once when it is interrupted."""

import threading
from collections.abc import Callable, Sequence
from queue import Empty, Queue

from paperreader.errors import CancelToken

_GLANCE = 0.1


def side_by_side(jobs: Sequence[Callable[[], None]], cancel: CancelToken) -> None:
    """Do all `jobs` and return when they are done.

    What one of them raises is raised here, and cancels the others, as Ctrl-C does. Nobody waits
    for a job that a silent server holds up: its thread ends with the process.
    """
    ends: Queue[BaseException | None] = Queue()

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001  (raised below, in the thread that waits)
            ends.put(error)
        else:
            ends.put(None)

    for job in jobs:
        threading.Thread(target=run, args=(job,), daemon=True).start()
    try:
        for _ in jobs:
            if (error := _next(ends, cancel)) is not None:
                raise error
    except BaseException:
        cancel.cancel()
        raise


def _next(ends: "Queue[BaseException | None]", cancel: CancelToken) -> BaseException | None:
    while True:
        try:
            return ends.get(timeout=_GLANCE)
        except Empty:
            cancel.check()
