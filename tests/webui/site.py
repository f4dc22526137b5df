"""A small archive behind a web page: our own inventions, some of them hostile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask.testing import FlaskClient

from archive.country_codes import country_name
from archive.document import Attachment, Byline, Country, Document, Quotation, Source, Speaker
from archive.extract import Extraction
from archive.page import Page
from archive.store import Store
from index.memory_engine import MemoryEngine
from webui.app import create_app
from webui.config import WebConfig

PAYLOAD = "<script>window.hacked=1</script>"
ATTRIBUTE_PAYLOAD = '"><img src=x onerror=window.hacked=1>'
PAGE = (
    b"<!doctype html><title>Saved</title><style>p{color:red}</style><nav>Menu</nav>"
    b"<p onclick='parent.hacked=1'>The saved words &amp; more.</p>"
    b"<script>document.title='ran';parent.hacked=1</script><!-- hidden --><p>The end"
)


def quote(
    body: str,
    words: str,
    speaker: str | None = None,
    role: str | None = None,
    organisation: str | None = None,
) -> Quotation:
    start = body.index(f"“{words}”")
    kind = "person" if speaker else None
    end = start + len(words) + 2
    return Quotation(speaker, kind, role, organisation, (words,), start, end)  # type: ignore[arg-type]


def document(
    id_: str,
    title: str,
    body: str,
    *,
    published: str | None = None,
    countries: Sequence[str] = (),
    topics: Sequence[str] = (),
    quotations: Sequence[Quotation] = (),
) -> Document:
    people = {q.speaker: q for q in quotations if q.speaker}
    return Document(
        id=id_,
        kind="article",
        url=f"https://watch.example/{id_}",
        listed_on=(),
        site="watch.example",
        title=title,
        title_derived=False,
        body=body,
        published=published,
        updated=None,
        language="en",
        byline=None,
        category="News",
        topics=tuple(topics),
        references=(),
        attachments=(),
        countries=tuple(Country(c, country_name(c), "primary", "title") for c in countries),
        speakers=tuple(Speaker(q.speaker, "person", q.role) for q in people.values()),
        quotations=tuple(quotations),
        source=Source("pages/1.html", "2020-01-01T00:00:00+00:00", "0" * 64, "generic", "1"),
        evidence={"published": "meta article:published_time"},
    )


_POET = (
    "The poet was arrested on Monday.\n\n"
    "“Let her go before the winter comes,” said Mara Lind.\n\n"
    "“Her words are no crime.” The poet reads on."
).replace("comes,”", "comes”,")
POET = replace(
    document(
        "00000000000000a1",
        "Release the poet",
        _POET,
        published="2017-07-31",
        countries=["RU", "BY"],
        topics=["Prisons"],
        quotations=[
            quote(_POET, "Let her go before the winter comes", "Mara Lind", "Director", "Watch"),
            quote(_POET, "Her words are no crime."),
        ],
    ),
    evidence={"published": "meta article:published_time", "quotations": "“said” beside it\n"},
    byline=Byline("Jane Roe", "Campaigner", "Watch"),
    references=("UA 80/17",),
    attachments=(Attachment("Poet.pdf", "https://watch.example/poet.pdf"),),
)
EARLIER = replace(
    POET,
    title="Release the writer",
    body=POET.body.replace("on Monday", "on Sunday"),
    source=replace(POET.source, captured_at="2019-01-01T00:00:00+00:00"),
)
_HOSTILE = f"{PAYLOAD} stands here.\n\n“{ATTRIBUTE_PAYLOAD}” said somebody."
HOSTILE = replace(
    document(
        "00000000000000a2",
        f"{PAYLOAD} hostile\x00\x1b title",
        _HOSTILE,
        published="2016-02-01",
        countries=["TR"],
        topics=[ATTRIBUTE_PAYLOAD],
        quotations=[quote(_HOSTILE, ATTRIBUTE_PAYLOAD, f"Eve {PAYLOAD}", ATTRIBUTE_PAYLOAD)],
    ),
    url="javascript:window.hacked=1",
    category=PAYLOAD,
    site=PAYLOAD,
    byline=Byline(PAYLOAD),
    references=(ATTRIBUTE_PAYLOAD,),
    attachments=(Attachment(PAYLOAD, "javascript:window.hacked=1"), Attachment("none", None)),
    evidence={"title": PAYLOAD},
)
UNDATED = replace(
    document("00000000000000a3", "بيان عن الشعراء", "A statement without date about a poet."),
    category=None,
)
FORMULA = document(
    "00000000000000a4",
    '=HYPERLINK("x")',
    "Sums of poets.",
    published="2015-05-05",
    countries=["RU"],
)
MANY = [
    document(
        f"{number:016x}",
        f"Winter report {number}",
        f"Paragraph of report {number} about winter.",
        published=f"20{10 + number % 10}-0{1 + number % 9}-11",
        countries=[("RU", "TR", "KE", "NG")[number % 4]],
        topics=[f"Topic {number % 12}"],
    )
    for number in range(1, 46)
]
DOCUMENTS = [POET, HOSTILE, UNDATED, FORMULA, *MANY]

_RTL = (
    "قال الشعراء إن الكلمات ليست جريمة.\n\n“الكلمات حرة” قالت مها.\n\n"
    "A sentence in between about a report."
)
# What pages break on: right-to-left, long names and titles, hundreds of values.
AWKWARD = [
    document(
        "00000000000000b1",
        "تقرير عن الشعراء والكلمات (report 2017)",
        _RTL,
        published="2017-03-02",
        countries=["EG"],
        quotations=[quote(_RTL, "الكلمات حرة", "مها")],
    ),
    document(
        "00000000000000b2",
        "A joint report of " + ", ".join(f"the {n} working group" for n in "ABCDEFGH"),
        "“Every report counts,” they said.".replace(",”", "”,"),
        published="2018-03-02",
        countries=["CD", "VC", "GS", "BA", "CF", "DO", "AE", "GB", "US"],
        topics=[f"Recommendations of the report on question {n}" for n in range(500)],
        quotations=[
            quote(
                "“Every report counts”, they said.",
                "Every report counts",
                "Maximiliane Wolkenstein-Trostburg y Fernández de la Vega",
                "Deputy Under-Secretary-General for Inter-Institutional Coordination",
                "Standing Conference of Observatories",
            )
        ],
    ),
]


@dataclass(frozen=True)
class Site:
    client: FlaskClient
    engine: MemoryEngine
    store: Store


def put(store: Store, held: Document, data: bytes = PAGE) -> None:
    page = Page(f"pages/{held.id}.html", data + held.id.encode(), url=held.url)
    source = replace(held.source, sha256=page.sha256, path=page.path)
    placed = replace(held, source=source)
    store.put(page, Extraction(held.url, "article", "generic", held.title, (placed,)))


def make_site(
    home: Path, documents: Sequence[Document] = DOCUMENTS, *, earlier: Sequence[Document] = ()
) -> Site:
    """``earlier``: statements as they were before they became one of the documents."""
    store = Store.open(home, create=True)
    with store.batch():
        for held in earlier:
            put(store, held, b"<title>As it was</title>")
        for held in documents:
            put(store, held)
    engine = MemoryEngine(store.documents())
    app = create_app(engine, store, WebConfig(title="Test Archive"))
    return Site(app.test_client(), engine, store)
