"""What stays in memory between questions: bounded in bytes, the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


_ASKED = 1_000
"""Keys of which is remembered that they were asked for; then all are forgotten."""


class Cache(Generic[K, T]):
    """Values by key, with their size in bytes. Safe to use from several threads."""

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._limit = limit
        self._size = size
        self._held: OrderedDict[K, T] = OrderedDict()
        self._asked: set[K] = set()
        self._bytes = 0
        self._wanted: Callable[[K], bool] = lambda _: True
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], T]) -> T:
        """The value of a key, made when it is not held. Two threads may make it at once."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._lock:
            if key not in self._held and self._wanted(key):
                self._held[key] = value
                self._bytes += self._size(value)
                while self._bytes > self._limit and len(self._held) > 1:
                    _, dropped = self._held.popitem(last=False)
                    self._bytes -= self._size(dropped)
        return value

    def peek(self, key: K) -> T | None:
        """The value of a key, if it is held."""
        return self._held.get(key)

    def asked_before(self, key: K) -> bool:
        """Whether this was asked of a key lately."""
        before = key in self._asked
        if not before:
            if len(self._asked) >= _ASKED:
                self._asked.clear()
            self._asked.add(key)
        return before

    def keep(self, wanted: Callable[[K], bool]) -> None:
        """Let go of what has any other key, and hold none from now on: who began before, and is
        still at work, asks for such keys.
        """
        with self._lock:
            self._wanted = wanted
            for key in [key for key in self._held if not wanted(key)]:
                self._bytes -= self._size(self._held.pop(key))
