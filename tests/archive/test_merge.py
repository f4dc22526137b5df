from __future__ import annotations

from itertools import permutations

import pytest

from archive.document import Attachment, Byline, Country, Document
from archive.merge import Contribution, belongs, is_linkless, merge, twin_key
from tests.archive.making import BODY, TEASER, article, make_document, teaser


def contribution(fragment: Document, page: str = "p", captured_at: str = "") -> Contribution:
    return Contribution(fragment.id, page, captured_at, fragment)


def test_an_article_speaks_before_its_teasers_and_is_listed_where_they_are() -> None:
    whole = article()
    first = teaser("/russia", link="/news/checkpoints", country="RU", category="News")
    second = teaser("/belarus", link="/news/checkpoints", country="BY", topics=("Press",))
    merged = merge(whole.id, map(contribution, (first, whole, second)))
    assert (merged.kind, merged.body) == ("article", BODY)
    assert merged.listed_on == ("https://watch.example/belarus", "https://watch.example/russia")
    assert {(c.code, c.relation) for c in merged.countries} == {("RU", "listed"), ("BY", "listed")}
    assert (merged.category, merged.topics) == ("News", ("Press",))


def test_the_newest_capture_of_an_article_speaks() -> None:
    old, new = article(body="Old words."), article(body="New words.")
    captures = [contribution(old, "p", "2017-01-01"), contribution(new, "q", "2018-01-01")]
    assert merge(old.id, captures).body == "New words."


def test_what_is_filled_in_brings_its_evidence() -> None:
    whole = article(published=None, evidence={"title": "h1"})
    listed = teaser(
        "/russia", link="/news/checkpoints", evidence={"published": "listing", "x": "y"}
    )
    merged = merge(whole.id, map(contribution, (whole, listed)))
    assert merged.published == "2017-03-27"
    assert merged.evidence == {"title": "h1", "published": "listing"}


def test_a_title_of_its_own_replaces_a_derived_one() -> None:
    whole = article(title="Reporters in the northern", title_derived=True)
    listed = teaser("/russia", link="/news/checkpoints", title="Notebooks taken")
    merged = merge(whole.id, map(contribution, (whole, listed)))
    assert (merged.title, merged.title_derived) == ("Notebooks taken", False)


def test_a_listed_country_never_replaces_what_the_text_is_about() -> None:
    belarus = Country("BY", "Belarus", "primary", "title")
    whole = article(countries=(belarus,))
    merged = merge(whole.id, map(contribution, (whole, teaser("/russia", country="RU"))))
    assert merged.countries[0] == belarus
    assert [c.code for c in merged.countries] == ["BY", "RU"]


def test_merging_does_not_depend_on_order() -> None:
    fragments = [
        contribution(article(byline=None), "a", "2017"),
        contribution(article(byline=Byline("Ana Roe"), body="Other."), "b", "2016"),
        contribution(teaser("/r", link="/news/checkpoints", country="RU", topics=("T",)), "c"),
        contribution(
            teaser("/b", country="RU", attachments=(Attachment("A", "https://a.example"),)), "d"
        ),
    ]
    results = {merge(article().id, order).fingerprint() for order in permutations(fragments)}
    assert len(results) == 1


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"published": "2017-04-01"}, True),
        ({"published": "2017"}, True),
        ({"published": "2017-05-01"}, False),  # the same words, a month later
        ({"published": None}, True),
        ({"site": None}, True),
        ({"site": None, "published": None}, False),  # nothing but words
        ({"site": "other.example"}, False),
        ({"body": "Quite another matter altogether. " + BODY[160:]}, False),
    ],
)
def test_a_teaser_belongs_to_the_text_it_was_cut_from(fields: dict[str, str], fits: bool) -> None:
    assert bool(belongs(teaser("/russia"), article(**fields))) is fits


def test_a_few_words_belong_nowhere() -> None:
    assert belongs(teaser("/russia", body=" ".join(BODY.split()[:11])), article()) == 0


def test_twins_are_the_same_words_of_one_site_on_one_day() -> None:
    one, other = teaser("/russia"), teaser("/belarus")
    assert is_linkless(one)
    assert one.id != other.id
    assert twin_key(one) == twin_key(other)
    assert twin_key(one) != twin_key(teaser("/belarus", published="2018-03-27"))
    assert twin_key(make_document(site=None, published=None, body=TEASER)) is None
