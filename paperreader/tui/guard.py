"""The error boundary of the screen: what the library cannot do is said, and reading goes on."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from textual.message_pump import MessagePump

from paperreader.errors import PaperreaderError
from paperreader.tui.messages import Failed, StillFailing

Method = TypeVar("Method", bound=Callable[..., Any])


def guarded(method: Method) -> Method:
    """Let a worker, a timer, a handler or an action post `Failed` where the library fails.

    Textual ends the program at an exception in any of these. Whatever calls the library is either
    decorated with this, or called by something that is.
    """
    return _posting(Failed, method)


def guarded_in_background(method: Method) -> Method:
    """Do what `guarded` does for what nobody asked for, and what is tried again by itself."""
    return _posting(StillFailing, method)


def _posting(message: type[Failed | StillFailing], method: Method) -> Method:
    @wraps(method)
    async def later(self: MessagePump, *args: Any, **kwargs: Any) -> None:
        try:
            await method(self, *args, **kwargs)
        except PaperreaderError as error:
            self.post_message(message(error))

    @wraps(method)
    def now(self: MessagePump, *args: Any, **kwargs: Any) -> None:
        try:
            method(self, *args, **kwargs)
        except PaperreaderError as error:
            self.post_message(message(error))

    return cast("Method", later if inspect.iscoroutinefunction(method) else now)
