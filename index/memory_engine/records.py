"""The records of one scope, and what a question's tree finds among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from archive.calendar import DateSpan
from archive.document import Document, Quotation
from index import fields, scoring
from index.analysis import words
from index.matching import Leaf, leaves, meets, occurrences, too_many_words
from index.query import (
    All,
    And,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Scope,
    Term,
)


@dataclass(frozen=True, eq=False)
class Record:
    """What the scope finds: a document, or a quotation (``number`` from 1) with its document."""

    document: Document
    quotation: Quotation | None
    number: int
    texts: dict[str, tuple[list[str], ...]]
    span: DateSpan | None


def records_of(documents: Iterable[Document], scope: Scope) -> list[Record]:
    """The records that documents have in a scope."""
    if scope == "documents":
        return [_record(document, None, 0) for document in documents]
    return [
        _record(document, quotation, number)
        for document in documents
        for number, quotation in enumerate(document.quotations, 1)
    ]


def _record(document: Document, quotation: Quotation | None, number: int) -> Record:
    texts = fields.texts(document, quotation)
    return Record(
        document,
        quotation,
        number,
        {part: tuple(words(text) for text in held) for part, held in texts.items()},
        fields.date_span(document),
    )


class Records:
    """All live records of a scope: matched, counted and scored one by one."""

    def __init__(self, records: Sequence[Record], scope: Scope) -> None:
        self.all = records
        self.scope = scope
        # Remembered for one question: each is asked for many times over.
        self._tf = cache(self._weighted_count)
        self._average = cache(self._mean_length)
        self._idf = cache(self._idf_of)

    def check(self, tree: Node, most: int) -> None:
        """Raises QueryLimit when a prefix (or ``word~``) meets more than ``most`` words."""
        for leaf in leaves(tree):
            if not isinstance(leaf, Prefix | Fuzzy):
                continue
            if sum(meets(leaf, word) for word in self.words(leaf.field)) > most:
                raise too_many_words(leaf, most)

    def matches(self, node: Node, record: Record) -> bool:
        """Whether the record is one of those that the tree means."""
        match node:
            case All():
                return True
            case And(children):
                return all(self.matches(child, record) for child in children)
            case Or(children):
                return any(self.matches(child, record) for child in children)
            case Not(child):
                return not self.matches(child, record)
            case Range(low, high):
                return record.span is not None and record.span.overlaps(low, high)
            case Term(text=code, field="country"):
                return code in {country.code for country in fields.countries(record.document)}
            case _:
                return self._tf(node, record) > 0

    def score(self, node: Node, record: Record) -> float:
        """What the record is worth; see :mod:`index.scoring`."""
        match node:
            case And(children) | Or(children):
                return sum(self.score(child, record) for child in children)
            case All() | Range() | Not():
                return 0.0
            case _ if node.field not in scoring.SCORED or not self._tf(node, record):
                return 0.0
            case _:
                return scoring.bm25(
                    self._tf(node, record),
                    self._length(node.field, record),
                    self._average(node.field),
                    self._idf(node),
                )

    def words(self, field: Field) -> Counter[str]:
        """Every word of a field, with the number of records that hold it."""
        return Counter(
            word
            for record in self.all
            for word in {word for _, text in self._texts(field, record) for word in text}
        )

    def _texts(self, field: Field, record: Record) -> Iterator[tuple[int, list[str]]]:
        """The texts of a field, each with its weight."""
        for part in fields.parts(field, self.scope):
            for text in record.texts.get(part, ()):
                yield scoring.WEIGHTS.get(part, 1), text

    def _weighted_count(self, leaf: Leaf, record: Record) -> int:
        return sum(
            weight * sum(1 for _ in occurrences(leaf, text))
            for weight, text in self._texts(leaf.field, record)
        )

    def _length(self, field: Field, record: Record) -> int:
        return sum(weight * len(text) for weight, text in self._texts(field, record))

    def _mean_length(self, field: Field) -> float:
        return sum(self._length(field, record) for record in self.all) / len(self.all)

    def _idf_of(self, leaf: Leaf) -> float:
        if isinstance(leaf, Phrase) and len(leaf.words) > 1:
            return sum(self._idf(Phrase((word,), 0, leaf.field)) for word in leaf.words)
        holding = sum(1 for record in self.all if self._tf(leaf, record))
        return scoring.idf(holding, len(self.all))
