import pytest

from archive.dates import date_line, find_dates, infer_order, machine_date, months, page_order


def only(text: str, order: str | None = None) -> str | None:
    found = [match.value for match in find_dates(text, order)]  # type: ignore[arg-type]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("July 31, 2017", "2017-07-31"),
        ("31 July 2017", "2017-07-31"),
        ("31st of July, 2017", "2017-07-31"),
        ("JULY 31ST 2017", "2017-07-31"),
        ("Sept. 9, 2011", "2011-09-09"),
        ("9-Sep-2011", "2011-09-09"),
        ("1er août 2012", "2012-08-01"),
        ("12 févr. 2003", "2003-02-12"),
        ("3 de mayo de 2015", "2015-05-03"),
        ("9 de setiembre del 1998", "1998-09-09"),
        ("31. Dezember 2001", "2001-12-31"),
        ("2. März 1999", "1999-03-02"),
        ("5 gennaio 2010", "2010-01-05"),
        ("2017-07-31", "2017-07-31"),
        ("2017/7/31", "2017-07-31"),
        ("31.07.2017", "2017-07-31"),
        ("31/07/2017", "2017-07-31"),
        ("07/31/2017", "2017-07-31"),
        ("05.07.2017", "2017-07-05"),
        ("July 2017", "2017-07"),
        ("juillet 2017", "2017-07"),
        ("Thursday, 5 May 2014 – 06:00 GMT", "2014-05-05"),
        ("Split, 3–5 May 2014", "2014-05"),
        ("3 – 5 May 2014", "2014-05"),
        ("du 3 au 5 mai 2014", "2014-05"),
        ("Release 3 – 5 May 2014", "2014-05-05"),
        ("Split–5 May 2014", "2014-05-05"),
    ],
)
def test_reads_dates_as_people_write_them(text: str, value: str) -> None:
    assert only(text) == value


@pytest.mark.parametrize(
    "text",
    ["31/04/2017", "February 30, 2017", "1.5.2", "10.1.2.2017", "version 2017", "12/2017/99",
     "3 May 1776", "tel. 31/07/20175", "ISBN 978-0-31-07-2017", "in 2017", "© 2014",
     "1993-00-15", "15.00.1993", "0 May 1993"],
)  # fmt: skip
def test_invents_none(text: str) -> None:
    assert only(text) is None


def test_an_ambiguous_date_is_known_to_its_year_unless_the_order_is_given() -> None:
    assert only("03/04/2017") == "2017"
    assert only("03/04/2017", "dmy") == "2017-04-03"
    assert only("03/04/2017", "mdy") == "2017-03-04"
    assert only("04/04/2017") == "2017-04-04"
    assert only("25/12/2017", "mdy") is None


def test_one_certain_date_settles_the_order_of_its_page() -> None:
    assert infer_order(["03/04/2017", "31/07/2017"]) == "dmy"
    assert infer_order(["03/04/2017 and 07-31-2017"]) == "mdy"
    assert infer_order(["31/07/2017", "07/31/2017"]) is None
    assert infer_order(["03/04/2017", "case 25/13/99", "2017-31-07"]) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Last updated: 3 May 2012", "updated"),
        ("Updated on Thursday, 3 May 2012", "updated"),
        ("Mis à jour le 3 mai 2012", "updated"),
        ("Actualizado el 3 de mayo de 2012", "updated"),
        ("Última actualización: 3 de mayo de 2012", "updated"),
        ("Aktualisiert am 3. Mai 2012", "updated"),
        ("Copyright 3 May 2012", "copyright"),
        ("Published 3 May 2012", "published"),
    ],
)
def test_the_words_before_a_date_say_what_it_is(text: str, role: str) -> None:
    assert [(m.value, m.role) for m in find_dates(text)] == [("2012-05-03", role)]


@pytest.mark.parametrize(
    "text",
    ["5 May 2014", "Released 0600 GMT, 5 May 2014", "Published on: Monday 5th May 2014, 9:30 a.m.",
     "Publié le lundi 5 mai 2014 à 23h58", "Stand: 5. Mai 2014", "5 May 2014 at 10.15am BST",
     "Publicado el 5 de mayo de 2014 a las 10:15", "Letzte Änderung: 5. Mai 2014",
     "Publié le lundi 5 mai 2014", "[05-05-2014 - 12:53]", "Montag, 5. Mai 2014, 12.30 Uhr"],
)  # fmt: skip
def test_a_line_that_is_nothing_but_a_date(text: str) -> None:
    found = date_line(text)
    assert found is not None
    assert found.value == "2014-05-05"


@pytest.mark.parametrize(
    "text", ["The hearing of 5 May 2014", "Lima, 5 May 2014", "5 May 2014 was a dark day", "May"]
)
def test_a_line_that_says_more_is_no_date_line(text: str) -> None:
    assert date_line(text) is None


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2014-05-05T00:01:00+01:00", "2014-05-05"),
        ("2014-05-05T23:59:00-08:00", "2014-05-05"),
        ("2014-05-05T22:30:00Z", "2014-05-05"),
        ("20140505", "2014-05-05"),
        ("2014-05", "2014-05"),
        ("2014", "2014"),
        ("Mon, 05 May 2014 08:00:00 GMT", "2014-05-05"),
        ("yesterday", None),
        ("2014-13-45", None),
    ],
)
def test_machine_dates_are_never_shifted(value: str, date: str | None) -> None:
    assert machine_date(value) == date


def test_the_order_of_a_site_holds_for_its_machine_dates_too() -> None:
    assert machine_date("10-07-2023", "dmy") == "2023-07-10"
    assert machine_date("10-07-2023") == "2023"


def test_languages_agree_on_the_month_of_a_shared_name() -> None:
    import tomllib
    from importlib.resources import files

    table = tomllib.loads(files("archive").joinpath("months.toml").read_text("utf-8"))
    for language in table.values():
        for number, names in language.items():
            assert {months()[name] for name in names} == {int(number)}


@pytest.mark.parametrize(
    ("texts", "language", "order"),
    [
        (["03/04/2017"], "fr", "dmy"),
        (["03/04/2017"], "es", "dmy"),
        (["03/04/2017", "04/25/2017"], "fr", "mdy"),
        (["03/04/2017"], "en", None),
        (["03/04/2017"], None, None),
        (["03/04/2017", "31/07/2017"], "en", "dmy"),
    ],
)
def test_the_order_is_what_a_page_shows_else_that_of_its_language(
    texts: list[str], language: str | None, order: str | None
) -> None:
    assert page_order(texts, language) == order
