"""How far a long job is: a bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from onrecord.cli.text import counted, terminal_width

_BAR_SECONDS = 0.1
_LINE_SECONDS = 5.0
_WIDTH = 24
_TELLING = 10
"""Fewer done tell little of how long the rest takes: the first wait for processes to start."""


class Progress:
    """Reports to standard error while a ``with`` block runs.

    ``unit`` is a noun in the singular. ``total`` None: it is not known how many there will
    be. :meth:`update` takes how many are done and is cheap enough to be called for each.
    """

    def __init__(self, job: str, unit: str, total: int | None = None) -> None:
        self.job = job
        self.unit = unit
        self.total = total
        self._terminal = sys.stderr.isatty()
        self._started = self._shown = time.monotonic()
        self._done = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal:
            sys.stderr.write("\r\033[K")
        if kind is None and self._done:
            sys.stderr.write(self._line(time.monotonic(), finished=True) + "\n")
        sys.stderr.flush()

    def update(self, done: int, total: int | None = None) -> None:
        """So many are done; ``total`` where it has become known."""
        self._done, self.total = done, total or self.total
        now = time.monotonic()
        if now - self._shown < (_BAR_SECONDS if self._terminal else _LINE_SECONDS):
            return
        self._shown = now
        line = self._line(now)
        sys.stderr.write(
            f"\r\033[K{line[: terminal_width() - 1]}" if self._terminal else line + "\n"
        )
        sys.stderr.flush()

    def _line(self, now: float, *, finished: bool = False) -> str:
        seconds = max(now - self._started, 1e-3)
        rate = self._done / seconds
        if finished:
            done = counted(self._done, self.unit)
            return f"{self.job}: {done} in {_duration(seconds)} ({rate:,.0f}/s)"
        parts = [f"{self.job}: {self._done:,}"]
        if self.total:
            share = min(self._done / self.total, 1)
            if self._terminal:
                filled = round(share * _WIDTH)
                parts.insert(0, "█" * filled + "░" * (_WIDTH - filled))
            parts[-1] += f" of {counted(self.total, self.unit)}"
            parts.append(f"{rate:,.0f}/s")
            if self._done >= min(_TELLING, self.total):
                parts.append(f"{_duration((self.total - self._done) / rate)} left")
        else:
            parts[0] = f"{self.job}: {counted(self._done, self.unit)}"
            parts.append(f"{rate:,.0f}/s")
        return "  ".join(parts)


def _duration(seconds: float) -> str:
    """As people say it: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min"."""
    if seconds < 10:
        return f"{max(seconds, 0):.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
