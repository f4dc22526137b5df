"""``limits.toml``: what the maintainer of an archive lets pages and questions cost.

A table for each kind of limit, and under it the names of SECURITY.md::

    [page]
    page_bytes = 20_000_000

    [question]
    clauses = 10
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from archive.bounds import bounds_of
from archive.limits import LIMITS as PAGE
from archive.limits import WORKER_LIMITS, WorkerLimits
from archive.limits import Limits as PageLimits
from index.query import LIMITS as QUESTION
from index.query import Limits as QuestionLimits
from onrecord.errors import CommandError, ExitCode


@dataclass(frozen=True, slots=True)
class AllLimits:
    """The limits in force, each group under the name of its table."""

    page: PageLimits = PAGE
    worker: WorkerLimits = WORKER_LIMITS
    question: QuestionLimits = QUESTION


@dataclass(frozen=True, slots=True)
class Setting:
    """One limit, as people are shown it."""

    table: str
    limit: str
    value: int | float
    default: int | float
    least: int
    most: int
    meaning: str


_TABLES: dict[str, type[PageLimits | WorkerLimits | QuestionLimits]] = {
    "page": PageLimits,
    "worker": WorkerLimits,
    "question": QuestionLimits,
}


def read_limits(path: Path) -> AllLimits:
    """What the file says; the default for what it does not mention.

    Raises CommandError, with the file's path, for whatever in it is no limit.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, f"cannot be read as TOML ({error})") from error
    found: dict[str, Any] = {}
    for table, values in given.items():
        if table not in _TABLES:
            raise _wrong(path, _no_table(table))
        if not isinstance(values, dict):
            raise _wrong(path, f"“{table}” is a table: write [{table}], and its limits below")
        for name, value in values.items():
            if problem := _problem(table, name, value):
                raise _wrong(path, problem)
        found[table] = _TABLES[table](**values)
    return AllLimits(**found)


def settings(limits: AllLimits) -> Iterator[Setting]:
    """All limits in force, table by table."""
    for table, kind in _TABLES.items():
        held, default = asdict(getattr(limits, table)), asdict(kind())
        for name, bound in bounds_of(kind).items():
            at = held[name], default[name], bound.least, bound.most
            yield Setting(table, name, *at, bound.meaning)


def _wrong(path: Path, problem: str) -> CommandError:
    advice = "mend it, or take it away; `onrecord limits` lists the limits with their defaults"
    return CommandError(f"{path}: {problem}; {advice}", ExitCode.USAGE)


def _no_table(name: str) -> str:
    homes = [table for table, kind in _TABLES.items() if name in bounds_of(kind)]
    if homes:
        return f"{name} stands under no table: write [{homes[0]}] above it"
    return f"there is no table [{name}] of limits{_near(name, _TABLES)}"


def _problem(table: str, name: str, value: object) -> str | None:
    """What is wrong with one line, None when nothing is."""
    bounds = bounds_of(_TABLES[table])
    if name not in bounds:
        homes = [other for other, kind in _TABLES.items() if name in bounds_of(kind)]
        where = f": it belongs under [{homes[0]}]" if homes else _near(name, bounds)
        return f"[{table}] has no limit {name}{where}"
    fractional = isinstance(getattr(_TABLES[table](), name), float)
    allowed = (int, float) if fractional else int
    if isinstance(value, bool) or not isinstance(value, allowed):
        return f"{name} is not a {'' if fractional else 'whole '}number: write it as 20_000"
    bound = bounds[name]
    if not bound.least <= value <= bound.most:
        return f"{name} is {value:,}: it may be from {bound.least:,} to {bound.most:,}"
    return None


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f": perhaps {near[0]} is meant" if near else f": there are {', '.join(known)}"
