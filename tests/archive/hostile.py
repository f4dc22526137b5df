"""A reader for the sandbox that does what hostile pages make parsers do."""

from __future__ import annotations

import ctypes
import os
import re
import time
from collections.abc import Callable
from importlib import import_module

from archive.errors import UnreadablePage
from archive.page import Page


def misbehave(page: Page) -> str:
    """Do what the page says."""
    text = page.data.decode()
    deed = DEEDS.get(text)
    return (deed and deed()) or f"{text} read"


def loop() -> None:
    while True:
        pass


def work() -> None:
    until = time.process_time() + 0.7
    while time.process_time() < until:
        pass


def grow() -> None:
    heap = []
    while True:
        heap.append(bytearray(1 << 20))


_HOARD: list[bytearray] = []


def hoard() -> str:
    """Keep what a page left behind, as a cache would."""
    _HOARD.append(bytearray(100 << 20))
    return "kept"


def recurse() -> None:
    recurse()


def refuse() -> None:
    raise UnreadablePage("nothing in it", "empty")


DEEDS: dict[str, Callable[[], str | None]] = {
    "loop": loop,
    # In C, where no Python signal handler would ever run.
    "backtrack": lambda: re.match(r"(a+)+$", "a" * 64 + "b") and None,
    "work": work,
    "nap": lambda: time.sleep(0.2),
    "sleep": lambda: time.sleep(60),
    "grow": grow,
    "hoard": hoard,
    "grow-at-once": lambda: "x" * (1 << 31),
    "tell-too-much": lambda: "x" * (700 << 20),
    "recurse": recurse,
    "crash": lambda: ctypes.string_at(0).hex(),
    "leave": lambda: os._exit(3),
    "be-killed": lambda: os.kill(os.getpid(), 9),
    "bug": lambda: str(1 / 0),
    "refuse": refuse,
    "import": lambda: import_module("onrecord_has_no_such_part").__name__,
}
