import pytest

from index.names import completes, resolve

NAMES = (
    "Denis Krivosheev",
    "Anna Orlova",
    "Anna Orlova-Koné",
    "ANNA ORLOVA",
    "Death penalty",
    "?!",
)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Anna Orlova", {"Anna Orlova"}),
        ("anna orlova", {"Anna Orlova", "ANNA ORLOVA"}),
        ("DENIS KRIVOSHEEV", {"Denis Krivosheev"}),
        ("Krivosheev", {"Denis Krivosheev"}),
        ("orlova anna", {"Anna Orlova", "Anna Orlova-Koné", "ANNA ORLOVA"}),
        ("kone", {"Anna Orlova-Koné"}),
        ("death-penalty", {"Death penalty"}),
        ("Krivo", set()),
        ("?!", {"?!"}),
        ("!", set()),
        ("", set()),
    ],
)
def test_a_filter_value_finds_names(value: str, found: set[str]) -> None:
    assert resolve(value, NAMES) == found


@pytest.mark.parametrize(
    ("prefix", "name", "meant"),
    [
        ("kri", "Denis Krivosheev", True),
        ("denis k", "Denis Krivosheev", True),
        ("krivosheev d", "Denis Krivosheev", True),
        ("den k", "Denis Krivosheev", False),
        ("eev", "Denis Krivosheev", False),
        ("kon", "Aïcha Koné", True),
        ("", "Denis Krivosheev", False),
        ("…", "Denis Krivosheev", False),
    ],
)
def test_an_unfinished_word_means_names(prefix: str, name: str, meant: bool) -> None:
    assert completes(prefix, name) is meant
