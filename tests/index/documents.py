"""Documents for the tests of the index: our own inventions, short and telling."""

from __future__ import annotations

from collections.abc import Sequence

from archive.country_codes import country_name
from archive.document import Country, Document, Quotation, Source, Speaker

SOURCE = Source("pages/1.html", "2020-01-01T00:00:00+00:00", "0" * 64, "generic", "1")


def make_document(
    id_: str,
    title: str,
    body: str = "",
    *,
    published: str | None = None,
    countries: Sequence[str] = (),
    listed: Sequence[str] = (),
    mentioned: Sequence[str] = (),
    speakers: Sequence[str] = (),
    organisations: Sequence[str] = (),
    topics: Sequence[str] = (),
    category: str | None = None,
    references: Sequence[str] = (),
    quotations: Sequence[Quotation] = (),
) -> Document:
    """A document of which only the searched fields matter."""
    related = {"primary": countries, "mentioned": mentioned, "listed": listed}
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
        category=category,
        topics=tuple(topics),
        references=tuple(references),
        attachments=(),
        countries=tuple(
            Country(code, country_name(code), relation, "test")  # type: ignore[arg-type]
            for relation, codes in related.items()
            for code in codes
        ),
        speakers=(
            *(Speaker(name, "person") for name in speakers),
            *(Speaker(name, "organisation") for name in organisations),
        ),
        quotations=tuple(quotations),
        source=SOURCE,
    )


def quote(text: str, speaker: str | None = None, kind: str | None = "person") -> Quotation:
    """A quotation; where it stands in its body does not matter to an index."""
    return Quotation(
        speaker=speaker,
        kind=kind if speaker or kind == "spokesperson" else None,  # type: ignore[arg-type]
        role=f"Role of {speaker}" if speaker else None,
        organisation="Example Watch" if speaker else None,
        paragraphs=tuple(text.split("\n\n")),
        start=0,
        end=len(text),
    )


ARCHIVE = (
    make_document(
        "d1",
        "Russia: New law bans VPN services",
        "The law against virtual private networks strikes at the freedom of expression.\n\n"
        "“Banning networks is a blow to internet freedom,” said Anna Orlova.",
        published="2017-07-31",
        countries=["RU"],
        mentioned=["CN"],
        speakers=["Anna Orlova"],
        topics=["Internet", "Freedom of expression"],
        category="News",
        references=["EUR 46/6865/2017"],
        quotations=[quote("Banning networks is a blow to internet freedom", "Anna Orlova")],
    ),
    make_document(
        "d2",
        "Belarus: Protesters detained",
        "Hundreds of protesters were detained in Minsk. Freedom is not a crime.",
        published="2017-03-27",
        countries=["BY"],
        listed=["RU"],
        speakers=["Anna Orlova", "Tomás Núñez"],
        topics=["Detention"],
        category="News",
        quotations=[
            quote("Nobody must be detained for walking in a street", "Tomás Núñez"),
            quote("Free them now", "Anna Orlova"),
            quote("They came at night", None, None),
        ],
    ),
    make_document(
        "d3",
        "Urgent action: poet on trial",
        "A poet stands trial for a poem. The court's decision comes in days. Expression freed?",
        published="2017-07",
        countries=["TR"],
        topics=["Freedom of expression", "Detention"],
        category="Urgent action",
        references=["UA 80/17"],
        organisations=["Example Watch"],
        quotations=[quote("A poem is no crime", "Example Watch", "organisation")],
    ),
    make_document(
        "d4",
        "Annual report",
        "Work for the freedom of the press, for refugees and for the co-operation of states.",
        published="2016",
        topics=["Refugees"],
    ),
    make_document(
        "d5",
        "Élections à Abidjan",
        "Le café de la liberté était fermé. Internet cut off for days: no networks at all.",
        countries=["CI"],
        speakers=["Aïcha Koné"],
        category="News",
        quotations=[quote("No networks, no news", "Aïcha Koné")],
    ),
    make_document(
        "d6",
        "Russia: court frees activist",
        "The court freed the activist. Courts rarely free anyone.",
        published="2018-01-01",
        countries=["RU"],
        listed=["RU"],
        speakers=["Denis Karpov", "Anna Orlova"],
        topics=["Detention"],
        category="News",
        quotations=[
            quote("The court was right\n\nand it took courage", "Denis Karpov"),
            quote("A good day", None, "spokesperson"),
        ],
    ),
)
