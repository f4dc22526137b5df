import pytest

from archive.document import Document, Speaker
from archive.namesakes import Suggestion, suggest
from tests.archive.making import article

ACCENTS = "only accents or punctuation differ"
RESPELT = "one name in two transliterations"
INITIAL = "an initial fits the given name"
MORE = "one has more given names"
ALONE = "a surname alone"
ORGANISATION = "both speak for one organisation"
SITE = "both speak on one site"


def quoting(
    number: int, *names: str, organisation: str | None = None, site: str | None = None
) -> Document:
    speakers = tuple(Speaker(name, "person", None, organisation) for name in names)
    return article(f"/{number}", speakers=speakers, site=site)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Jose Marti", "José Martí", ACCENTS),
        ("Jean-Luc Picot", "Jean Luc Picot", ACCENTS),
        ("Sergei Nikitin", "Sergey Nikitin", RESPELT),
        ("Yulia Gorbunova", "Iuliia Gorbunova", RESPELT),
        ("Dmitry Chekhov", "Dmitrij Chekhoff", RESPELT),
        ("Aleksandr Belov", "Alexander Belov", None),  # another name, not another spelling
        ("S. Nikitin", "Sergei Nikitin", INITIAL),
        ("T. Nikitin", "Sergei Nikitin", None),
        ("Maria Soto Ruiz", "Maria Ruiz", MORE),
        ("Maria T. Ruiz", "Maria Teresa Ruiz", INITIAL),
        ("Ruiz", "Maria Ruiz", ALONE),
        ("Maria Ruiz", "Mario Ruiz", None),
        ("Maria Ruiz", "Maria Soto", None),
    ],
)
def test_what_two_names_say(one: str, other: str, reason: str | None) -> None:
    found = suggest([quoting(1, one, site="a.example"), quoting(2, other, site="a.example")])
    assert [s.reasons for s in found] == ([(reason, SITE)] if reason else [])


def test_a_weak_rule_needs_something_shared() -> None:
    apart = [quoting(1, "S. Nikitin", site="a.example"), quoting(2, "Sergei Nikitin")]
    assert suggest(apart) == ()
    together = [
        quoting(1, "S. Nikitin", organisation="Example Watch"),
        quoting(2, "Sergei Nikitin", organisation="Example watch"),
    ]
    assert [s.reasons for s in suggest(together)] == [(INITIAL, ORGANISATION)]


def test_two_who_speak_in_one_statement_are_two() -> None:
    assert suggest([quoting(1, "Ruiz", "Maria Ruiz", site="a.example")]) == ()


def test_the_more_frequent_name_stays_and_frequent_pairs_come_first() -> None:
    documents = [
        *(quoting(n, "Sergey Nikitin") for n in range(3)),
        *(quoting(n, "Sergei Nikitin") for n in range(3, 5)),
        quoting(5, "Ana Ruíz"),
        quoting(6, "Ana Ruiz"),
    ]
    assert suggest(documents) == (
        Suggestion("Sergei Nikitin", "Sergey Nikitin", 2, 3, (RESPELT,)),
        Suggestion("Ana Ruíz", "Ana Ruiz", 1, 1, (ACCENTS,)),
    )
