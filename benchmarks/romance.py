"""How well statements in French and Spanish are read, on pages written before they were measured.

    python benchmarks/romance.py [--second | --third | --developed [--errors]]

No rule is developed on the held-out pages (``tests/data/romance``), so that their errors are
never shown; ``--second`` measures the second set of them, ``--third`` a French one of which the
wrong speakers were mended, ``--developed`` the others.
A quotation is right where its first words are found and its speaker and kind are the written
ones; precision counts every quotation to which somebody is attributed, also what is none. A role
and an organisation count where the page states them.

``tests/archive/test_quality_romance.py`` holds the floors.
"""

from __future__ import annotations

import html
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.document import Document, Quotation
from archive.extract import extract
from archive.page import Page
from archive.profiles import Profiles, load_profiles

PAGES = Path(__file__).resolve().parents[1] / "tests" / "data" / "romance"
LANGUAGES = ("fr", "es")
PARTS = ("held_out", "second", "third", "developed")

_ARTICLE = re.compile(
    r"^(?:(?:le|la|les|el|los|las|une?|un|una|leur|son|su|sus|sa|ses)\s+|l[’'])", re.I
)


@dataclass(slots=True)
class Share:
    """How many of the expected values were found, and what was not."""

    right: int = 0
    total: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, right: bool, about: str) -> None:
        """Count one value."""
        self.right += right
        self.total += 1
        if not right:
            self.errors.append(about)

    @property
    def share(self) -> float:
        """The share of right values, 1 where there are none."""
        return self.right / self.total if self.total else 1.0


@dataclass(slots=True)
class RomanceScore:
    """What was measured in one language."""

    dates: Share = field(default_factory=Share)
    countries: Share = field(default_factory=Share)
    countries_given: Share = field(default_factory=Share)
    found: Share = field(default_factory=Share)
    attributed: Share = field(default_factory=Share)
    precision: Share = field(default_factory=Share)
    role: Share = field(default_factory=Share)
    organisation: Share = field(default_factory=Share)

    @property
    def f1(self) -> float:
        """Of attribution: precision over what is attributed, recall over all quotations."""
        both = self.precision.share + self.attributed.share
        return 2 * self.precision.share * self.attributed.share / both if both else 0.0

    def shares(self) -> Iterator[tuple[str, Share]]:
        """Every measure with its name."""
        for name in self.__slots__:
            yield name.replace("_", " "), getattr(self, name)


def score_romance(language: str, *, part: str = "held_out") -> RomanceScore:
    """Extract the pages of one language and compare; ``part`` is one of ``PARTS``."""
    score, profiles = RomanceScore(), load_profiles()
    table = tomllib.loads((PAGES / f"{part}_{language}.toml").read_text(encoding="utf-8"))
    for page in table["page"]:
        document = _document(page, language, profiles)
        about = f"{page['title'][:30]}: "
        score.dates.add(
            document.published == page["published"], f"{about}{document.published} {page['dated']}"
        )
        _score_countries(page, document, score)
        _score_quotations(page, document.quotations, score)
    return score


def _document(page: Mapping[str, Any], language: str, profiles: Profiles) -> Document:
    paragraphs = "".join(
        f"<p>{html.escape(text, quote=False)}</p>".replace("\n", "<br>")
        for text in page["body"].strip().split("\n\n")
    )
    title, dated = html.escape(page["title"], quote=False), html.escape(page["dated"], quote=False)
    text = (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><article><h1>{title}</h1><p class="date">{dated}</p>{paragraphs}</article></body>'
    )
    (document,) = extract(Page("page.html", text.encode()), profiles).documents
    return document


def _score_countries(page: Mapping[str, Any], document: Document, score: RomanceScore) -> None:
    primary = {c.code for c in document.countries if c.relation == "primary"}
    for code in page["countries"]:
        score.countries.add(code in primary, f"{page['title'][:30]}: {code} not in {primary}")
    for code in primary:
        score.countries_given.add(code in page["countries"], f"{page['title'][:30]}: {code}")


def _score_quotations(
    page: Mapping[str, Any], found: Sequence[Quotation], score: RomanceScore
) -> None:
    right: set[int] = set()
    for expected in page["quotations"]:
        number = next(
            (
                n
                for n, q in enumerate(found)
                if _words(q.text).startswith(_words(expected["starts"]))
            ),
            None,
        )
        about = f"“{expected['starts']}” "
        score.found.add(number is not None, about)
        quotation = None if number is None else found[number]
        same = quotation is not None and _same_speaker(expected, quotation)
        given = quotation and (quotation.speaker, quotation.kind, quotation.role)
        score.attributed.add(same, f"{about}{given}, not {expected}")
        if same and number is not None:
            right.add(number)
        for name in ("role", "organisation"):
            if expected.get(name):
                value = getattr(quotation, name, None) or ""
                same = _bare(value) == _bare(expected[name])
                getattr(score, name).add(same, f"{about}{value!r}, not {expected[name]!r}")
    for number, quotation in enumerate(found):
        if quotation.kind:
            about = f"“{quotation.text[:40]}” {quotation.speaker or quotation.role}"
            score.precision.add(number in right, about)


def _same_speaker(expected: Mapping[str, Any], found: Quotation) -> bool:
    """Kind and name; what a document or a crowd of organisations is called is not agreed."""
    if expected.get("kind") != found.kind:
        return False
    return "speaker" not in expected or _bare(found.speaker or "") == _bare(expected["speaker"])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _bare(text: str) -> str:
    return _ARTICLE.sub("", text).casefold()


def main() -> None:
    """Print the figures, and for the developed pages with ``--errors`` what was wrong."""
    part = next((part for part in PARTS if f"--{part}" in sys.argv), PARTS[0])
    for language in LANGUAGES if part != "third" else ("fr",):
        score = score_romance(language, part=part)
        for name, share in score.shares():
            print(f"{language}  {name:18}{share.share:8.3f} of {share.total}")
        print(f"{language}  {'F1 of attribution':18}{score.f1:8.3f}")
        if "--errors" in sys.argv and part == "developed":
            for name, share in score.shares():
                print(*(f"   {name}: {error}" for error in share.errors), sep="\n")


if __name__ == "__main__":
    main()
