"""How long something takes, whatever else the process has in memory."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Asked = TypeVar("Asked")


def cpu_seconds(read: Callable[[Asked], object], asked: Asked) -> float:
    """CPU time of one call. A garbage collection in it would look through all other tests."""
    gc.disable()
    try:
        begun = time.process_time()
        read(asked)
        return time.process_time() - begun
    finally:
        gc.enable()
