"""What a command prints and how it ends: the contract of the command line."""

import csv
import dataclasses
import errno
import io
import json
import os
import re
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.document import Document
from archive.store.database import Database
from onrecord import config
from onrecord.cli import run
from onrecord.errors import ExitCode
from tests.onrecord.support import Done, Onrecord, start, write_pages

HIT = ["id", "title", "url", "published", "site", "countries", "speakers", "score", "snippets"]
URL = "https://lantern.example/"


def urls(done: Done) -> list[str]:
    return [str(hit["url"]).removeprefix(URL) for hit in json.loads(done.out)["hits"]]


# search


def test_search_prints_title_countries_speakers_and_place(onrecord: Onrecord) -> None:
    done = onrecord("search", '"freedom of expression"')
    assert done.code == 0
    assert done.out.startswith('2 statements · "freedom of expression"\n')
    assert "2016-04-08  Chad: Radio stations silenced before the vote\n" in done.out
    assert "Chad · Amina Doubaye · lantern.example" in done.out
    assert f"{URL}chad-radio" in done.out
    assert "\x1b" not in done.out


def test_search_json_has_the_keys_of_the_contract(onrecord: Onrecord) -> None:
    found = json.loads(onrecord("search", "newspaper", "--format", "json").out)
    assert list(found) == [
        *("query", "total", "took_ms", "hits", "facets", "suggestion", "notice", "truncated")
    ]
    assert list(found["hits"][0]) == HIT
    assert list(found["facets"]) == ["country", "speaker", "year", "topic", "category"]
    assert found["facets"]["country"] == [
        {"value": "GE", "label": "Georgia", "count": 1, "selected": False}
    ]
    spans = [span for snippet in found["hits"][0]["snippets"] for span in snippet]
    assert {"newspaper", "newspapers"} & {s["text"] for s in spans if s["match"]}


def test_jsonl_and_csv_are_the_hits_alone(onrecord: Onrecord) -> None:
    lines = onrecord("search", "--format", "jsonl").out.splitlines()
    assert [list(json.loads(line)) for line in lines] == [HIT] * 3
    rows = list(csv.DictReader(io.StringIO(onrecord("search", "--format", "csv").out)))
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ["norway-archive", "georgia-law", "chad-radio"]),
        (["--sort", "oldest"], ["chad-radio", "georgia-law", "norway-archive"]),
        (["--country", "Chad"], ["chad-radio"]),
        (["--country", "td", "--country", "Norway"], ["norway-archive", "chad-radio"]),
        (["--not-country", "Chad"], ["norway-archive", "georgia-law"]),
        (["--speaker", "Kvernadze"], ["georgia-law"]),
        (["--not-speaker", "Kvernadze"], ["norway-archive", "chad-radio"]),
        (["--topic", "Press Freedom"], ["georgia-law", "chad-radio"]),
        (["--topic", "press freedom", "--not-country", "GE"], ["chad-radio"]),
        (["--category", "unknown"], ["norway-archive", "georgia-law", "chad-radio"]),
        (["--not-category", "unknown"], []),
        (["--from", "2018"], ["norway-archive", "georgia-law"]),
        (["--from", "2016-04-08", "--to", "2018-11-02"], ["georgia-law", "chad-radio"]),
        (["--from", "2016-04-09", "--to", "2018-11-01"], []),
        (["--from", "2020-05", "--to", "2020-05"], ["norway-archive"]),
        (["--limit", "1", "--page", "2"], ["georgia-law"]),
        (["censor"], []),
        (["radio", "OR", "cellar"], ["norway-archive", "chad-radio"]),
        (["radio OR cellar", "NOT", "norway"], ["chad-radio"]),
        (["--", "-radio"], ["norway-archive", "georgia-law"]),
    ],
)
def test_filters(onrecord: Onrecord, options: list[str], found: list[str]) -> None:
    done = onrecord("search", "--format", "json", *options)
    assert done.code == 0, done.err
    result = urls(done)
    assert result == found if "OR" not in " ".join(options) else sorted(result) == sorted(found)


def test_exit_status_tells_whether_something_was_found(onrecord: Onrecord) -> None:
    assert onrecord("search", "radio", "--exit-status").code == 0
    assert onrecord("search", "zeppelin", "--exit-status").code == 1
    assert onrecord("search", "zeppelin").code == 0


def test_facets_of_a_search_stand_below_it(onrecord: Onrecord) -> None:
    out = onrecord("search", "freedom", "--facets").out
    assert "\nCountry\n" in out
    assert "\nYear\n" in out


def test_kwic_aligns_the_matches(onrecord: Onrecord) -> None:
    lines = onrecord("search", '"freedom of expression"', "--kwic").out.splitlines()
    assert len(lines) == 2
    assert len({line.lower().index("freedom of expression") for line in lines}) == 1


def test_kwic_as_data(onrecord: Onrecord) -> None:
    done = onrecord("search", "cellar", "--kwic", "--format", "jsonl")
    row = json.loads(done.out.splitlines()[0])
    assert list(row) == ["id", "published", "left", "match", "right"]
    assert (row["published"], row["match"]) == ("2020-05-14", "cellar")


def test_a_broken_question_is_searched_literally_and_says_so(onrecord: Onrecord) -> None:
    done = onrecord("search", "radio (stations")
    assert done.code == 0
    assert "literally" in done.err
    assert "Chad" in done.out


def test_a_misspelt_word_gets_a_suggestion(onrecord: Onrecord) -> None:
    assert "Did you mean: archive" in onrecord("search", "archivee").err


@pytest.mark.parametrize("verb", ["search", "quotes", "facets", "export"])
def test_url_prints_the_permalink_and_nothing_else(
    onrecord: Onrecord, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_URL", "https://archive.example/")
    done = onrecord(verb, "a b", "--country", "Chad", "--not-topic", "X", "--from", "2016", "--url")
    scope = "&in=quotations" if verb == "quotes" else ""
    wanted = f"https://archive.example/search?q=a%20b&country=TD&not.topic=X&from=2016{scope}\n"
    assert (done.code, done.out, done.err) == (0, wanted, "")


@pytest.mark.parametrize(
    "url", ["archive.example", "ftp://archive.example", "https://", "https://a b"]
)
def test_a_public_address_that_is_none_is_refused(
    onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("ONRECORD_URL", url)
    for arguments in (
        ["search", "--url"],
        ["export", "--format", "bibtex"],
        ["serve", "--port", "0"],
    ):
        done = onrecord(*arguments)
        assert (done.code, done.out) == (2, "")
        assert "ONRECORD_URL" in done.err
        assert "https://archive.example" in done.err


# quotes and facets


def test_quotes_print_the_words_and_who_said_them(onrecord: Onrecord) -> None:
    out = onrecord("quotes", "letters").out
    assert out.startswith("1 quotation · letters\n")
    assert "2020-05-14  “We found letters that everybody thought were lost,”" in out
    assert "— Ingrid Solbakken, Head of Archives, Lantern Watch" in out
    assert "#q1" in out


def test_quotes_json(onrecord: Onrecord) -> None:
    found = json.loads(onrecord("quotes", "--speaker", "Doubaye", "--format", "json").out)
    (hit,) = found["hits"]
    assert (hit["speaker"], hit["role"]) == ("Amina Doubaye", "Africa Director")
    assert hit["countries"] == ["Chad"]
    assert hit["text"].startswith("Freedom of expression does not take a holiday")


def test_facets_count(onrecord: Onrecord) -> None:
    rows = list(csv.DictReader(io.StringIO(onrecord("facets", "--format", "csv").out)))
    counts = {(row["facet"], row["value"]): row["count"] for row in rows}
    assert counts["topic", "Press Freedom"] == "2"
    assert counts["year", "2020"] == "1"
    assert counts["category", ""] == "3"


def test_facets_limit_says_what_it_leaves_out(onrecord: Onrecord) -> None:
    out = onrecord("facets", "--limit", "2").out
    assert "… 1 more of 3 (--limit)" in out
    second = json.loads(onrecord("facets", "--limit", "2", "--page", "2", "--format", "json").out)
    assert len(second["facets"]["country"]) == 1
    assert second["total"] == 3


# export and show


def test_export_prints_exactly_the_keys_of_the_contract(onrecord: Onrecord) -> None:
    done = onrecord("export", "--sort", "oldest")
    documents = [json.loads(line) for line in done.out.splitlines()]
    keys = [field.name for field in dataclasses.fields(Document)]
    assert [list(document) for document in documents] == [keys] * 3
    assert [d["published"] for d in documents] == ["2016-04-08", "2018-11-02", "2020-05-14"]


def test_export_takes_filters_and_a_limit(onrecord: Onrecord) -> None:
    assert len(onrecord("export", "--country", "Chad").out.splitlines()) == 1
    done = onrecord("export", "--limit", "2", "--page", "2", "--sort", "oldest")
    assert [json.loads(line)["published"] for line in done.out.splitlines()] == ["2020-05-14"]


@pytest.mark.parametrize("verb", ["export", "facets"])
def test_there_is_only_one_page_of_everything(onrecord: Onrecord, verb: str) -> None:
    assert onrecord(verb, "--page", "2").code == 2


def test_export_csv_bibtex_and_ris(onrecord: Onrecord) -> None:
    rows = list(csv.DictReader(io.StringIO(onrecord("export", "--format", "csv").out)))
    assert len(rows) == 3
    assert rows[2]["speakers"] == "Amina Doubaye"
    assert onrecord("export", "--format", "bibtex").out.count("@misc{onrecord-") == 3
    assert onrecord("export", "--format", "ris").out.count("TY  - ELEC") == 3


@pytest.mark.parametrize("typed", [["-press"], ["radio", "-press"]])
def test_a_word_with_a_minus_is_no_option(onrecord: Onrecord, typed: list[str]) -> None:
    refused = onrecord("search", *typed)
    assert refused.code == 2
    assert "after --, as in: onrecord search -- " in refused.err
    assert onrecord("search", "--", *typed).code == 0
    assert "after --" not in onrecord("search", "--press").err


def test_show_as_text_json_and_page(onrecord: Onrecord) -> None:
    document = json.loads(onrecord("export", "cellar").out)
    shown = onrecord("show", document["id"])
    assert shown.out.startswith("Norway: Public archive opens its cellar\npublished   2020-05-14\n")
    assert json.loads(onrecord("show", document["id"], "--format", "json").out) == document
    page = onrecord("show", document["id"], "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "<h1>Norway: Public archive opens its cellar</h1>" in page


def test_show_takes_the_beginning_of_an_id(onrecord: Onrecord) -> None:
    document = json.loads(onrecord("export", "cellar").out)
    assert onrecord("show", document["id"][:8] + "#q1").out.startswith("Norway")
    beyond = onrecord("show", document["id"] + "#q2")
    assert (beyond.code, beyond.out) == (1, "")
    assert "no “#q2”" in beyond.err
    assert "1 quotation" in beyond.err
    assert "begin with" in onrecord("show", "").err or onrecord("show", "").code == 1


def test_show_prints_the_evidence(onrecord: Onrecord) -> None:
    document = json.loads(onrecord("export", "cellar").out)
    shown = onrecord("show", document["id"], "--evidence").out
    rows = [
        re.split(r" {2,}", line) for line in shown.partition("How it was found")[2].splitlines()
    ]
    told = document["evidence"]
    assert ["FIELD", "VALUE", "HOW", "CONFIDENCE"] in rows
    assert ["title", document["title"], told["title"], "high"] in rows
    assert ["published", document["published"], told["published"], "high"] in rows
    assert [row[2:] for row in rows if row[0] == "quotation 1"] == [[told["quotations"], "high"]]
    assert ["country", "Norway (primary)", document["countries"][0]["evidence"], "medium"] in rows


def test_an_unknown_id_says_where_to_find_one(onrecord: Onrecord) -> None:
    done = onrecord("show", "feedfacefeedface")
    assert (done.code, done.out) == (1, "")
    assert " search`" in done.err


# names, quarantine, index


def test_speakers_and_countries(onrecord: Onrecord) -> None:
    names = [r["name"] for r in json.loads(onrecord("speakers", "list", "--format", "json").out)]
    assert sorted(names) == ["Amina Doubaye", "Ingrid Solbakken", "Nino Kvernadze"]
    table = onrecord("countries", "list").out.splitlines()
    assert table[0].split() == ["CODE", "NAME", "STATEMENTS"]
    assert {line.split()[0] for line in table[1:]} == {"TD", "GE", "NO"}
    every = onrecord("countries", "list", "--all", "--format", "jsonl").out.splitlines()
    assert len(every) > 190


def test_quarantine_lists_and_shows(onrecord: Onrecord) -> None:
    line = onrecord("quarantine", "list").out.splitlines()[1]
    assert "broken.html" in line
    shown = onrecord("quarantine", "show", line.split()[0], "--format", "json")
    assert json.loads(shown.out)["path"].endswith("broken.html")
    assert onrecord("quarantine", "show", "nothing").code == 1


def test_quarantine_retry_reports_like_an_ingest(pages: Path, tmp_path: Path) -> None:
    start("--home", str(tmp_path), "ingest", str(pages))
    done = start("--home", str(tmp_path), "quarantine", "retry", "--format", "json")
    assert done.code == 5
    assert json.loads(done.out) == {
        **dict.fromkeys(("pages", "quarantined", "seen"), 1),
        **dict.fromkeys(("empty", "added", "changed", "unchanged", "duplicate", "retracted"), 0),
    }


def test_index_status_and_check(onrecord: Onrecord) -> None:
    status = json.loads(onrecord("index", "status", "--format", "json").out)
    assert (status["documents"], status["archived"], status["quotations"]) == (3, 3, 3)
    assert (status["missing"], status["stale"], status["extra"]) == (0, 0, 0)
    assert onrecord("index", "check").code == 0


def test_a_build_looks_at_the_disk_first(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ("--home", str(tmp_path))
    assert run([*home, "ingest", str(pages)]) == 5
    full = SimpleNamespace(total=10**9, used=10**9, free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    capsys.readouterr()
    assert run([*home, "index", "build"]) == 1
    assert "kB and 0.0 kB are free; make room, or try with --force" in capsys.readouterr().err
    assert run([*home, "index", "build", "--force"]) == 0
    assert "0.0 kB are free." in capsys.readouterr().err


def test_a_full_disk_is_one_exit_code_whoever_meets_it(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ("--home", str(tmp_path / "home"))
    assert run([*home, "ingest", str(pages)]) == 5
    more = ["ingest", "--no-index", str(write_more(tmp_path / "more"))]
    connect = Database._connect

    def cramped(self: Database, mode: str) -> sqlite3.Connection:
        connection = connect(self, mode)
        connection.execute("PRAGMA max_page_count = 1")  # it takes what there is for the least
        return connection

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    no_room = SimpleNamespace(total=10**9, used=10**9, free=0)
    for target, name, value, verb in (
        (Database, "_connect", cramped, more),
        (os, "fsync", full, ["index", "build"]),
        (shutil, "disk_usage", lambda _: no_room, ["index", "build"]),
    ):
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(target, name, value)
            assert run([*home, *verb]) == ExitCode.FAILED, name
        assert "make room" in capsys.readouterr().err
        assert run([*home, "search", "freedom"]) == 0
    assert run([*home, *more]) == 0
    assert run([*home, "index", "build"]) == 0


def test_an_index_is_made_again_from_the_archive(pages: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    assert start(*home, "ingest", str(pages), "--no-index").code == 5
    missing = start(*home, "search")
    assert (missing.code, missing.out) == (3, "")
    assert " index build" in missing.err
    assert start(*home, "index", "check").code == 1
    assert start(*home, "index", "update").code == 3
    assert start(*home, "index", "build").code == 0
    assert start(*home, "search").out.startswith("3 statements")
    more = write_more(tmp_path / "more")
    assert start(*home, "ingest", str(more), "--no-index").code == 0
    assert "1 missing" in start(*home, "index", "check").out
    assert start(*home, "index", "update").code == 0
    assert start(*home, "index", "check").code == 0
    assert start(*home, "index", "rollback").code == 0
    assert start(*home, "search").out.startswith("3 statements")


@pytest.mark.parametrize("verb", [["ingest", "."], ["demo", "--port", "0"]])
def test_a_home_that_cannot_be_made_says_why_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for home, why in (
        (tmp_path / "file" / "new", f"{tmp_path / 'file'} is a file"),
        (tmp_path / "link", f"{tmp_path / 'link'} is a link to a folder that is not there"),
        (Path("/proc/nothing"), ""),
    ):
        assert run(["--home", str(home), *verb]) == ExitCode.UNUSABLE
        said = capsys.readouterr().err
        assert f"cannot make the home {home} ({why}" in said
        assert "name a folder" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


def test_an_update_with_nothing_to_do_leaves_the_rollback(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path)]
    assert run([*home, "ingest", str(pages)]) == 5
    assert run([*home, "ingest", str(write_more(tmp_path / "more"))]) == 0
    held = sorted((tmp_path / "index").rglob("*"))
    capsys.readouterr()
    assert run([*home, "index", "update"]) == 0
    assert "Nothing to do." in capsys.readouterr().err
    assert sorted((tmp_path / "index").rglob("*")) == held
    assert run([*home, "index", "rollback"]) == 0
    assert run([*home, "search"]) == 0
    assert capsys.readouterr().out.startswith("3 statements")
    assert run([*home, "index", "update"]) == 0
    assert "Nothing to do." not in capsys.readouterr().err


def test_check_finds_one_changed_byte(pages: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    start(*home, "ingest", str(pages))
    (segment,) = (tmp_path / "index" / "segments").iterdir()
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    done = start(*home, "index", "check")
    assert done.code == 1
    assert segment.name in done.out
    assert start(*home, "index", "build").code == 0
    assert start(*home, "index", "check").code == 0


def write_more(folder: Path) -> Path:
    write_pages(folder)
    (folder / "lantern.example" / "broken.html").unlink()
    page = folder / "lantern.example" / "chad-radio.html"
    page.write_text(page.read_text("utf-8").replace("chad-radio", "chad-again"), "utf-8")
    return folder


# ingest


def test_ingest_reports_flat_counts_that_add_up(pages: Path, tmp_path: Path) -> None:
    done = start("--home", str(tmp_path), "ingest", str(pages), "--format", "json")
    report = json.loads(done.out)
    assert done.code == 5
    assert list(report) == [
        *("pages", "empty", "quarantined", "seen", "added", "changed", "unchanged", "duplicate"),
        "retracted",
    ]
    assert report["pages"] == 4
    assert (report["added"], report["quarantined"], report["seen"]) == (3, 1, 4)
    assert " quarantine list" in done.err
    again = json.loads(start("--home", str(tmp_path), "ingest", str(pages), "--format", "json").out)
    assert (again["unchanged"], again["added"], again["changed"]) == (3, 0, 0)


def test_a_dry_run_keeps_nothing(pages: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = start("--home", str(home), "ingest", str(pages), "--dry-run", "--format", "json")
    assert (done.code, json.loads(done.out)["added"]) == (5, 3)
    assert not home.exists()


def test_ingest_of_nothing_is_wrong_usage(tmp_path: Path) -> None:
    assert start("--home", str(tmp_path), "ingest").code == 2
    assert start("--home", str(tmp_path), "ingest", str(tmp_path / "nowhere")).code == 2


def test_an_unknown_profile_names_the_known_ones(pages: Path, tmp_path: Path) -> None:
    done = start("--home", str(tmp_path), "ingest", str(pages), "--profile", "nonesuch")
    assert done.code == 2
    assert "drupal7-listing" in done.err


# the whole


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--country", "Atlantis"),
        ("search", "--from", "yesterday"),
        ("search", "--limit", "101"),
        ("search", "--limit", "0"),
        ("search", "--sort", "sideways"),
        ("search", "--colour"),
        ("search", "x" * 300),
        ("serch",),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    onrecord: Onrecord, arguments: tuple[str, ...]
) -> None:
    done = onrecord(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_home_without_an_archive_says_what_to_do(tmp_path: Path) -> None:
    done = start("--home", str(tmp_path), "search", "x")
    assert (done.code, done.out) == (3, "")
    assert " ingest PATH`" in done.err


def test_the_home_is_found_by_option_environment_and_place(home: Path, tmp_path: Path) -> None:
    assert start("search", ONRECORD_HOME=str(home)).code == 0
    assert start("search", cwd=tmp_path).code == 3
    (tmp_path / config.DEFAULT_HOME).symlink_to(home)
    assert start("search", cwd=tmp_path).code == 0
    assert start("--home", "/nowhere", "search", ONRECORD_HOME=str(home)).code == 3


def test_a_mistake_of_ours_is_a_sentence_and_with_debug_a_traceback(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: config.Home) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(config.Home, "engine", broken)
    assert run(["--home", str(home), "search"]) == 1
    assert "ONRECORD_DEBUG=1" in capsys.readouterr().err
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["--home", str(home), "search"])


def test_an_interrupt_ends_with_130(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(self: config.Home) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(config.Home, "engine", interrupted)
    assert run(["--home", str(home), "search"]) == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(onrecord: Onrecord, shell: str) -> None:
    done = onrecord("completion", shell)
    assert done.code == 0
    assert "_ONRECORD_COMPLETE" in done.out


def test_version_and_help(onrecord: Onrecord) -> None:
    assert onrecord("--version").out.startswith("onrecord ")
    assert "who said what" in onrecord("--help").out.lower()


def test_what_is_typed_in_another_encoding_is_asked_all_the_same(home: Path) -> None:
    typed = os.fsdecode("Libertés".encode("latin-1"))
    for arguments in (["search", typed, "--url"], ["search", "--topic", typed, "--url"]):
        done = start("--home", str(home), *arguments)
        assert (done.code, "Libert%EF%BF%BDs" in done.out) == (0, True)
    refused = start("--home", str(home), "search", "--country", typed)
    assert refused.code == 2
    assert "“Libert�s” is not a country" in refused.err


def test_commands_in_messages_name_the_home_that_was_typed(pages: Path, tmp_path: Path) -> None:
    home = tmp_path / "my archive"
    missing = start("--home", str(home), "search", "vote")
    assert f"`onrecord --home '{home}' ingest PATH`" in missing.err
    assert "`onrecord demo`" in missing.err
    said = start("--home", str(home), "ingest", str(pages), "--no-index").err
    assert f"`onrecord --home '{home}' quarantine list`" in said
    assert f"Run: onrecord --home '{home}' index build" in start("--home", str(home), "search").err
    inherited = start("search", ONRECORD_HOME=str(home))
    assert "Run: onrecord index build" in inherited.err
