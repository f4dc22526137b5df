"""The values of a facet that are made when they are looked at."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from index.results import FacetValue


class CountedValues(Sequence[FacetValue]):
    """The ``counted`` values of a facet in their order, then ``others``.

    Others are those that are selected without having been counted, and "unknown". There may be
    thousands of values, of which a page shows a few: an engine says in :meth:`counted` how one is
    made of its counts.
    """

    def __init__(self, length: int, others: Sequence[FacetValue]) -> None:
        self._length = length
        self._others = others

    @abstractmethod
    def counted(self, places: Sequence[int]) -> Iterable[FacetValue]:
        """The values at some places below ``length``."""

    def __len__(self) -> int:
        return self._length + len(self._others)

    @overload
    def __getitem__(self, at: int) -> FacetValue: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, at: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        wanted = range(len(self))[at]
        if isinstance(wanted, int):
            return self._made(wanted)
        if wanted and max(wanted[0], wanted[-1]) < self._length:
            return tuple(self.counted(wanted))
        return tuple(map(self._made, wanted))

    def __iter__(self) -> Iterator[FacetValue]:
        return map(self._made, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as a list's

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _made(self, at: int) -> FacetValue:
        if at < self._length:
            return next(iter(self.counted((at,))))
        return self._others[at - self._length]
