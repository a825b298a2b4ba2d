"""A library of which every call can be made to fail, as it does on a full disk."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.papers.record import Record

SENTENCE = "Nothing was saved: the disk is full"


class FailingLibrary:
    """Passes every call on to a library until it is `broken`; then each raises."""

    def __init__(self, library: Library) -> None:
        self.__dict__["_library"] = library
        self.__dict__["broken"] = False
        self.__dict__["failures"] = set()

    def __getattr__(self, name: str) -> Any:
        if name == "revision":
            self._check(name)
        value = getattr(self._library, name)
        return self._failing(name, value) if callable(value) and name != "listen" else value

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__dict__:
            self.__dict__[name] = value
        else:
            setattr(self._library, name, value)

    def _check(self, name: str) -> None:
        if self.broken:
            self.failures.add(name)
            raise PaperreaderError(SENTENCE)

    def _failing(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def failing(*args: Any, **kwargs: Any) -> Any:
            self._check(name)
            found = call(*args, **kwargs)
            if hasattr(found, "_read"):
                found._read = self._reading(found._read)
            return found

        return failing

    def _reading(
        self, read: Callable[[Sequence[int]], Sequence[Record]]
    ) -> Callable[[Sequence[int]], Sequence[Record]]:
        def reading(rows: Sequence[int]) -> Sequence[Record]:
            self._check("records")
            return read(rows)

        return reading


def failing(library: Library) -> tuple[Library, FailingLibrary]:
    """Return a library for the reader, and the switch that breaks it."""
    broken = FailingLibrary(library)
    return cast("Library", broken), broken
