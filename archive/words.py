"""Text in one spelling: what counts as the same word, and clean paragraphs."""

from __future__ import annotations

import html
import re
import unicodedata

from archive.accents import without_accents

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NOT_WORD = re.compile(r"[\W_]+")
_ENTITY = re.compile(
    r"&(?:quot|amp|nbsp|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
# Paragraphs that lost their tags on the way and were joined by spaces: a run of three or
# more after the end of a sentence.
_JOINED = re.compile(r"(?<=[.!?:;…”\"’'»)\]])[ \t\xa0]{3,}(?=\S)")
_RUNS = ("   ", "\t", "\xa0")
_SENTENCE_END = re.compile(r"[.!?…][”\"’'»)\]]*\s+(?=[“‘\"'«„(\[]?[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|col|lt|sgt|capt|st|no|vs|jr|sr|inc|ltd|co|art|mme|mm|"
    r"sra|u\.s|u\.n|u\.k|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|.)?",
    re.I,
)


def fold(text: str) -> str:
    """Lower-case words without accents or marks, separated by one space."""
    return _NOT_WORD.sub(" ", without_accents(text).casefold()).strip()


def clean(text: str) -> str:
    """One line of text: NFC, no invisible characters, no left-over entities, single spaces."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    is_plain = text.isprintable()  # no invisible character, and no space but " "
    if not text.isascii():
        text = unicodedata.normalize("NFC", text if is_plain else _INVISIBLE.sub("", text))
    return text.strip() if is_plain and "  " not in text else " ".join(text.split())


def split_joined(text: str) -> list[str]:
    """The paragraphs of a text in which they were joined by runs of spaces; cleaned."""
    if not any(map(text.__contains__, _RUNS)):  # as in most texts: the pattern takes a while
        paragraph = clean(text)
        return [paragraph] if paragraph else []
    return [part for part in map(clean, _JOINED.split(text)) if part]


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, or all of it."""
    for match in _SENTENCE_END.finditer(text):
        last_word = text[: match.start()].rpartition(" ")[2].strip("(“‘\"'")
        if not _ABBREVIATION.fullmatch(last_word):
            return text[: match.end()].strip()
    return text.strip()


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words, with an ellipsis when cut."""
    if len(text) <= length:
        return text
    return text[: length - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
