"""The reference numbers of statements."""

import pytest

from archive.references import find_references


@pytest.mark.parametrize(
    "reference",
    [
        "UA 80/17", "FU 12/98", "AI Index: EUR 46/6865/2017", "EUR 46/6865/2017", "AMR 51/003/1999",
        "MDE 15/02/90", "A/RES/75/1", "S/RES/2231 (2015)", "S/PRST/2020/1", "A/HRC/47/12",
        "A/HRC/RES/17/4", "CCPR/C/BLR/CO/5", "CAT/C/RUS/CO/6", "E/CN.4/2004/1", "SG/SM/21806",
        "SC/15234", "HR/CT/868", "SG/SM/21806-AFR/5000", "resolution 1325 (2000)",
        "resolution 47/24", "OJ L 119, 4.5.2016, p. 1", "OJ C 326", "COM(2020) 609",
        "2019/2125(INI)", "P9_TA(2021)0123", "20210517IPR04122", "IP/21/1234",
        "Regulation (EU) 2016/679", "Directive 95/46/EC", "application no. 12345/06",
    ],
)  # fmt: skip
def test_reference(reference: str) -> None:
    assert find_references(f"See {reference}, and nothing else.") == (reference,)
    assert find_references(f"({reference})") == (reference,)


@pytest.mark.parametrize(
    "text",
    ["", "On 12/03/2017 at 10/10.", "and/or, he/she", "A/B tests", "24/7 and 1/2", "km/h", "N/A"],
)
def test_no_reference(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Reference: LF/2014/31", "LF/2014/31"),
        ("Ref.: 12-34-A", "12-34-A"),
        ("Index number: MW 16/019/2019", "MW 16/019/2019"),
        ("Press release No. 12/2014", "12/2014"),
        ("PRESS RELEASE 2001/145/EAP", "2001/145/EAP"),
        ("Référence : LF/2014/31", "LF/2014/31"),
        ("Comunicado núm. 045/19", "045/19"),
        ("Reference to A/RES/75/1", "A/RES/75/1"),
    ],
)
def test_a_number_behind_its_label(text: str, number: str) -> None:
    assert find_references(f"{text}\n\nMore.") == (number,)


@pytest.mark.parametrize(
    "text",
    ["Press release and/or statement", "Statement 24 May", "Index: high", "Reference: see A-Z.",
     "Document: the charter", "Press release 05-05-2014",
     "Reference: 2014-05-05"],
)  # fmt: skip
def test_a_label_without_a_number(text: str) -> None:
    assert find_references(text) == ()


def test_order_once_each_and_the_labelled_form() -> None:
    text = "S/RES/2231 (2015). UA 80/17; UA: 80/17. AI Index: EUR 46/6865/2017 (EUR 46/6865/2017)"
    assert find_references(text) == ("S/RES/2231 (2015)", "UA 80/17", "AI Index: EUR 46/6865/2017")


def test_white_space_and_case_of_the_label_are_made_uniform() -> None:
    assert find_references("AI INDEX:  EUR 46/01/98 and UA\xa0 80/17") == (
        "AI Index: EUR 46/01/98",
        "UA 80/17",
    )
