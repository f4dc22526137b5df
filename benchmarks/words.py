"""How well words are understood: quotations, speakers and countries against known truth.

    python benchmarks/words.py [--errors] [DATA]

DATA is the development data (../shared/data beside the checkout by default):

- PolNeAR: direct quotations of five words and more, and who speaks. A quotation is found where
  a span covers a third of it, and right where the speaker's surname (of a name of three words one
  of the last two; for somebody without a name, the noun; for "the senator", one who is said to be a
  senator) is the annotated one. Where the truth is
  only "he", any person counts: who that is the data does not say. Precision twice: over the
  annotated quotations, and over all spans that got a speaker, shorter ones included. Rules are
  developed on the articles of even number only; those of odd number are held out.
- Reuters: places of the stories without the United States, against the primary countries. The
  stories of odd number are held out as well.
- Amnesty: the location under which listings put a statement, against its primary countries.
- The seed: every quotation with its speaker, role and organisation.

``tests/archive/test_quality_words.py`` holds the floors. Times are CPU time.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from archive.countries import find_countries
from archive.country_codes import country_code
from archive.document import Document, Quotation
from archive.evidence import Confidence, confidence_in
from archive.extract import extract
from archive.nouns import nouns
from archive.page import Page
from archive.profiles import load_profiles
from archive.quotations import explain_quotations

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

_FEWEST_WORDS = 5
_COVERED = 0.3
_PRONOUNS = frozenset(["he", "she", "they", "i", "we", "it", "who"])
_HEAD_ENDS = re.compile(r"\s(?:of|for|who|with|at|from|in|and|whose|which|that)\s|,|\(")
_OBJECT = re.compile(
    r"\b(?:for|of(?!\s(?i:state|staff|ceremonies))|to|with|at|by|from|in)\s(?:\S+\s){0,3}$"
)
_PLACES = {
    "usa": "US", "uk": "GB", "ussr": "RU", "uae": "AE", "trinidad-tobago": "TT",
    "democratic-yemen": "YE", "yemen-arab-republic": "YE", "yemen-demo-republic": "YE",
    "netherlands-antilles": "CW",
}  # fmt: skip
_EXPECTED = {
    "Denis Krivosheev": ("Deputy Director for Europe and Central Asia", "Amnesty International"),
    "Heather McGill": ("Russia Researcher", "Amnesty International"),
    "Sergei Nikitin": ("Director", "Amnesty International Russia"),
    "Anna Kirey": ("Deputy Director for Campaigns for Russia and Eurasia", "Amnesty International"),
}
_SAME_OFFICE = {"Amnesty International’s Moscow office": "Amnesty International Russia"}


class Truth(NamedTuple):
    """One annotated quotation: its parts as offsets, and how the text names the speaker."""

    parts: tuple[tuple[int, int], ...]
    speaker: str | None
    words: int


@dataclass(slots=True)
class Score:
    """Right, wrong and missing answers."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right among the answers given."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Right among what was asked."""
        return self.right / max(1, self.right + self.missing)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class QuotationScore:
    """What was measured on PolNeAR, on all articles or on a part."""

    truths: int = 0
    found: int = 0
    attributed: Score = field(default_factory=Score)
    spans: Score = field(default_factory=Score)
    graded: dict[Confidence | None, Score] = field(default_factory=lambda: defaultdict(Score))
    """The spans by the confidence in what told whose they are."""
    seconds: float = 0.0
    pages: int = 0

    @property
    def f1(self) -> float:
        """Of attribution: precision over annotated quotations, recall over all of them."""
        return self.attributed.f1

    @property
    def milliseconds(self) -> float:
        """CPU time a page."""
        return 1000 * self.seconds / max(1, self.pages)


def score_quotations(data: Path, *, held_out: bool = False) -> QuotationScore:
    """Find and attribute the direct quotations of PolNeAR, or of its ``held_out`` half only."""
    score = QuotationScore()
    rows = _rows(data / "polnear" / "train.jsonl.gz")
    for row in islice(rows, 1, None, 2) if held_out else rows:
        begun = time.process_time()
        found = explain_quotations(row["text"])
        score.seconds += time.process_time() - begun
        score.pages += 1
        _score_page(row["text"], _truths(row), found, score)
    return score


def _score_page(
    text: str,
    truths: Sequence[Truth],
    explained: Sequence[tuple[Quotation, str]],
    score: QuotationScore,
) -> None:
    found = [quotation for quotation, _ in explained]
    good: set[int] = set()
    for truth in truths:
        overlaps = [(_overlap(truth, q), number) for number, q in enumerate(found)]
        near = [pair for pair in overlaps if pair[0] >= _COVERED * _size(truth, found[pair[1]])]
        good |= {number for _, number in near if names(found[number], truth.speaker)}
        if truth.words < _FEWEST_WORDS:
            continue
        score.truths += 1
        score.found += bool(near)
        best = found[max(near)[1]] if near else None
        if best and names(best, truth.speaker):
            score.attributed.right += 1
            continue
        score.attributed.missing += 1
        score.attributed.wrong += bool(best and best.kind)
        answer = best and (best.speaker or best.role or best.kind)
        words = text[truth.parts[0][0] : truth.parts[0][1]]
        score.attributed.errors.append(f"{truth.speaker} / {answer}: {words[:80]}")
    for number, (quotation, how) in enumerate(explained):
        if quotation.kind:
            for spans in (score.spans, score.graded[confidence_in(how)]):
                spans.right += number in good
                spans.wrong += number not in good


def _truths(row: dict[str, Any]) -> list[Truth]:
    truths = []
    for quotation in row["direct_quotations"]:
        parts = [tuple(map(int, part.split())) for part in quotation["offsets"].split(";")]
        words = len(quotation["quote"].split())
        truths.append(Truth(tuple((a, b) for a, b in parts), quotation["speaker"], words))
    return truths


def _overlap(truth: Truth, quotation: Quotation) -> int:
    return sum(max(0, min(quotation.end, b) - max(quotation.start, a)) for a, b in truth.parts)


def _size(truth: Truth, quotation: Quotation) -> int:
    return max(1, min(quotation.end - quotation.start, sum(b - a for a, b in truth.parts)))


def names(quotation: Quotation, mention: str | None) -> bool:
    """Whether the quotation is attributed to whom the annotated mention names."""
    if mention is None:
        return False
    if mention.casefold() in _PRONOUNS:
        return quotation.kind is not None
    if quotation.kind == "person" and quotation.speaker:
        _, *surnames = quotation.speaker.split()[-3:]  # "Acosta" is "Melba Acosta Febo"
        any_of_them = "|".join(map(re.escape, surnames or [quotation.speaker]))
        found = re.finditer(rf"(?<!\w)(?:{any_of_them})(?!\w)(?![’']s?\s)", mention)
        spoken = any(not _OBJECT.search(mention[: match.start()]) for match in found)
        return spoken or _holds(quotation, mention)
    answers = filter(None, (quotation.speaker, quotation.role, quotation.organisation))
    head = _head(mention)
    named = mention[:1].isupper()
    return any(
        _head(answer) == head or (not named and head in answer.casefold().split())
        for answer in answers
    )


def _holds(quotation: Quotation, mention: str) -> bool:
    """Whether "the senator" is somebody whose role, as the page states it, is a senator's."""
    definite, _, office = mention.partition(" ")
    words = (quotation.role or "").casefold().split()
    held = {nouns().same_offices.get(word, word) for word in words} | set(words)
    return definite.casefold() == "the" and _head(office) in held


def _head(phrase: str) -> str:
    first = _HEAD_ENDS.split(phrase.strip(), maxsplit=1)[0].strip()
    words = re.sub(r"[’']s?$", "", first).split()
    return words[-1].strip(".,’'").casefold() if words else ""


def score_countries(data: Path, *, everything: bool = False, held_out: bool = False) -> Score:
    """Compare primary countries with the places of Reuters stories, without the USA.

    Over the stories that have such a place; over all stories with ``everything``; over every other
    one, which nobody develops on, with ``held_out``. Errors are those of the others.
    """
    score = Score()
    rows = _rows(data / "reuters" / "first_10_files.jsonl.gz")
    for number, row in enumerate(rows):
        if held_out and number % 2 == 0:
            continue
        truth = {_place(place) for place in row["places"]} - {"US", None}
        if not truth and not everything:
            continue
        title, body = html.unescape(row["title"] or ""), html.unescape(row["body"] or "")
        found = find_countries(title, body)
        primary = {c.code for c in found if c.relation == "primary"} - {"US"}
        score.right += len(primary & truth)
        score.wrong += len(primary - truth)
        score.missing += len(truth - primary)
        if primary != truth and number % 2 == 0:
            score.errors.append(f"{row['places']} / {sorted(primary)}: {title}")
    return score


def score_locations(data: Path) -> Score:
    """Compare primary countries with the one under which listings of amnesty_org put a statement.

    By title and excerpt; each statement once. A second country of a statement counts as wrong.
    """
    score = Score()
    rows = (data / "amnesty_org" / "truth.jsonl").read_text("utf-8").splitlines()
    items = {item["url"]: item for row in rows for item in json.loads(row)["items"]}
    for item in items.values():
        truth = country_code(item["location"] or "")
        if not truth:
            continue
        found = find_countries(item["title"], item["excerpt"] or "")
        primary = {c.code for c in found if c.relation == "primary"}
        score.right += truth in primary
        score.missing += truth not in primary
        score.wrong += len(primary - {truth})
        if primary != {truth}:
            score.errors.append(f"{truth} / {sorted(primary)}: {item['title']}")
    return score


def _place(place: str) -> str | None:
    return _PLACES.get(place) or country_code(place.replace("-", " "))


def score_seed(data: Path) -> Score:
    """Every quotation of the seed: is its speaker one of the four, with role and organisation?"""
    score = Score()
    (path,) = (data / "seed").glob("*.txt")
    page = Page(path=path.name, data=path.read_bytes(), media_type="text/plain")
    for document in extract(page, load_profiles()).documents:
        _score_seed_document(document, score)
    return score


def _score_seed_document(document: Document, score: Score) -> None:
    for quotation in document.quotations:
        expected = _EXPECTED.get(quotation.speaker or "")
        organisation = quotation.organisation or ""
        given = (quotation.role, _SAME_OFFICE.get(organisation, organisation))
        if given == expected:
            score.right += 1
        else:
            score.wrong += 1
            score.errors.append(f"{document.published}: {quotation.speaker}, {given}")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Print the figures, and with ``--errors`` what was wrong."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--errors"]
    data = Path(arguments[0]) if arguments else DATA
    quotations, held_out = score_quotations(data), score_quotations(data, held_out=True)
    attributed, spans = quotations.attributed, quotations.spans
    seed = score_seed(data)
    places, stories = score_countries(data), score_countries(data, everything=True)
    located = score_locations(data)
    unseen = score_countries(data, everything=True, held_out=True)
    figures = {
        "PolNeAR  quotations": quotations.truths,
        "         found": quotations.found / quotations.truths,
        "         attributed": attributed.recall,
        "         precision": attributed.precision,
        "         F1": attributed.f1,
        "         precision, all spans": spans.precision,
        **{
            f"         precision, spans of {grade} confidence": graded.precision
            for grade, graded in sorted(quotations.graded.items(), key=lambda item: str(item[0]))
        },
        "         F1, held-out half": held_out.f1,
        "         precision, all spans, held-out half": held_out.spans.precision,
        "         ms a page": quotations.milliseconds,
        "Reuters  F1, stories with places": places.f1,
        "         precision of these": places.precision,
        "         recall of these": places.recall,
        "         F1, all stories": stories.f1,
        "         F1, all stories, held-out half": unseen.f1,
        "Amnesty  F1, statements with a location": located.f1,
        "         precision of locations": located.precision,
        "         recall of locations": located.recall,
        "Seed     quotations": seed.right + seed.wrong,
        "         speaker, role, organisation right": seed.right,
    }
    for label, figure in figures.items():
        print(f"{label:42}{figure:8.3f}" if isinstance(figure, float) else f"{label:42}{figure:8}")
    if "--errors" in sys.argv:
        for error in (*attributed.errors, *places.errors, *located.errors, *seed.errors):
            print(error)


if __name__ == "__main__":
    main()
