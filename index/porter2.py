"""Porter2: Snowball's English stemmer (https://snowballstem.org/algorithms/english/stemmer.html).

The stems are those of ``whoosh.lang.porter2``, in a quarter of the time: twenty thousand press
releases have sixty thousand words, and each must be stemmed. Each step changes at most one ending,
the longest that fits, so all it need look at are those with the last two letters of the word.

*R1* is what follows the first consonant after a vowel, *R2* the same within R1: most endings are
only taken from there. A "y" that is a consonant is written "Y" meanwhile.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

_VOWELS = "aeiouy"
_vowel = re.compile(f"[{_VOWELS}]").search
_SYLLABLE = f"[^{_VOWELS}]*[{_VOWELS}]+[^{_VOWELS}]"
_find_regions = re.compile(f"(gener|arsen|commun|{_SYLLABLE})({_SYLLABLE})?").match
_mark_consonants = re.compile(f"(^|[{_VOWELS}])y").sub
_ends_shortly = re.compile(
    f".*[^{_VOWELS}][{_VOWELS}][^{_VOWELS}wxY]|[{_VOWELS}][^{_VOWELS}]"
).fullmatch

_EXCEPTIONS = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
} | {word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")}
_EXCEPTIONS_WITHOUT_PLURAL = frozenset(
    ("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed")
)

_DOUBLES = frozenset(("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"))

_Rule: TypeAlias = tuple[str, str, str, bool]
"""An ending, what stands there instead, the letters of which one must stand before it ("": any),
and whether it must stand in R2 and not only in R1.
"""
_Rules: TypeAlias = Mapping[str, tuple[_Rule, ...]]


def _rules(endings: str, instead: str = "", before: str = "", *, late: bool = False) -> list[_Rule]:
    """The same rule for several endings."""
    return [(ending, instead, before, late) for ending in endings.split()]


def _by_last_letters(*rules: list[_Rule]) -> _Rules:
    """The rules by the last two letters of their endings, the longest ending first."""
    found: dict[str, tuple[_Rule, ...]] = {}
    for rule in sorted(itertools.chain(*rules), key=lambda rule: -len(rule[0])):
        found[rule[0][-2:]] = (*found.get(rule[0][-2:], ()), rule)
    return found


_VERB_ENDINGS = {"ed": ("eed", "ed"), "ng": ("ing",), "ly": ("eedly", "ingly", "edly")}
_STEP_2 = _by_last_letters(
    _rules("ization izer", "ize"),
    _rules("ational ation ator", "ate"),
    _rules("alism aliti alli", "al"),
    _rules("biliti bli", "ble"),
    _rules("fulness fulli", "ful"),
    _rules("ousness ousli", "ous"),
    _rules("iveness iviti", "ive"),
    _rules("tional", "tion"),
    _rules("lessli", "less"),
    _rules("entli", "ent"),
    _rules("enci", "ence"),
    _rules("anci", "ance"),
    _rules("abli", "able"),
    _rules("ogi", "og", before="l"),
    _rules("li", before="cdeghkmnrt"),
)
_STEP_3 = _by_last_letters(
    _rules("ational", "ate"),
    _rules("tional", "tion"),
    _rules("alize", "al"),
    _rules("icate iciti ical", "ic"),
    _rules("ful ness"),
    _rules("ative", late=True),
)
_STEP_4 = _by_last_letters(
    _rules("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize", late=True),
    _rules("ion", before="st", late=True),
)
_LAST_LETTERS = frozenset((*_STEP_2, *_STEP_3, *_STEP_4))
_ANY_LETTER = "abcdefghijklmnopqrstuvwxyz"
_CHANGED = _LAST_LETTERS | {"ed", "ng", "ll"} | {a + b for a in _ANY_LETTER for b in "esy"}
"""The last two letters of all words that are not their own stems."""


def stem(word: str) -> str:
    """The stem of a word of the letters a to z."""
    if word[-2:] not in _CHANGED or len(word) < 3:
        return word
    exception = _EXCEPTIONS.get(word)
    if exception is not None:
        return exception
    has_y = "y" in word
    if has_y:
        word = _mark_consonants(r"\1Y", word)
    r1, r2 = _regions(word)
    word = _without_plural(word)
    if word in _EXCEPTIONS_WITHOUT_PLURAL:
        return word
    word = _without_verb_ending(word, r1)
    if has_y and len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    if len(word) > r1:
        if word[-2:] in _LAST_LETTERS:
            for rules in (_STEP_2, _STEP_3, _STEP_4):
                word = _changed(word, rules.get(word[-2:], ()), r1, r2)
        word = _without_last_letter(word, r1, r2)
    return word.replace("Y", "y") if has_y else word


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin."""
    found = _find_regions(word)
    if found is None:
        return len(word), len(word)
    return found.end(1), found.end(2) if found[2] else len(word)


def _without_plural(word: str) -> str:
    """Step 1a."""
    if word.endswith(("ies", "ied")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if _vowel(word, 0, len(word) - 2) else word


def _without_verb_ending(word: str, r1: int) -> str:
    """Step 1b."""
    for ending in _VERB_ENDINGS.get(word[-2:], ()):
        if word.endswith(ending):
            kept = word[: -len(ending)]
            if ending.startswith("ee"):
                return f"{kept}ee" if len(kept) >= r1 else word
            return _completed(kept) if _vowel(kept) else word
    return word


def _completed(word: str) -> str:
    """A verb that lost its ending, with the letter it lost or without the one it had doubled."""
    if word.endswith(("at", "bl", "iz")):
        return f"{word}e"
    if word[-2:] in _DOUBLES:
        return word[:-1]
    return f"{word}e" if _ends_shortly(word) and _regions(word)[0] == len(word) else word


def _changed(word: str, candidates: Iterable[_Rule], r1: int, r2: int) -> str:
    """Steps 2 to 4."""
    for ending, instead, before, late in candidates:
        if word.endswith(ending):
            kept = word[: -len(ending)]
            if len(kept) >= (r2 if late else r1) and (not before or kept[-1] in before):
                return kept + instead
            break
    return word


def _without_last_letter(word: str, r1: int, r2: int) -> str:
    """Step 5."""
    kept = word[:-1]
    if word.endswith("e"):
        dropped = len(kept) >= r2 or (len(kept) >= r1 and not _ends_shortly(kept))
    else:
        dropped = word.endswith("ll") and len(kept) >= r2
    return kept if dropped else word
