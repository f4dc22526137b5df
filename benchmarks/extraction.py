"""How right the fields are that extraction takes from real pages, and how fast it is.

    python benchmarks/extraction.py [--errors] [DATA]

DATA is the development data (../shared/data beside the checkout by default). Each line
is one measure; ``--errors`` prints what was wrong. ``tests/archive/test_quality.py``
holds the floors.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from archive.document import Document
from archive.errors import PageError
from archive.extract import Extraction, extract
from archive.page import Page
from archive.profiles import load_profiles
from archive.sources import read_pages
from archive.words import fold

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PROFILES = load_profiles()

# What was counted on the saved pages where it is not what ``drupal/manifest.json`` says: that is
# the number of rows that another project's scraper wanted of the page, or could read.
_WANTED = "all rows of the page; the manifest counts those of one court or kind"
COUNTED = {
    "bap10": (8, "nine rows; two cases were decided in one paper, which is one address"),
    "bap6": (9, _WANTED),
    "bap8": (76, _WANTED),
    "ca8": (76, _WANTED),
    "dc": (10, "all rows; the manifest counts those with a link"),
    "fisc": (20, _WANTED),
    "fiscr": (20, _WANTED),
    "mass": (16, _WANTED),
    "massappct": (16, _WANTED),
    "md_2": (35, "all recordings; the manifest leaves out the admissions to the bar"),
    "md_3": (84, "85 recordings with 84 addresses; as above"),
    "nebctapp": (103, "all rows; the manifest counts those of one kind"),
    "scotusoyez": (50, "the manifest does not count"),
    "tenn": (25, _WANTED),
    "tenncrimapp": (25, _WANTED),
    "tennctapp": (25, _WANTED),
    "wva": (117, _WANTED),
}
UNDATED = ("bia", "nyag")  # their rows carry no dates


class Measure(NamedTuple):
    """``right`` of ``total``; for a mean, ``total`` is what was averaged over."""

    name: str
    right: float
    total: int
    errors: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How much of the whole is right."""
        return self.right / self.total if self.total else 0.0


def pages(folder: Path, pattern: str = "*") -> dict[str, Page]:
    """The pages of a folder by their file names."""
    found = read_pages(sorted(folder.glob(pattern)))
    return {Path(page.path).name: page for page in found if isinstance(page, Page)}


def read(page: Page, profile: str | None = None) -> Extraction | None:
    """What a page is, or None when it is refused."""
    try:
        return extract(page, PROFILES, profile=profile)
    except PageError:
        return None


def amnesty(data: Path, profile: str | None = None) -> Iterator[Measure]:
    """Rows, titles, addresses and dates of listing pages against ``truth.jsonl``."""
    right: Counter[str] = Counter()
    total = pages_right = 0
    errors: list[str] = []
    held = pages(data / "amnesty_org" / "html")
    rows = (data / "amnesty_org" / "truth.jsonl").read_text("utf-8").splitlines()
    truth = [json.loads(row) for row in rows if row]
    for row in truth:
        extraction = read(held[row["file"]], profile)
        found = {d.url: d for d in extraction.documents} if extraction else {}
        wanted = {item["url"]: item for item in row["items"]}
        pages_right += len(found) == len(wanted)
        total += len(wanted)
        for url, item in wanted.items():
            document = found.get(url)
            checks = {
                "url": document is not None,
                "title": document is not None and same(document.title, item["title"]),
                "date": document is not None and document.published == item["date"],
                "category": document is not None and document.category == item["category"],
                "topics": document is not None and list(document.topics) == item["topics"],
                "excerpt": document is not None and same(document.body, item["excerpt"]),
            }
            right.update(name for name, fine in checks.items() if fine)
            right["all"] += all(checks.values())
            if not all(checks.values()):
                errors.append(f"{row['file']}: {item['title']!r} {item['date']} != {document}")
    label = f"amnesty_org ({profile or 'profile'})"
    yield Measure(f"{label}: pages with the right number of rows", pages_right, len(truth))
    for name in ("url", "title", "date", "category", "topics", "excerpt", "all"):
        yield Measure(f"{label}: {name}", right[name], total, tuple(errors) * (name == "all"))
    refused = sum(read(page) is None for page in held.values())
    yield Measure("amnesty_org: error files refused", refused, 4)


def same(one: str, other: str) -> bool:
    """Whether two titles are equal but for their spaces."""
    return " ".join(one.split()) == " ".join(other.split())


def seed(data: Path) -> Iterator[Measure]:
    """The country listing that the project started from."""
    extraction = next(filter(None, map(read, pages(data / "seed").values())))
    dated = [d for d in extraction.documents if d.published]
    listed = [
        d
        for d in extraction.documents
        if any(c.code == "RU" and c.relation == "listed" for c in d.countries)
    ]
    yield Measure("seed: entries", len(extraction.documents), 15)
    yield Measure("seed: dates", len(dated), 15)
    yield Measure("seed: listed under the heading's country", len(listed), 15)


def drupal(data: Path) -> Iterator[Measure]:
    """Pages with dated rows whose number is right, and the share of these rows with a date."""
    held = pages(data / "drupal", "*.html")
    right, dated, errors = 0, 0, []
    manifest = json.loads((data / "drupal" / "manifest.json").read_text("utf-8"))
    truth = {}
    for row in manifest:
        name = re.sub(r"^[a-z]+__|_example|\.html$", "", row["file"])
        if name not in UNDATED:
            truth[row["file"]] = COUNTED.get(name, (row["truth_items"], ""))[0]
    for file, wanted in truth.items():
        extraction = read(held[file])
        documents = extraction.documents if extraction and extraction.kind == "listing" else ()
        right += len(documents) == wanted
        dated += sum(bool(d.published) for d in documents)
        if len(documents) != wanted:
            errors.append(f"{file}: {len(documents)} rows, not {wanted}")
    yield Measure("drupal: pages with the right number of rows", right, len(truth), tuple(errors))
    yield Measure("drupal: rows with a date", dated, sum(truth.values()))


def press(data: Path, profile: str | None = None) -> Iterator[Measure]:
    """Kinds, titles, dates and addresses of single press releases."""
    held = pages(data / "un_ep_press_html", "*.html")
    truth = json.loads((data / "un_ep_press_html" / "index.json").read_text("utf-8"))
    right: Counter[str] = Counter()
    errors: list[str] = []
    for row in truth:
        extraction = read(held[row["file"]], profile)
        document = next(iter(extraction.documents), None) if extraction else None
        day, month, year = row["date"][:10].split("-") if row["date"][2] == "-" else ("", "", "")
        date = f"{year}-{month}-{day}" if year else row["date"][:10]
        title = row["title"].partition(" | ")[0]
        checks = {
            "title": document is not None and fold(document.title) == fold(title),
            "date": document is not None and document.published == date,
            "url": document is not None and (document.url or "").startswith(row["url"]),
            "article": extraction is not None and extraction.kind == "article",
        }
        right.update(name for name, fine in checks.items() if fine)
        if not all(checks.values()):
            errors.append(
                f"{row['file']}: {checks} {document and (document.title, document.published)}"
            )
    for name in ("article", "title", "date", "url"):
        label = f"un_ep_press ({profile or 'profile'}): {name}"
        yield Measure(label, right[name], len(truth), tuple(errors) * (name == "date"))


def press_bodies(data: Path, profile: str | None = None) -> Iterator[Measure]:
    """4-word shingle F1 of the bodies of HTML pages against the body texts of the same pages."""
    bodies = [
        path.read_text("utf-8")
        for path in sorted((data / "un_ep_press_textpairs").glob("*_body.txt"))
    ]
    label = f"un_ep_press ({profile or 'profile'})"
    pairs, alone = {}, {}
    for name, page in pages(data / "un_ep_press_html", "*.html").items():
        extraction = read(page, profile)
        body = text_of(extraction)
        truth = max(bodies, key=lambda text: f1(body, text))
        if f1(body, truth) > 0.3:  # the pair of this page is among the texts
            pairs[name] = (body, truth)
            (document,) = extraction.documents if extraction else ()
            alone[name] = (document.body, _without_fields(truth, document))
    yield from _compared(label, pairs)
    yield _mean(f"{label}: body F1, other fields apart", f1, alone)


def _without_fields(truth: str, document: Document) -> str:
    """The truth without the lines that are other fields, and with our spaces between paragraphs.

    The texts hold the page's ``<title>``, its reference number, date and tags; and they have no
    space between a heading and its paragraph. A word of theirs is cut in two only where one of
    our paragraphs ends with the first part and the next begins with the other.
    """
    date = dt.date.fromisoformat(document.published or "")
    shown = f"{date.day} {date:%B %Y}"
    fields = {
        fold(text) for text in (document.title, *document.references, shown, *document.topics)
    }
    lines = (line for line in truth.splitlines() if fold(line.partition(" | ")[0]) not in fields)
    blocks = re.split(r"\n+", document.body)
    joints = {
        one.split()[-1] + other.split()[0]: f"{one.split()[-1]} {other.split()[0]}"
        for one, other in pairwise(blocks)
    }
    text = "\n".join(lines)
    for joined, apart in joints.items():
        text = text.replace(joined, apart)
    return text


def text_bodies(data: Path) -> Iterator[Measure]:
    """The same for plain-text pages with their menus."""
    folder = data / "un_ep_press_textpairs"
    pairs = {
        name: (text_of(read(page)), (folder / name.replace("fullpage", "body")).read_text("utf-8"))
        for name, page in pages(folder, "*_fullpage.txt").items()
    }
    yield from _compared("un_ep_press_textpairs", pairs)


def _compared(label: str, pairs: dict[str, tuple[str, str]]) -> Iterator[Measure]:
    """Bodies against their truths: by words, and blind to the words that the truths glue together.

    The texts of the pairs have no space between a heading and its paragraph
    ("BackgroundParliament"), which costs six shingles each time.
    """
    for name, compare in (("body F1", f1), ("body F1 of letters", letters_f1)):
        yield _mean(f"{label}: {name}", compare, pairs)


def _mean(
    name: str, compare: Callable[[str, str], float], pairs: Mapping[str, tuple[str, str]]
) -> Measure:
    scores = {file: compare(*pair) for file, pair in pairs.items()}
    errors = tuple(f"{file}: {score:.3f}" for file, score in scores.items())
    return Measure(name, sum(scores.values()), len(scores), errors)


def text_of(extraction: Extraction | None) -> str:
    """Title and body, as the truth has them."""
    document = next(iter(extraction.documents), None) if extraction else None
    return f"{document.title}\n{document.body}" if document else ""


def f1(found: str, truth: str) -> float:
    """The harmonic mean of precision and recall of word shingles."""
    one, other = shingles(found), shingles(truth)
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def letters_f1(found: str, truth: str, length: int = 20) -> float:
    """The same of the runs of letters and digits, whatever stands between them."""
    one, other = (
        Counter(joined[n : n + length] for n in range(len(joined) - length + 1))
        for joined in (re.sub(r"\W", "", text.lower()) for text in (found, truth))
    )
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of words of a text, each with its count."""
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + length]) for n in range(len(words) - length + 1))


def speed(name: str, held: dict[str, Page], profile: str | None = None) -> str:
    """Pages a second of CPU time, all fields included."""
    start = time.process_time()
    for page in held.values():
        read(page, profile)
    return f"{name:60} {len(held) / (time.process_time() - start):8.1f} pages/s"


MEASURES: tuple[Callable[[Path], Iterator[Measure]], ...] = (
    seed,
    amnesty,
    lambda data: amnesty(data, "generic"),
    drupal,
    press,
    lambda data: press(data, "generic"),
    press_bodies,
    lambda data: press_bodies(data, "generic"),
    text_bodies,
)


def main(arguments: list[str]) -> None:
    """Print all measures, and the speed."""
    show: Any = "--errors" in arguments
    data = Path(next((a for a in arguments if not a.startswith("-")), DATA))
    for measuring in MEASURES:
        for measure in measuring(data):
            print(f"{measure.name:60} {measure.right:8.5g} /{measure.total:6} {measure.share:8.4f}")
            for error in measure.errors if show else ():
                print("    ", error[:240])
    for folder in ("amnesty_org/html", "un_ep_press_html", "drupal"):
        held = pages(data / folder, "*.html")
        print(speed(folder, held))
        print(speed(f"{folder} (generic)", held, "generic"))


if __name__ == "__main__":
    main(sys.argv[1:])
