"""Changes of the library, done one after the other, without the person waiting for them."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from textual.dom import DOMNode

from paperreader.errors import BusyError, PaperreaderError
from paperreader.tui.messages import Failed, Said

Change = Callable[[], None]


class InTurn:
    """Does changes for a part of the screen: at once, else in one thread, in their order.

    They are done beside what the person does where they take long, and while another program
    holds the library; so are all that come meanwhile, since undo takes back what was done last.
    """

    def __init__(self, owner: DOMNode) -> None:
        self._owner = owner
        self._lock = Lock()
        self._waiting: deque[Change] = deque()
        self._working = False

    def do(self, change: Change, *, long: bool = False) -> None:
        """Do a change; errors of the library are posted, and BusyError is a reason to wait."""
        if not (long or self._working):
            with suppress(BusyError):
                self._try(change)
                return
        with self._lock:
            self._waiting.append(change)
            idle, self._working = not self._working, True
        self._owner.post_message(Said("a moment …"))
        if idle:
            self._owner.run_worker(self._work, group="changes", thread=True)

    def _work(self) -> None:
        while (change := self._next()) is not None:
            try:
                self._try(change)
            except BusyError as error:
                self._owner.post_message(Failed(error))

    def _next(self) -> Change | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._working = False
            return None

    def _try(self, change: Change) -> None:
        try:
            change()
        except BusyError:
            raise
        except PaperreaderError as error:
            self._owner.post_message(Failed(error))
