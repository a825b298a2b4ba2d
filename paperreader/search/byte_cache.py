"""A cache of what was used last, bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteLimitedCache(Generic[K, V]):
    """Values by key, of at most `limit` bytes together: the least recently used go first.

    Any thread may use it.
    """

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        """Keep at most `limit` bytes; `size` returns those of a value."""
        self._limit = limit
        self._size = size
        self._used = 0
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """Return the value of `key`, or None."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of `key`; where there is none, what `make` returns, and keep that."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def put(self, key: K, value: V) -> None:
        """Keep `value`, unless it alone takes more than a quarter of the bound."""
        size = self._size(value)
        if size > self._limit // 4:
            return
        with self._lock:
            if key in self._kept:
                self._used -= self._size(self._kept.pop(key))
            self._kept[key] = value
            self._used += size
            while self._used > self._limit:
                self._used -= self._size(self._kept.popitem(last=False)[1])
