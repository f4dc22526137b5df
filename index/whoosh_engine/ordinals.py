"""Global ordinals: the values of a facet over all leaves of a generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property

import numpy as np

from index.fields import facet_label, facet_labels
from index.query import FacetName
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.columns import UNKNOWN_ORDINAL
from index.whoosh_engine.terms import TermDictionary, decode, decode_all

_FEW = 1_000
"""So many values are read at once as quickly as the twenty that are shown one by one."""


class GlobalOrdinals:
    """The live values of a facet, and how each leaf's ordinals map to them.

    Ordinals follow the order of the labels, from 1 on; 0 is "unknown" here too. ``counts`` says
    how many live records hold each. Built from each leaf's dictionary, and how many live records
    of that leaf hold each of its ordinals. ``reading``: within it a name is read, which happens
    when an answer is looked at.
    """

    def __init__(
        self,
        facet: FacetName,
        dictionaries: Sequence[TermDictionary],
        counts: Sequence[Array],
        reading: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._reading = reading
        self._maps: list[Array] | None = None
        self._size = sum(map(len, dictionaries))
        self._facet = facet
        self._named: dict[int, tuple[str, str]] = {}
        self._term: Callable[[int], bytes]
        # One leaf's dictionary is in the order of its values: nothing need be read of it.
        if len(counts) == 1 and facet != "country" and counts[0][1:].all():
            (only,), (self.counts,) = dictionaries, counts
            self._term = only.terms().__getitem__ if len(only) < _FEW else only.term
            return
        held = [np.flatnonzero(local[1:]) + 1 for local in counts]
        every = [words.terms() for words in dictionaries]
        live = {
            words[at - 1] for words, ords in zip(every, held, strict=True) for at in ords.tolist()
        }
        values = decode_all(live)
        labelled = sorted(zip(facet_labels(facet, values), live, values, strict=True))
        terms = [term for _, term, _ in labelled]
        self._term, self._size = terms.__getitem__, len(terms)
        if len(terms) < _FEW:
            self._named = {at: (value, label) for at, (label, _, value) in enumerate(labelled, 1)}
        ordinal = {term: at for at, term in enumerate(terms, 1)}
        self._maps = []
        for words, ords, local in zip(every, held, counts, strict=True):
            mapping = np.zeros(len(local), np.int64)
            mapping[ords] = [ordinal[words[at - 1]] for at in ords.tolist()]
            self._maps.append(mapping)
        self.counts = self.count(counts)

    def __len__(self) -> int:
        return self._size + 1

    def named(self, ordinals: Iterable[int]) -> list[tuple[str, str]]:
        """The values with some ordinals from 1 on, and their labels."""
        known = self._named
        return [known.get(ordinal) or self._name(ordinal) for ordinal in ordinals]

    def _name(self, ordinal: int) -> tuple[str, str]:
        with self._reading():
            value = decode(self._term(ordinal - 1))
        named = self._named[ordinal] = value, facet_label(self._facet, value)
        return named

    def label(self, value: str | None) -> str:
        """What people read for a value."""
        return facet_label(self._facet, value)

    @cached_property
    def ordinal(self) -> dict[str, int]:
        """The ordinal of each value, in their order."""
        return {value: at for at, (value, _) in enumerate(self.named(range(1, len(self))), 1)}

    def locals(self, leaf: int, ordinals: frozenset[int]) -> list[int]:
        """The ordinals of a leaf that map to some global ones."""
        if self._maps is None:
            return sorted(ordinals)
        mapping = self._maps[leaf]
        found: list[int] = [UNKNOWN_ORDINAL] if UNKNOWN_ORDINAL in ordinals else []
        for ordinal in sorted(ordinals - {UNKNOWN_ORDINAL}):
            found += (mapping == ordinal).nonzero()[0].tolist()
        return found

    def count(self, each: Sequence[Array]) -> Array:
        """Each leaf's counts of live records by ordinal, as counts by global ordinal."""
        if self._maps is None:
            return each[0]
        total = np.zeros(len(self), np.int64)
        for mapping, local in zip(self._maps, each, strict=True):
            # Values without live records map to "unknown", and add none to it.
            total[mapping[1:]] += local[1:]
            total[UNKNOWN_ORDINAL] += local[UNKNOWN_ORDINAL]
        return total
