"""The measure of all engines is measured itself: answers worked out by hand."""

import math
from typing import Any

import pytest

from archive.country_codes import country_name
from index.errors import IndexMissing, QueryLimit
from index.memory_engine import MemoryEngine
from index.query import Query
from index.request import build_query
from index.results import Completion, SearchResults
from tests.index.documents import ARCHIVE, make_document, quote


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    return MemoryEngine(ARCHIVE)


def ids(results: SearchResults) -> list[str]:
    hits = [hit.id for hit in results.hits]
    return hits + [f"{hit.document_id}#{hit.number}" for hit in results.quotations]


def counts(results: SearchResults, name: str) -> dict[str | None, int]:
    facet = results.facet(name)
    assert facet is not None
    return {value.value: value.count for value in facet.values}


NEWEST = ["d6", "d1", "d3", "d2", "d4", "d5"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", "d1 d2 d3 d4 d5 d6"),
        ("court", "d3 d6"),  # "courts" has the same stem
        ('"court"', "d3 d6"),
        ('"courts"', "d6"),
        ("freedom", "d1 d2 d4"),
        ("freed", "d3 d6"),  # "free" and "frees" have another stem
        ("free", "d6"),
        ("fre*", "d1 d2 d3 d4 d6"),
        ("freed~", "d3 d6"),
        ("fred~", "d3 d6"),
        ("network detained", ""),
        ("network OR detained", "d1 d2 d5"),
        ("russia court", "d6"),  # one word in the title, one in both
        ("-court", "d1 d2 d4 d5"),
        ("freedom -press", "d1 d2"),
        ("(freedom OR court) -russia", "d2 d3 d4"),
        ('"freedom of the press"', "d4"),
        ('"freedom press"', ""),
        ('"freedom press"~1', ""),
        ('"freedom press"~2', "d4"),
        ('"press freedom"~5', ""),
        ("co-operation", "d4"),
        ("80/17", "d3"),
        ('"46 6865 2017"', "d1"),
        ('"17 80"', ""),
        ("title:court", "d6"),
        ("body:russia", ""),
        ("cafe liberte", "d5"),
        ("elections", "d5"),
        ("speaker:orlova", "d1 d2 d6"),
        ("speaker:nunez", "d2"),
        ('speaker:"anna orlova"', "d1 d2 d6"),
        ('speaker:"karpov anna"', ""),  # never from one name into the next
        ("speaker:watch", "d3"),
        ("country:russia", "d1 d2 d6"),  # the subject of two, the listing of another
        ("country:china", ""),  # only mentioned
        ("date:2017", "d1 d2 d3"),
        ("date:2017-07-01", "d3"),  # somewhen in July: may be this day
        ("date:..2016-06-30", "d4"),
        ("date:2017-08..", "d6"),
        ("-date:2016..", "d5"),
    ],
)
def test_what_a_question_finds(engine: MemoryEngine, question: str, found: str) -> None:
    results = engine.search(build_query(question))
    assert sorted(ids(results)) == found.split()
    assert results.total == len(found.split())


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("court", "d6#1"),
        ("title:court", "d6#1 d6#2"),
        ("russia", ""),  # the title speaks for a quotation only when it is asked for
        ('"right and it"', "d6#1"),
        ("body:freedom", "d1#1"),
        ("speaker:orlova", "d1#1 d2#2"),
        ("80/17", ""),
        ("country:by detained", "d2#1"),
        ("-speaker:orlova date:2017-03", "d2#1 d2#3"),
    ],
)
def test_which_quotations_a_question_finds(engine: MemoryEngine, question: str, found: str) -> None:
    results = engine.search(build_query(question, scope="quotations"))
    assert sorted(ids(results)) == found.split()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"country": ["Russia"]}, "d1 d2 d6"),
        ({"country": ["RU", "TR"]}, "d1 d2 d3 d6"),
        ({"country": ["unknown"]}, "d4"),
        ({"country": ["RU"], "not_country": ["BY"]}, "d1 d6"),
        ({"speaker": ["orlova"], "topic": ["detention"]}, "d2 d6"),
        ({"speaker": ["unknown", "Koné"]}, "d3 d4 d5"),
        ({"speaker": ["Nobody"]}, ""),
        ({"not_speaker": ["Nobody"]}, "d1 d2 d3 d4 d5 d6"),
        ({"not_speaker": ["unknown"]}, "d1 d2 d5 d6"),
        ({"category": ["news"], "not_topic": ["unknown"]}, "d1 d2 d6"),
        ({"date_from": "2017-07", "date_to": "2017-07"}, "d1 d3"),
        ({"date_from": "2017-07-31", "date_to": "2017-07-31"}, "d1 d3"),
        ({"date_to": "2017-03-27"}, "d2 d4"),
        ({"date_to": "2017-03-26"}, "d4"),
        ({"date_from": "2018-01-01"}, "d6"),
        ({"date_from": "2018-01-02"}, ""),
        ({"text": "court", "date_from": "2018"}, "d6"),
    ],
)
def test_what_filters_leave(engine: MemoryEngine, filters: dict[str, Any], found: str) -> None:
    assert sorted(ids(engine.search(build_query(**filters)))) == found.split()


def test_the_speaker_of_a_quotation_is_its_own(engine: MemoryEngine) -> None:
    def found(**filters: Any) -> list[str]:
        return ids(engine.search(build_query(scope="quotations", sort="oldest", **filters)))

    assert found(speaker=["Orlova"]) == ["d2#2", "d1#1"]
    assert found(speaker=["unknown"], country=["BY"]) == ["d2#3"]
    assert found(speaker=["unknown"]) == ["d2#3", "d3#1", "d6#2"]


@pytest.mark.parametrize(
    ("question", "sort", "order"),
    [
        ("", None, NEWEST),
        ("", "oldest", ["d4", "d2", "d3", "d1", "d6", "d5"]),
        ("-zebra", None, NEWEST),  # worth nothing: by date
        ("country:ru", "relevance", ["d6", "d1", "d2"]),
        ("court OR freedom", "newest", ["d6", "d1", "d3", "d2", "d4"]),
        ("court", "relevance", ["d6", "d3"]),  # in the title, and more often
    ],
)
def test_order(engine: MemoryEngine, question: str, sort: str | None, order: list[str]) -> None:
    assert ids(engine.search(build_query(question, sort=sort))) == order


def test_equal_hits_are_ordered_by_date_then_id() -> None:
    dates = {"b": "2017", "a": "2017-01-01", "c": None, "d": "2018"}
    engine = MemoryEngine(make_document(i, "Same", published=day) for i, day in dates.items())
    assert ids(engine.search(build_query("same"))) == ["d", "a", "b", "c"]
    assert ids(engine.search(build_query("same", sort="oldest"))) == ["a", "b", "d", "c"]


def test_a_score_by_hand() -> None:
    engine = MemoryEngine(
        [
            make_document("a", "Ban", "a ban on a net"),  # length 3 + 5, tf 3 + 1
            make_document("b", "Net", "the nets of a port"),  # length 8
            make_document("c", "", "port"),  # length 1
        ]
    )

    def idf(n: int) -> float:
        return math.log(1 + (3 - n + 0.5) / (n + 0.5))

    def saturated(tf: float, length: float) -> float:
        return tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / (17 / 3)))

    def scores(question: str) -> dict[str, float]:
        return {hit.id: hit.score for hit in engine.search(build_query(question)).hits}

    assert scores("ban") == {"a": pytest.approx(idf(1) * saturated(4, 8), abs=1e-6)}
    assert scores("net") == {
        "a": pytest.approx(idf(2) * saturated(1, 8), abs=1e-6),
        "b": pytest.approx(idf(2) * saturated(3 + 1, 8), abs=1e-6),
    }
    assert scores("net*")["b"] == scores("net")["b"]
    assert scores('"a net"') == {
        "a": pytest.approx((idf(2) + idf(2)) * saturated(1, 8), abs=1e-6),
    }
    assert scores("ban net -port") == {
        "a": pytest.approx(scores("ban")["a"] + scores("net")["a"], abs=1e-6)
    }
    assert scores("ban date:..2020") == {}
    assert scores("title:net") == {
        "b": pytest.approx(idf(1) * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 3 / 2)), abs=1e-6)
    }


def test_filters_never_change_a_score(engine: MemoryEngine) -> None:
    def score(**filters: Any) -> float:
        hits = engine.search(build_query("court russia", **filters)).hits
        return hits[0].score

    assert score() == score(country=["RU"], not_topic=["Refugees"], date_from="2018") > 0


def test_each_facet_is_counted_under_the_others(engine: MemoryEngine) -> None:
    results = engine.search(
        build_query(country=["RU"], topic=["Detention"], not_speaker=["Karpov"], date_from="2017")
    )
    assert ids(results) == ["d2"]
    # without the country: d2 and d3 are about detention and not by Karpov
    assert counts(results, "country") == {"BY": 1, "RU": 1, "TR": 1}
    # without the topic: d1 and d2
    assert counts(results, "topic") == {"Detention": 1, "Freedom of expression": 1, "Internet": 1}
    # without the speaker: d2 and d6
    assert counts(results, "speaker") == {"Anna Orlova": 2, "Denis Karpov": 1, "Tomás Núñez": 1}
    assert counts(results, "category") == {"News": 1}
    assert counts(results, "year") == {"2017": 1}


def test_facets_of_everything(engine: MemoryEngine) -> None:
    results = engine.search(build_query())
    assert counts(results, "country") == {"RU": 3, "BY": 1, "CI": 1, "TR": 1, None: 1}
    assert counts(results, "year") == {"2016": 1, "2017": 3, "2018": 1, None: 1}
    assert counts(results, "category") == {"News": 4, "Urgent action": 1, None: 1}
    assert counts(results, "topic")[None] == 1
    country = results.facet("country")
    assert country is not None
    assert [value.label for value in country.values] == [
        "Russia",  # 3; then 1 each, by label
        "Belarus",
        country_name("CI"),
        country_name("TR"),
        "Unknown",
    ]
    assert [facet.name for facet in results.facets] == [
        "country",
        "speaker",
        "topic",
        "category",
        "year",
    ]


def test_years_keep_their_context_and_know_what_is_selected(engine: MemoryEngine) -> None:
    year = engine.search(build_query(date_from="2016-07", date_to="2017")).facet("year")
    assert year is not None
    assert [(v.value, v.count, v.selected) for v in year.values] == [
        ("2016", 1, True),
        ("2017", 3, True),
        ("2018", 1, False),
        (None, 1, False),
    ]


def test_what_is_selected_is_always_shown(engine: MemoryEngine) -> None:
    results = engine.search(
        build_query(
            "poem", speaker=["karpov", "Nobody"], not_country=["RU"], not_category=["unknown"]
        )
    )
    assert results.total == 0
    speaker, country, category = map(results.facet, ("speaker", "country", "category"))
    assert speaker is not None
    assert country is not None
    assert category is not None
    assert [(v.value, v.count, v.selected) for v in speaker.values] == [
        ("Denis Karpov", 0, True),
        (None, 1, False),
    ]
    assert [(v.value, v.label, v.count, v.excluded) for v in country.values] == [
        ("RU", "Russia", 0, True)
    ]
    assert [(v.value, v.count, v.excluded) for v in category.values] == [(None, 0, True)]


def test_pages_cut_one_order(engine: MemoryEngine) -> None:
    pages = [engine.search(build_query(page=page, per_page=4)) for page in (1, 2, 3)]
    assert [ids(page) for page in pages] == [NEWEST[:4], NEWEST[4:], []]
    assert {page.total for page in pages} == {6}
    assert [hit.id for hit in engine.stream(build_query(page=2, per_page=1))] == NEWEST  # type: ignore[union-attr]


def test_nothing_is_done_that_is_not_asked_for(engine: MemoryEngine) -> None:
    results = engine.search(build_query("court"), facets=False, snippets=False)
    assert results.facets == ()
    assert {hit.snippets for hit in results.hits} == {()}
    assert not any(span.match for hit in results.hits for span in hit.title)


def test_a_hit_shows_what_feeds_the_facets(engine: MemoryEngine) -> None:
    hit = next(hit for hit in engine.search(build_query()).hits if hit.id == "d2")
    assert [country.code for country in hit.countries] == ["BY", "RU"]
    assert hit.speakers == ("Anna Orlova", "Tomás Núñez")
    d3 = next(hit for hit in engine.search(build_query()).hits if hit.id == "d3")
    assert d3.speakers == ()


def test_a_quotation_hit(engine: MemoryEngine) -> None:
    (hit,) = engine.search(build_query('"took courage"', scope="quotations")).quotations
    assert (hit.document_id, hit.number, hit.speaker) == ("d6", 1, "Denis Karpov")
    assert hit.role == "Role of Denis Karpov"
    assert hit.text == "The court was right\n\nand it took courage"
    assert [span.text for span in hit.snippets[0] if span.match] == ["took courage"]


def test_a_suggestion_has_hits(engine: MemoryEngine) -> None:
    def suggestion(text: str, **filters: Any) -> str | None:
        return engine.search(build_query(text, **filters)).suggestion

    assert suggestion("fredom") == "freedom"
    assert suggestion("speaker:orlva") == "speaker:orlova"
    assert suggestion("fredom", country=["TR"]) is None
    assert suggestion("zebra") is None
    assert suggestion("court protesters") is None  # both are known, only not together
    assert suggestion("netwrks", scope="quotations") == "networks"
    assert suggestion("court") is None


def test_completion(engine: MemoryEngine) -> None:
    assert engine.complete("orl", "speaker") == (Completion("Anna Orlova", "Anna Orlova", 3),)
    assert engine.complete("rus", "country") == (Completion("RU", "Russia", 3),)
    assert engine.complete("cou", "title")[0].value == "Russia: court frees activist"
    assert engine.complete("a", "speaker") == (
        Completion("Anna Orlova", "Anna Orlova", 3),
        Completion("Aïcha Koné", "Aïcha Koné", 1),
    )
    assert len(engine.complete("a", "speaker", limit=1)) == 1
    assert engine.complete(" ", "speaker") == ()


def test_a_prefix_that_meets_too_many_words_is_refused() -> None:
    body = " ".join(f"word{number}" for number in range(201))
    engine = MemoryEngine([make_document("a", "Many", body)])
    assert engine.search(build_query("word1*")).total == 1
    for question in ("word*", "-word*", "many word*"):
        with pytest.raises(QueryLimit, match="more than 200 words"):
            engine.search(build_query(question))
    assert engine.search(build_query("title:word*")).total == 0


def test_writing() -> None:
    engine = MemoryEngine()
    first, second = make_document("a", "One"), make_document("b", "Two", quotations=[quote("Q")])
    seen: list[int] = []
    engine.rebuild([first, second], revision=2, extractor_version="7", progress=seen.append)
    assert seen == [1, 2]
    assert engine.status().documents == 2
    assert engine.status().quotations == 1
    assert (engine.status().revision, engine.status().extractor_version) == (2, "7")
    changed = make_document("a", "Three")
    engine.update([make_document("a", "Never"), changed], ["b"], revision=3, extractor_version="7")
    assert ids(engine.search(Query())) == ["a"]
    assert dict(engine.contents()) == {"a": changed.fingerprint()}
    assert engine.rollback().revision == 2
    assert sorted(ids(engine.search(Query()))) == ["a", "b"]
    with pytest.raises(IndexMissing):
        engine.rollback()
