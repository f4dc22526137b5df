"""Plain-text pages, in the shape of a country listing that was copied out of a browser."""

from tests.archive.reading import read_text

LISTING = """Select this search icon to access the watch.example search form

Main menu

Facebook Share

Republic of Moldova

    July 31, 2017
      A new law bans encrypted letters, Example Watch said today.   “The authorities have now \
given themselves a key to every letter box in the country,” said Ion Rusu, Deputy Director for \
Europe at Example Watch.   “This is the latest step on a path
    that began last year.
    June 09, 2017

    By Maria Lopez-Stone, Campaigner, Example Watch Canada

    Dr. Elena Munteanu has been released. Her family welcomed her home.

    Supporters of Elena Munteanu in front of the court in Chisinau

    June 09, 2017

    Download PDF of UA 80/17 Moldova

    80 Moldova.pdf

    Two men have been abducted in the capital and have not been seen since.

    Pages

    Subscribe to Republic of Moldova
    rights
"""


def test_a_country_listing() -> None:
    page = read_text(LISTING)
    assert (page.kind, page.title, page.url) == ("listing", "Republic of Moldova", None)
    first, second, third = page.documents
    assert [d.published for d in page.documents] == ["2017-07-31", "2017-06-09", "2017-06-09"]
    assert {d.kind for d in page.documents} == {"teaser"}
    assert len({d.id for d in page.documents}) == 3
    for document in page.documents:
        assert ("MD", "listed") in {(c.code, c.relation) for c in document.countries}
        assert document.title_derived

    assert first.title.startswith("A new law bans encrypted letters")
    assert len(first.body.split("\n\n")) == 4
    assert "icon" not in first.body
    assert second.byline is not None
    assert second.byline.name == "Maria Lopez-Stone"
    assert second.title == "Dr. Elena Munteanu has been released."
    assert "Campaigner" not in second.body
    assert [a.label for a in third.attachments] == ["80 Moldova.pdf"]
    assert third.references == ("UA 80/17",)
    assert third.body == "Two men have been abducted in the capital and have not been seen since."


def test_ids_do_not_depend_on_the_order_or_the_rest_of_the_page() -> None:
    entries = LISTING.replace("Facebook Share", "Share").replace("\n    rights", "")
    assert [d.id for d in read_text(entries).documents] == [
        d.id for d in read_text(LISTING).documents
    ]


def test_the_same_entry_twice_is_one() -> None:
    entry = (
        "June 09, 2017\n\nTwo men have been abducted in the capital, Example Watch said today.\n"
    )
    other = "June 08, 2017\n\nThe court has freed three teachers, Example Watch said yesterday.\n"
    page = read_text(f"Chad\n\n{entry}\n{other}\n{entry}")
    assert [d.published for d in page.documents] == ["2017-06-09", "2017-06-08"]


ARTICLE = """Court frees three teachers in Chad | Example Watch

Skip to main content

Home

Latest news

REF/2017/12

9 May 2017

Court frees three teachers in Chad

Share

The court of appeal in N’Djamena has freed three teachers who had been held for a year.
Their lawyers had argued that the charges were without any ground from the first day on.

Calls for reform

Example Watch called on the government to change the law under which they were tried.

Latest

6 May 2017

Water

Donate

Contact us

Terms of use
"""


def test_one_statement_with_its_menus() -> None:
    page = read_text(ARTICLE)
    assert page.kind == "article"
    (document,) = page.documents
    assert document.title == "Court frees three teachers in Chad"
    assert not document.title_derived
    assert document.published == "2017-05-09"
    assert document.body.startswith("The court of appeal")
    assert document.body.endswith("they were tried.")
    assert "Calls for reform" in document.body


def test_a_text_without_a_date_stays_without() -> None:
    (document,) = read_text(
        "The court has freed three teachers, Example Watch said. © 2017"
    ).documents
    assert document.published is None


def test_the_title_is_the_line_that_the_title_of_the_page_begins_with() -> None:
    heading = "Harbour Master Deeply Sorry About the Quay, Promises Islands a Ferry by Next Spring"
    text = "The harbour master said today that the quay of the islands is to be built again. " * 3
    page = (
        f"{heading} | Harbour Post\n\nSkip to main content\n\nMenu\n\n3 May 2019\n\n{heading}\n\n"
    )
    (document,) = read_text(page + text).documents
    assert document.title == heading
    assert document.body == text.strip()
    assert document.published == "2019-05-03"


def test_a_dateline_gives_the_date_of_a_text_without_another() -> None:
    text = "SPLIT, 7 May 2019 – The quay of the islands is open to every ship, its master said.\n"
    rain = "\nThe rain on the quay of the islands has not stopped for three days and two nights.\n"
    (entry,) = read_text(f"The quay is built\n\n{text}{rain}").documents
    assert (entry.published, entry.evidence["published"]) == ("2019-05-07", "dateline of the text")
    (entry,) = read_text(f"The quay is built\n\n9 May 2019\n\n{text}{rain}").documents
    assert entry.published == "2019-05-09"
