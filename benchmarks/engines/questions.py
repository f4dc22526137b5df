"""Questions of twelve kinds, chosen so that all engines should find the same documents.

Words are such that Porter's stemmer (SQLite) and Snowball's English one (the others) agree
on them and on all words with the same stem.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypedDict

from whoosh.lang.porter import stem as porter

from benchmarks.engines.corpus import Record
from index.analysis import stem
from index.matching import within_one_edit

KINDS = (
    "rare",
    "common",
    "and2",
    "or2",
    "or4",
    "not",
    "phrase",
    "prefix",
    "fuzzy",
    "date",
    "country",
    "all",
)
_WORD = re.compile(r"[a-z]{4,}")


class Question(TypedDict, total=False):
    """A question; which keys it has depends on its kind."""

    kind: str
    words: list[str]
    unwanted: str
    low: str
    high: str
    country: str


def choose(records: Iterable[Record], each: int) -> list[Question]:
    """``each`` questions of every kind."""
    rng = random.Random(1)
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    countries: Counter[str] = Counter()
    dates: list[str] = []
    for record in records:
        found = _WORD.findall(f"{record['title']} {record['body']}".lower())
        words.update(set(found))
        pairs.update(set(itertools.pairwise(found)))
        countries.update(record["countries"])
        dates.append(record["date"])
    total = len(dates)
    families = defaultdict(set)
    porters = defaultdict(set)
    for word in words:
        families[stem(word)].add(word)
        porters[porter(word)].add(word)
    fit = {
        word: max(words[member] for member in families[stem(word)])
        for word in sorted(words)
        if families[stem(word)] == porters[porter(word)]
    }

    def between(low: float, high: float) -> list[str]:
        found = [word for word, count in fit.items() if low * total <= count < high * total]
        return rng.choices(found or list(fit), k=each)

    alone = {word for word in fit if len(families[stem(word)]) == 1}
    phrases = [
        pair
        for pair, count in pairs.most_common(20_000)
        if count < 0.05 * total and pair[0] != pair[1] and alone.issuperset(pair)
    ] or [pair for pair, _ in pairs.most_common(100)]
    prefixes = Counter(word[:4] for word in words)
    broad = [prefix for prefix, count in sorted(prefixes.items()) if 30 <= count <= 120]
    rare, middle, frequent, common = (
        between(*bounds) for bounds in ((0.0005, 0.002), (0.03, 0.08), (0.08, 0.2), (0.2, 0.5))
    )
    near = _near_words(fit, families, (0.03 * total, 0.08 * total), each, rng) or middle
    dates.sort()
    questions: list[Question] = []
    for at in range(each):
        low = dates[total * (at % 5) // 10]
        high = dates[total * (at % 5 + 3) // 10]
        questions += [
            Question(kind="rare", words=[rare[at]]),
            Question(kind="common", words=[common[at]]),
            Question(kind="and2", words=[common[at], middle[at]]),
            Question(kind="or2", words=[frequent[at], middle[at]]),
            Question(kind="or4", words=[common[at], frequent[at], middle[at], rare[at]]),
            Question(kind="not", words=[frequent[at]], unwanted=common[at]),
            Question(kind="phrase", words=list(phrases[at * 7 % len(phrases)])),
            Question(kind="prefix", words=[rng.choice(broad or sorted(prefixes))]),
            Question(kind="fuzzy", words=[near[at % len(near)]]),
            Question(kind="date", words=[frequent[at]], low=low, high=high),
            Question(
                kind="country",
                words=[frequent[at]],
                country=countries.most_common(12)[at % min(12, len(countries))][0],
            ),
            Question(kind="all", words=[]),
        ]
    return questions


def _near_words(
    fit: Mapping[str, int],
    families: Mapping[str, set[str]],
    bounds: tuple[float, float],
    each: int,
    rng: random.Random,
) -> list[str]:
    """Words with others nearby for which one edit means the same to all: to us of the word, behind
    its first letter; to Tantivy of the stem, where swapping two letters is one edit too.
    """
    candidates = [word for word, count in fit.items() if bounds[0] <= count < bounds[1]]
    rng.shuffle(candidates)

    def is_plain(word: str) -> bool:
        kin = [stemmed for stemmed in families if _within_one_edit_or_swap(stemmed, stem(word))]
        theirs = set().union(*(families[stemmed] for stemmed in kin))
        ours = {
            near
            for family in families.values()
            for near in family
            if near[0] == word[0] and within_one_edit(near, word)
        }
        return ours == theirs and len(ours) > 1

    return list(itertools.islice(filter(is_plain, candidates), each))


def _within_one_edit_or_swap(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if within_one_edit(one, other):
        return True
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return (
        len(one) == len(other)
        and len(apart) == 2
        and apart[0] + 1 == apart[1]
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )
