"""Who signed a statement."""

import pytest

from archive.bylines import locate_byline
from archive.document import Byline
from archive.roles import split_role


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        (
            "By Ines Okafor, Major Campaigns and Sailors’ Rights Campaigner, Example Watch Canada",
            Byline(
                "Ines Okafor",
                "Major Campaigns and Sailors’ Rights Campaigner",
                "Example Watch Canada",
            ),
        ),
        ("By Ines Okafor", Byline("Ines Okafor")),
        ("BY INES OKAFOR", Byline("INES OKAFOR")),
        ("Written by José Ángel de la Peña", Byline("José Ángel de la Peña")),
        (
            "By Ines Okafor, Harbour Researcher at Example Watch",
            Byline("Ines Okafor", "Harbour Researcher", "Example Watch"),
        ),
        ("By Ines Okafor | Harbour Researcher", Byline("Ines Okafor", "Harbour Researcher")),
        ("Par Inès Morel", Byline("Inès Morel")),
        ("Por Inés Moral", Byline("Inés Moral")),
        ("By Friday, the harbour must open", None),
        ("By Split Harbour the crews waited for days.", None),
        ("By detaining hundreds of sailors, the port has shown its face", None),
        ("Ines Okafor", None),
        ("By", None),
        ("", None),
    ],
)  # fmt: skip
def test_bylines(line: str, byline: Byline | None) -> None:
    located = locate_byline([line, "", "The harbour is closed."])
    assert located == (byline and (0, byline))


def test_where_the_byline_stood() -> None:
    lines = ["A caption of a photo", "", "By Ines Okafor", "", "The harbour is closed."]
    assert locate_byline(lines) == (2, Byline("Ines Okafor"))


def test_a_byline_stands_near_the_top() -> None:
    assert locate_byline(["A line of the text."] * 20 + ["By Ines Okafor"]) is None


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Harbour Researcher at Example Watch", "Harbour Researcher", "Example Watch"),
        ("Director of Example Watch Canada", "Director", "Example Watch Canada"),
        ("Director of Example Watch’s Split office", "Director", "Example Watch’s Split office"),
        ("Example Watch’s Director for Campaigns", "Director for Campaigns", "Example Watch"),
        ("Campaigner, Example Watch", "Campaigner", "Example Watch"),
        ("an analyst with the Harbour Institute", "analyst", "Harbour Institute"),
        ("president of the teachers’ union", "president", "teachers’ union"),
        ("67, a retired sailor", "retired sailor", None),
        ("Croatia’s foreign minister", "Croatia’s foreign minister", None),
        ("minister of foreign affairs of Croatia", "minister of foreign affairs of Croatia", None),
        ("a lawyer, who came to the quay", "lawyer", None),
        ("Example Watch campaigner", "campaigner", "Example Watch"),
        ("Example Watch", None, "Example Watch"),
        ("R-Ky.", None, None),
        ("", None, None),
    ],
)
def test_role_and_organisation(text: str, role: str | None, organisation: str | None) -> None:
    assert split_role(text) == (role, organisation)
