"""Documents to search: invented ones, the same on every machine, or real press releases.

Document ``i`` of the invented corpus is the same however many are made. Words have the
frequencies of language (Zipf) and come in families ("belcor", "belcors", "belcoring"), since
stemming is part of the work; there are topics, and fixed pairs of words to look for as phrases.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import numpy as np

from archive.country_codes import all_countries
from archive.document import Country, Document, Quotation, Source, Speaker

BLOCK = 1000
WORDS = 60_000
SENATE = Path(__file__).parents[3] / "shared/data/senate/press_releases.jsonl.gz"

_SYLLABLES = re.findall(
    "[a-z]+",
    "an bel cor dan el far gan hol is jor kal lun mar nor os pal qui ros sun tar ul ven wal xan "
    "yor zam ber chi dra fin gre hun irt jem kro lim mon nud opt pir rak sil tom urk vod wex zet",
)
_ENDINGS = ("", "s", "ing", "ed")


class Record(TypedDict):
    """What every engine is given of a document."""

    id: int
    title: str
    body: str
    date: str
    countries: list[str]
    speakers: list[str]
    topics: list[str]
    category: str


class Invented:
    """The deterministic generator."""

    def __init__(self) -> None:
        rng = np.random.default_rng(42)
        families: dict[str, None] = {}
        while len(families) < WORDS:
            families["".join(rng.choice(_SYLLABLES, rng.integers(1, 5)))] = None
        # Every second word is alone in its family, so that phrases can be asked of all engines.
        words = [
            base + ending
            for at, base in enumerate(families)
            for ending in (_ENDINGS if at % 5 == 0 else _ENDINGS[:1])
        ][:WORDS]
        # The most frequent words are short, as in every language.
        lengths = np.array([len(word) for word in words]) + rng.normal(0, 1.5, len(words))
        self.words = [words[at] for at in np.argsort(lengths)]
        self._common = _cumulated(1 / (np.arange(WORDS) + 4.0))
        self._topic_words = [rng.choice(np.arange(150, 12_000), 300, False) for _ in range(200)]
        self._in_topic = _cumulated(1 / (np.arange(300) + 3.0))
        self.pairs = rng.integers(150, 8000, (5000, 2))
        self._pair = _cumulated(1 / (np.arange(5000) + 10.0))
        self.countries = [code for code, _ in all_countries()]
        rng.shuffle(self.countries)
        self.speakers = [self._name(rng) for _ in range(3000)]
        self._country = _cumulated(1 / (np.arange(len(self.countries)) + 4.0))
        self._speaker = _cumulated(1 / (np.arange(3000) + 8.0) ** 0.9)

    def records(self, count: int) -> Iterator[Record]:
        """The first documents."""
        blocks = (self._block(number) for number in range(-(-count // BLOCK)))
        return itertools.islice(itertools.chain.from_iterable(blocks), count)

    def _block(self, number: int) -> Iterator[Record]:
        rng = np.random.default_rng([7, number])
        for at in range(BLOCK):
            yield self._record(rng, number * BLOCK + at)

    def _record(self, rng: np.random.Generator, number: int) -> Record:
        length = int(min(max(rng.lognormal(np.log(450), 0.6), 30), 6000))
        ids = _draw(rng, self._common, length)
        topic = int(rng.integers(200))
        special = np.flatnonzero(rng.random(length) < 0.22)
        ids[special] = self._topic_words[topic][_draw(rng, self._in_topic, len(special))]
        at = rng.integers(0, length - 1, max(1, length // 40))
        pairs = self.pairs[_draw(rng, self._pair, len(at))]
        ids[at], ids[at + 1] = pairs[:, 0], pairs[:, 1]
        title = ids[rng.integers(0, length, int(rng.integers(6, 14)))]
        countries = _draw(rng, self._country, int(rng.integers(1, 4)))
        speakers = _draw(rng, self._speaker, int(rng.integers(1, 3)))
        day = dt.date(1990, 1, 1) + dt.timedelta(days=int(13_300 * rng.random() ** 0.8))
        return Record(
            id=number,
            title=" ".join(self.words[i] for i in title).capitalize(),
            body=_paragraphs([self.words[i] for i in ids.tolist()], rng),
            date=day.isoformat(),
            countries=list(dict.fromkeys(self.countries[i] for i in countries)),
            speakers=list(dict.fromkeys(self.speakers[i] for i in speakers)),
            topics=[f"Topic {topic}"],
            category=("News", "Report", "Appeal", "Blog")[int(rng.integers(4))],
        )

    def _name(self, rng: np.random.Generator) -> str:
        first, last = (rng.choice(_SYLLABLES, rng.integers(2, 4)) for _ in range(2))
        return f"{''.join(first).capitalize()} {''.join(last).capitalize()}"


def real(count: int) -> Iterator[Record]:
    """Press releases of the development data, those without a date left out.

    Raises FileNotFoundError where it is missing.
    """
    with gzip.open(SENATE, "rt", encoding="utf-8") as lines:
        dated = (found for found in map(json.loads, lines) if found["date"])
        for number, found in enumerate(itertools.islice(dated, count)):
            title, _, _ = found["text"].partition("\n")
            yield Record(
                id=number,
                title=title[:100],
                body=found["text"],
                date=found["date"],
                countries=["US"],
                speakers=[found["senator"]],
                topics=[found["date"][:7]],
                category="News",
            )


def to_document(record: Record, quotations: int = 0) -> Document:
    """The record as a document, with some pieces of its body as quotations."""
    body = record["body"]
    speaker = record["speakers"][0]
    starts = [len(body) * at // (quotations + 1) for at in range(quotations)]
    return Document(
        id=f"{record['id']:016x}",
        kind="article",
        url=f"https://watch.example/{record['id']}",
        listed_on=(),
        site="watch.example",
        title=record["title"],
        title_derived=False,
        body=body,
        published=record["date"],
        updated=None,
        language="en",
        byline=None,
        category=record["category"],
        topics=tuple(record["topics"]),
        references=(),
        attachments=(),
        countries=tuple(Country(code, code, "primary", "title") for code in record["countries"]),
        speakers=tuple(Speaker(name, "person") for name in record["speakers"]),
        quotations=tuple(
            Quotation(speaker, "person", None, None, (body[at : at + 150],), at, at + 150)
            for at in starts
        ),
        source=Source(None, None, None, None, "1"),
    )


def read(path: Path) -> Iterator[Record]:
    """The records of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _paragraphs(words: list[str], rng: np.random.Generator) -> str:
    sentences = []
    at = 0
    while at < len(words):
        end = at + int(rng.integers(8, 30))
        sentences.append(" ".join(words[at:end]).capitalize() + ".")
        at = end
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def _cumulated(
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.cumsum(weights / weights.sum())


def _draw(
    rng: np.random.Generator, cumulated: np.ndarray[tuple[int], np.dtype[np.float64]], count: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.minimum(cumulated.searchsorted(rng.random(count)), len(cumulated) - 1)
