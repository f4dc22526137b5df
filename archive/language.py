"""Which language a text is written in, told by its commonest small words."""

from __future__ import annotations

import re

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
_WORDS_OF = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
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
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 5_000
_LEAST_HITS = 3
_MARGIN = 1.3
"""The best language must meet this many times the small words of the second."""


def guess_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it does not show clearly."""
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if letters == 0:
        return None
    for language, script in _SCRIPTS:
        share = 0.02 if language in ("uk", "fa", "ja") else 0.4
        if len(script.findall(sample)) >= share * letters and _is_foreign(sample, letters):
            return language
    words = [word.casefold() for word in _WORD.findall(sample)]
    hits = {name: sum(word in small for word in words) for name, small in _WORDS_OF.items()}
    (best, most), (_, second) = sorted(hits.items(), key=lambda item: -item[1])[:2]
    return best if most >= _LEAST_HITS and most >= _MARGIN * second else None


def _is_foreign(sample: str, letters: int) -> bool:
    """Whether most letters lie outside the Latin script."""
    return sum(char > "\u036f" and char.isalpha() for char in sample) > letters / 2
