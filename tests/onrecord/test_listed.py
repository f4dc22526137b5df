"""Coverage: what a listing names, and what of it the archive holds."""

import csv
import io
import json
from pathlib import Path

import pytest

from onrecord.cli import run
from tests.onrecord.support import Done, Onrecord, start, write_pages

ROW = """<article class="row"><h2><a href="{href}">{title}</a></h2><time>{date}</time>
<p>{text}</p></article>"""

ROWS = (
    # the listing's link and the page's own address differ in what does not matter
    ("http://www.lantern.example/chad-radio/", "Chad: Radio stations silenced before the vote",
     "8 April 2016", "Six radio stations in Chad went silent two days before the vote."),
    ("/niger-wells", "Niger: Wells without a key", "3 May 2017",
     "The wells of eleven villages in Niger are locked at night, and nobody says by whom."),
    ("/chad-ferry", "Chad: The ferry that never came", "1 June 2018",
     "A ferry that was paid for twice has not been seen on the Chari river in Chad."),
)  # fmt: skip
MISSING = ["https://lantern.example/chad-ferry", "https://lantern.example/niger-wells"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_pages(tmp_path_factory.mktemp("pages"))
    rows = "\n".join(ROW.format(href=h, title=t, date=d, text=x) for h, t, d, x in ROWS)
    page = (
        f'<html lang="en"><head><title>News</title></head><body><h1>News</h1>{rows}</body></html>'
    )
    (folder / "lantern.example" / "news.html").write_text(page, "utf-8")
    home = tmp_path_factory.mktemp("home")
    done = start("--home", str(home), "ingest", str(folder))
    assert done.code == 5, done.err
    return home


@pytest.fixture
def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> Onrecord:
    def call(*arguments: str) -> Done:
        code = run(["--home", str(home), "listed", *arguments])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call


def test_missing_are_those_whose_page_is_not_held(listed: Onrecord) -> None:
    done = listed("--missing", "--format", "urls")
    assert (done.code, done.out.split()) == (0, MISSING)


def test_every_listed_statement_says_whether_it_is_held(listed: Onrecord) -> None:
    rows = json.loads(listed("--format", "json", "--sort", "oldest").out)
    assert [row["held"] for row in rows] == [True, False, False]
    assert list(rows[1]) == ["id", "url", "title", "published", "listed_on", "held"]
    assert rows[1]["listed_on"] == ["https://lantern.example/news.html"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (["--country", "chad"], MISSING[:1]),
        (["--to", "2017"], MISSING[1:]),
        (["--from", "2019"], []),
        (["villages"], MISSING[1:]),
        (["--limit", "1"], MISSING[:1]),
        (["--limit", "1", "--page", "2"], MISSING[1:]),
    ],
)
def test_it_takes_the_questions_of_search(
    listed: Onrecord, question: list[str], found: list[str]
) -> None:
    assert listed("--missing", "--format", "urls", *question).out.split() == found


def test_the_other_formats_hold_the_same(listed: Onrecord) -> None:
    table = listed("--missing").out
    assert table.startswith("PUBLISHED   TITLE")
    assert (
        "2018-06-01  Chad: The ferry that never came  https://lantern.example/chad-ferry" in table
    )
    rows = csv.DictReader(io.StringIO(listed("--missing", "--format", "csv").out))
    assert [row["url"] for row in rows] == MISSING
    lines = listed("--missing", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["url"] for line in lines] == MISSING


def test_a_country_that_there_is_not_is_refused(listed: Onrecord) -> None:
    assert listed("--country", "Chadd").code == 2
