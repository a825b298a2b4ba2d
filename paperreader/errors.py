"""Errors shown to the user, and cancellation."""

import threading


class PaperreaderError(Exception):
    """Something that the person can act on: one sentence saying what, why, and what to do."""


class BusyError(PaperreaderError):
    """Another program held the library for too long: nothing was changed; try again."""


class Cancelled(Exception):
    """The work was stopped because nobody wants its outcome any more."""


class CancelToken:
    """A request to stop, shared by the work and whoever may ask it to stop; thread-safe.

    Work that can return early looks at `is_cancelled`; work that has nothing to return calls
    `check` every few milliseconds.
    """

    def __init__(self, event: threading.Event | None = None) -> None:
        """Cancel when `event` is set, such as the `cancelled_event` of a worker."""
        self._event = event or threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    def is_cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds` or until cancelled; return whether it was."""
        return self._event.wait(seconds)

    def check(self) -> None:
        """Raise `Cancelled` if the work was asked to stop."""
        if self._event.is_set():
            raise Cancelled


# For work that nobody cancels: no one holds this token to set it.
NEVER = CancelToken()
