"""Documents and questions made by chance, of so few words that they meet often.

Made from a seeded random source: a failure is repeated by its seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from archive.document import Document, Quotation
from index.query import FACETS, Query
from index.request import build_query
from tests.index.documents import make_document, quote

STEMS = ("free", "freed", "freedom", "frees", "court", "courts", "count", "nets", "network")
SHORT = ("the", "of", "vpn", "80", "17", "co", "op", "x", "U.S")
ACCENTS = ("café", "cafe", "Élan", "state’s", "Straße", "字")
WORDS = STEMS + SHORT + ACCENTS
GAPS = (" ", " ", " ", ", ", "-", ". ", "’", "\n\n")
NAMES = ("Anna Orlova", "anna orlova", "Tomás Núñez", "Anna Núñez-Orlova", "Court Reporter", "?!")
KINDS = ("person", "person", "spokesperson", "organisation")
DAYS = ("2016-02-29", "2016-12-31", "2017-01-01", "2017-07-31", "0987-06-05")
DATES = (None, "2016", "2016-02", "2017", *DAYS)
CODES = ("RU", "BY", "TR", "CI")
TOPICS = ("Free speech", "free speech", "Detention", "Court", "unknown words")
CATEGORIES = (None, "News", "news", "Urgent action")
REFERENCES = ("UA 80/17", "EUR 46/6865/2017", "co-op")

LEAVES = (
    *("fre*", "cou*", "net*", "caf*", "zzz*", "fred~", "cout~", "o~", "x~", "frdom", "netwrk"),
    *("title:cou*", "body:fred~", 'title:"same title"', 'body:"court freed"~2', "ua"),
    *("speaker:orlova", "speaker:nun*", 'speaker:"anna nunez"', "speaker:court", "speaker:orlva"),
    *("country:ru", "country:Belarus", "country:FR", "date:2016", "date:2016-02..2016-12"),
    *("date:..2016-02-28", "date:2017-01-02..", "80/17", "state's", "broken)", "OR"),
)
CHOICES = {
    "country": (*CODES, "FR", "unknown"),
    "speaker": (*NAMES, "orlova", "NUNEZ", "Nobody", "unknown"),
    "topic": (*TOPICS, "speech", "Nothing", "unknown"),
    "category": ("News", "NEWS", "urgent", "Nothing", "unknown"),
}
BOUNDS = ("2016", "2016-02", "2016-02-29", "2016-03-01", "2017", "2017-07-31", "2018-01")

T = TypeVar("T")


def make_archive(random: Random, size: int) -> list[Document]:
    """So many documents, in no order of their ids."""
    ids = [f"d{number:02}" for number in range(size)]
    random.shuffle(ids)
    return [_document(random, id_) for id_ in ids]


def _document(random: Random, id_: str) -> Document:
    same_title = random.random() < 0.2
    return make_document(
        id_,
        "Same title" if same_title else _text(random, 1, 4),
        _text(random, 0, 30),
        published=random.choice(DATES),
        countries=_some(random, CODES),
        listed=_some(random, CODES),
        mentioned=_some(random, CODES),
        speakers=_some(random, NAMES),
        organisations=_some(random, NAMES),
        topics=_some(random, TOPICS),
        category=random.choice(CATEGORIES),
        references=_some(random, REFERENCES),
        quotations=[_quotation(random) for _ in range(random.randrange(4))],
    )


def _quotation(random: Random) -> Quotation:
    return quote(_text(random, 1, 8), random.choice((None, *NAMES)), random.choice(KINDS))


def make_query(random: Random) -> Query:
    """Any question that can be asked of such documents."""
    low, high = sorted(random.choices(BOUNDS, k=2)) if random.random() < 0.3 else (None, None)
    filters: dict[str, Any] = {
        prefix + name: _some(random, CHOICES[name])
        for name in FACETS
        for prefix in ("", "not_")
        if random.random() < 0.1
    }
    return build_query(
        _question(random, 2) if random.random() < 0.9 else "",
        scope=random.choice(["documents", "documents", "quotations"]),
        date_from=random.choice((None, low)),
        date_to=random.choice((None, high)),
        sort=random.choice([None, None, "relevance", "newest", "oldest"]),
        page=random.choice((1, 1, 2)),
        per_page=random.choice((2, 20)),
        **filters,
    )


def _question(random: Random, depth: int) -> str:
    if not depth or random.random() < 0.5:
        return _leaf(random)
    children = [_question(random, depth - 1) for _ in range(random.randint(1, 3))]
    joined = random.choice((" ", " ", " OR ")).join(children)
    return random.choice(("{}", "({})", "({})", "-({})")).format(joined)


def _leaf(random: Random) -> str:
    words = random.choices(WORDS, k=random.randint(1, 3))
    return random.choice(
        (
            words[0],
            words[0],
            f'"{" ".join(words)}"',
            f'"{" ".join(words)}"~{random.randint(1, 5)}',
            f"{random.choice(('title', 'body'))}:{words[0]}",
            random.choice(LEAVES),
        )
    )


def _text(random: Random, least: int, most: int) -> str:
    words = random.choices(WORDS, k=random.randint(least, most))
    return "".join(word + random.choice(GAPS) for word in words).strip()


def _some(random: Random, values: Sequence[T]) -> list[T]:
    return random.sample(values, k=random.randint(0, 2))
