"""Which language a text is written in, told by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

# Words that are frequent in one language and rare or absent in the others.
_SMALL_WORDS = {
    "en": "the and of to that was for with by this from have has are is were which their not be",
    "fr": "le les des et est une dans pour que qui par sur au aux pas ont été avec du ce sont ces",
    "es": "el los las y en por con para una del se al más su fue han como es lo pero sus esta",
    "pt": "o os as e em por com para uma não do da dos das no na ao mais foi são como seu pelo",
    "de": "der die das und ist nicht mit von den dem ein eine auf für sich des werden auch wurde",
    "it": "il gli e di che per una con non del della dei delle nel sono alla è stato più anche",
    "nl": "de het een en van is dat op te zijn voor met niet aan er om ook door maar worden",
    "sv": "och att det som en är av för den till inte med har om ett var på de kan",
    "da": "og at det som en er af for den til ikke med har om et var på de kan blev",
    "pl": "i w na z że się nie do jest to przez o od po jak za są oraz dla był",
    "tr": "ve bir bu için ile olarak da de olan daha gibi kadar sonra çok ancak en ise",
    "id": "yang dan di untuk dengan dari pada ini itu tidak dalam oleh adalah akan telah para",
}
_SCRIPTS = (
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[а-яА-ЯёЁ]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u03b1-\u03c9]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
)
_FOREIGN = re.compile("[\u0370-\U0010ffff]")
"""A character outside the Latin script; typographic marks are among them."""
_WORD = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f]+")
"""Latin letters in lower case: a set of them is found in half the time of any letters."""
_SAMPLE = 5_000
_LEAST_HITS = 3
_MARGIN = 1.3
"""The best language must meet this many times the small words of the second."""
_ENDS = 500
_PLAIN_HITS, _PLAIN_MARGIN = 20, 3.0
"""Small words within so many characters of the text's beginning and end that tell its language."""


def guess_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it does not show clearly."""
    sample = text[:_SAMPLE]
    ends = f"{sample[:_ENDS]} {sample[-_ENDS:]}"
    return (
        _by_script(sample)
        or _by_small_words(ends, _PLAIN_HITS, _PLAIN_MARGIN)
        or _by_small_words(sample, _LEAST_HITS, _MARGIN)
    )


def _by_script(sample: str) -> str | None:
    """The language whose script most letters belong to; None for the Latin script."""
    foreign = sum(char.isalpha() for char in _FOREIGN.findall(sample))
    if foreign == 0:
        return None
    letters = sum(map(str.isalpha, sample))
    if foreign <= letters / 2:
        return None
    for language, script in _SCRIPTS:
        share = 0.02 if language in ("uk", "fa", "ja") else 0.4
        if len(script.findall(sample)) >= share * letters:
            return language
    return None


def _by_small_words(sample: str, least: int, margin: float) -> str | None:
    hits = dict.fromkeys(_SMALL_WORDS, 0)
    languages = _languages()
    small = filter(languages.__contains__, _WORD.findall(sample.casefold()))
    for word, count in Counter(small).items():
        for language in languages[word]:
            hits[language] += count
    second, most = sorted(hits.values())[-2:]
    best = next(language for language, count in hits.items() if count == most)
    return best if most >= least and most >= margin * second else None


@cache
def _languages() -> Mapping[str, Sequence[str]]:
    """The languages of each small word."""
    table: dict[str, list[str]] = {}
    for language, words in _SMALL_WORDS.items():
        for word in words.split():
            table.setdefault(word, []).append(language)
    return table
