"""``limits.toml``: each limit that it sets reaches the place that enforces it."""

from __future__ import annotations

import json
import os
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from archive.bounds import bounds_of
from archive.errors import PageLimitExceeded
from archive.extract import extract
from archive.limits import Limits, WorkerLimits
from archive.page import Page
from archive.profiles import load_profiles
from index.query import Limits as QuestionLimits
from onrecord.cli import run
from onrecord.config import Home
from onrecord.errors import CommandError, ExitCode
from onrecord.limits import settings
from onrecord.server import _web_config
from tests.archive.packing import HTML, MHTML, record, revisit, zipped
from tests.onrecord.support import ARTICLE, PAGES, Onrecord, start
from webui.app import create_app
from webui.config import WebConfig

KINDS = {"page": Limits, "worker": WorkerLimits, "question": QuestionLimits}
FIELDS = {(table, name) for table, kind in KINDS.items() for name in bounds_of(kind)}


def write(home: Path, table: str, **limits: float) -> Home:
    home.mkdir(exist_ok=True)
    lines = [f"{name} = {value}" for name, value in limits.items()]
    (home / "limits.toml").write_text("\n".join([f"[{table}]", *lines, ""]), "utf-8")
    return Home(home)


# Each limit is enforced

ONE = record("https://lantern.example/1", HTML, head="WARC-Payload-Digest: sha1:A\r\n")
ELSEWHERE = revisit("https://lantern.example/2", "https://lantern.example/1", "sha1:A")
SLOW = b"<div>" * 300 + b"<p>Words and words" * 40_000
WIDE = "<p>😀 They must be released.".encode() + b"x" * 9_900_000  # four bytes a letter in memory
LOOSE: dict[str | zipfile.ZipInfo, bytes] = {
    "a.png": os.urandom(50_000),
    **{f"{n}.html": HTML + b" " * 8_000_000 for n in range(3)},
}
LISTING = "".join(
    f'<li><a href="/{n}">Statement number {n}</a> {n} May 2017</li>' for n in range(1, 7)
)
OVER: dict[tuple[str, str], tuple[float, str, bytes]] = {
    ("page", "page_bytes"): (1_000, "a.html", b"<p>They must be released." * 50),
    ("page", "page_tags"): (100, "a.html", b"<p>They must be released." * 101),
    ("page", "packed_ratio"): (1, "a.zip", zipped(LOOSE)),
    ("page", "packed_bytes"): (1_000, "a.zip", zipped({"a.html": HTML * 50})),
    ("page", "record_head"): (
        1_000,
        "a.warc",
        ONE.replace(b"WARC-Date", b"X: %s\r\nWARC-Date" % (b"x" * 70_000)),
    ),
    ("page", "entries"): (5, "list.html", f"<h1>News</h1><ul>{LISTING}</ul>".encode()),
    ("page", "warc_records"): (1, "a.warc", ONE * 2),
    ("page", "warc_revisits"): (1, "a.warc", ONE + ELSEWHERE * 2),
    ("page", "zip_members"): (1, "a.zip", zipped({"a.html": HTML, "b.html": HTML})),
    ("page", "mhtml_bytes"): (1_000, "a.mhtml", MHTML + b" " * 1_000),
    ("worker", "cpu_seconds"): (1, "a.html", SLOW),
    ("worker", "wall_seconds"): (1, "a.html", SLOW),
    ("worker", "memory_bytes"): (1 << 28, "a.html", WIDE),
}
"""A value, and a page or web archive that it alone refuses."""

TAKEN = {("page", "links")}
REFUSED = {
    ("question", "characters"): (20, ["freedom " * 4]),
    ("question", "depth"): (1, ["((freedom))"]),
    ("question", "clauses"): (1, ["freedom radio"]),
    ("question", "phrase_words"): (2, ['"freedom of expression"']),
    ("question", "slop"): (0, ['"freedom expression"~1']),
    ("question", "prefix_letters"): (4, ["fre*"]),
    ("question", "prefix_terms"): (1, ["str* OR ser* OR sai* OR sta* OR the*"]),
    ("question", "page_size"): (20, ["--limit", "21"]),
    ("question", "offset"): (0, ["--page", "2"]),
    ("question", "filter_values"): (1, ["--country", "Chad", "--country", "Norway"]),
}
"""A value, and a question that it alone refuses."""
ADDRESSES = {"--limit": "per_page", "--page": "page", "--country": "country"}


def test_every_limit_is_tried_here() -> None:
    assert OVER.keys() | TAKEN | REFUSED.keys() == FIELDS


@pytest.mark.parametrize(("table", "name"), sorted(OVER))
def test_a_page_over_a_limit_lies_in_quarantine_with_its_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], table: str, name: str
) -> None:
    value, file, data = OVER[table, name]
    (tmp_path / file).write_bytes(data)
    home = write(tmp_path / "home", table, **{name: value})
    arguments = ["--home", str(home.path), "ingest", "--no-index", "--jobs", "1"]
    assert run([*arguments, str(tmp_path / file)]) == ExitCode.QUARANTINED
    with home.store(readonly=True) as store:
        messages = [entry.message for entry in store.quarantined()]
    advice = f"raise {name} under [{table}] in limits.toml and run `onrecord quarantine retry`"
    assert [message for message in messages if advice in message], messages
    capfd.readouterr()
    (home.path / "limits.toml").unlink()
    if table == "page":
        run(["--home", str(home.path), "quarantine", "retry", "--format", "json"])
        assert json.loads(capfd.readouterr().out)["quarantined"] == 0
        with home.store(readonly=True) as store:
            assert store.quarantined() == ()


def test_entries_of_plain_text_are_counted_too() -> None:
    said = "They must be released at once, and so must all those who were taken with them."
    text = "".join(f"{n} June 2017\n\n{said}\n\n" for n in (1, 2, 3))
    page = Page("list.txt", f"News\n\n{text}".encode(), media_type="text/plain")
    assert len(extract(page, load_profiles(), limits=Limits(entries=3)).documents) == 3
    with pytest.raises(PageLimitExceeded, match="3 entries, more than 2"):
        extract(page, load_profiles(), limits=Limits(entries=2))


def test_no_more_is_taken_from_a_page_than_its_limits_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title, date, topic, body = PAGES["chad-radio"]
    files = '<p><a href="/one.pdf">One</a> <a href="/two.pdf">Two</a></p>'
    (tmp_path / "a.html").write_text(
        ARTICLE.format(title=title, name="a", date=date, topic=topic, body=body + files), "utf-8"
    )

    def taken() -> int:
        arguments = ["--home", str(tmp_path / "home"), "profile", "test", "--format", "json"]
        assert run([*arguments, str(tmp_path / "a.html")]) == 0
        (article,) = json.loads(capsys.readouterr().out)["statements"]
        (attached,) = [f["value"] for f in article["fields"] if f["field"] == "attachments"]
        return len(attached.split("; "))

    assert taken() == 2
    write(tmp_path / "home", "page", links=1)
    assert taken() == 1


@pytest.mark.parametrize(("table", "name"), sorted(REFUSED))
def test_a_question_over_a_limit_is_refused(
    home: Path, onrecord: Onrecord, table: str, name: str
) -> None:
    value, asked = REFUSED[table, name]
    options = [asked[n : n + 2] for n in range(0, len(asked), 2) if asked[0].startswith("--")]
    address = "&".join(f"{ADDRESSES[o]}={v}" for o, v in options) or f"q={asked[0]}"
    page = f"/search.json?{address}".replace(" ", "+")
    assert onrecord("search", *asked).code == 0
    assert asked_of_the_web(Home(home), page) == 200
    try:
        limited = write(home, table, **{name: value})
        refused = onrecord("search", *asked)
        assert refused.code == ExitCode.USAGE
        assert str(value) in refused.err
        assert asked_of_the_web(limited, page) == 400
    finally:
        (home / "limits.toml").unlink()


def asked_of_the_web(home: Home, address: str) -> int:
    config = _web_config("127.0.0.1", home.question_limits())
    with closing(home.engine()) as engine, home.store(readonly=True) as store:
        return create_app(engine, store, config).test_client().get(address).status_code


def test_the_web_page_states_the_limits_in_force(home: Path) -> None:
    limited = write(home, "question", characters=77, page_size=55, offset=0, prefix_letters=5)
    try:
        config = _web_config("127.0.0.1", limited.question_limits())
    finally:
        (home / "limits.toml").unlink()
    with closing(limited.engine()) as engine, limited.store(readonly=True) as store:
        client = create_app(engine, store, config).test_client()
        assert "77 characters" in client.get("/help").text
        assert "5 letters or more" in client.get("/help").text
        assert 'maxlength="77"' in client.get("/").text
        assert '"maxLength":77' in client.get("/openapi.json").text.replace(" ", "")
        found = client.get("/search?per_page=1").text
        assert "per_page=50" in found
        assert "per_page=100" not in found
        assert "page=2" not in found


def test_what_a_browser_kept_is_not_held_against_other_limits(home: Path) -> None:
    engine, store = Home(home).engine(), Home(home).store(readonly=True)
    with closing(engine), store:
        loose, tight = (
            create_app(engine, store, WebConfig(limits=QuestionLimits(clauses=most))).test_client()
            for most in (20, 1)
        )
        kept = {"If-None-Match": loose.get("/search?q=freedom+radio").headers["ETag"]}
        assert loose.get("/search?q=freedom+radio", headers=kept).status_code == 304
        assert tight.get("/search?q=freedom+radio", headers=kept).status_code == 400


# The file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[pages]\npage_bytes = 1_000",
            "there is no table [pages] of limits: perhaps page is meant; mend",
        ),
        ("[zebra]", "there is no table [zebra] of limits: there are page, worker, question"),
        ("clauses = 5", "clauses stands under no table: write [question] above it"),
        ("page = 5", "“page” is a table: write [page], and its limits below"),
        ("[page]\npage_byte = 5_000", "[page] has no limit page_byte: perhaps page_bytes is meant"),
        ("[page]\nclauses = 5", "[page] has no limit clauses: it belongs under [question]"),
        ("[page]\npage_bytes = '20 MB'", "page_bytes is not a whole number: write it as 20_000"),
        ("[page]\npage_bytes = 2e7", "page_bytes is not a whole number"),
        ("[page]\npage_bytes = true", "page_bytes is not a whole number"),
        ("[worker]\nwall_seconds = [1]", "wall_seconds is not a number"),
        ("[worker]\nwall_seconds = nan", "wall_seconds is nan: it may be from 1 to 86,400"),
        ("[page]\npage_bytes = 0", "page_bytes is 0: it may be from 1,000 to 200,000,000"),
        ("[question]\ndepth = 5000", "depth is 5,000: it may be from 1 to 30"),
        ("[question]\nslop = -1", "slop is -1: it may be from 0 to 50"),
        ("[page", "cannot be read as TOML"),
        ("a=" + "[" * 100_000, "cannot be read as TOML"),
        ("[page]\npage_bytes = 1_000\npage_bytes = 2_000", "cannot be read as TOML"),
    ],
)
def test_what_is_no_limit_is_refused_in_a_sentence(
    home: Path, onrecord: Onrecord, text: str, said: str
) -> None:
    path = home / "limits.toml"
    path.write_text(text, "utf-8")
    try:
        for verb in (["search", "freedom"], ["ingest", str(home)], ["quarantine", "retry"]):
            done = onrecord(*verb)
            assert done.code == ExitCode.USAGE, verb
            assert str(path) in done.err
            assert said in done.err
            assert "`onrecord --home" in done.err
            assert not done.out
        with pytest.raises(CommandError):
            Home(home).question_limits()
    finally:
        path.unlink()


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("limits.toml", "[page]\npages = 1\n", ()),
        ("profiles/own.toml", "name =", ()),
        ("limits.toml", "", ("--profile", "no-such")),
    ],
)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_mistake_makes_no_archive(
    tmp_path: Path, name: str, text: str, options: tuple[str, ...], more: tuple[str, ...]
) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert run(["--home", str(tmp_path), "ingest", str(tmp_path), *options, *more]) == 2
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["limits.toml", "profiles", "speakers.txt"])
def test_a_link_to_nowhere_is_a_mistake(
    home: Path, onrecord: Onrecord, tmp_path: Path, name: str
) -> None:
    (home / name).symlink_to(tmp_path / "gone")
    try:
        done = onrecord("quarantine", "retry")
    finally:
        (home / name).unlink()
    assert done.code == ExitCode.USAGE
    assert str(home / name) in done.err


@pytest.mark.parametrize(("table", "name"), sorted(FIELDS))
def test_the_least_and_the_most_are_possible_and_nothing_beyond(
    tmp_path: Path, table: str, name: str
) -> None:
    bound = bounds_of(KINDS[table])[name]
    assert bound.least <= getattr(KINDS[table](), name) <= bound.most
    for value in (bound.least, bound.most):
        read = getattr(write(tmp_path, table, **{name: value}).limits(), table)
        assert getattr(read, name) == value
    for value in (bound.least - 1, bound.most + 1):
        with pytest.raises(CommandError, match=name):
            write(tmp_path, table, **{name: value}).limits()


def test_limits_lists_what_holds(home: Path, onrecord: Onrecord) -> None:
    write(home, "worker", cpu_seconds=40)
    try:
        rows = json.loads(onrecord("limits", "--format", "json").out)
    finally:
        (home / "limits.toml").unlink()
    assert {(row["table"], row["limit"]) for row in rows} == FIELDS
    (changed,) = [row for row in rows if row["value"] != row["default"]]
    assert (changed["limit"], changed["value"], changed["default"]) == ("cpu_seconds", 40, 15)
    assert rows == [
        {**row, "value": 40} if row["limit"] == "cpu_seconds" else row
        for row in json.loads(onrecord("limits", "--format", "json").out)
    ]
    shown = onrecord("limits")
    assert len(shown.out.splitlines()) == len(FIELDS) + 1
    assert str(home / "limits.toml") in shown.err
    assert len([*settings(Home(home).limits())]) == len(FIELDS)


# From the quarantine into the archive


def test_a_page_that_was_too_large_is_read_once_the_limit_is_raised(tmp_path: Path) -> None:
    title, date, topic, body = PAGES["norway-archive"]
    html = ARTICLE.format(title=title, name="norway", date=date, topic=topic, body=body)
    page = tmp_path / "lantern.example" / "norway.html"
    page.parent.mkdir()
    page.write_text(html + f"<!-- {'x' * 10_000_000} -->", "utf-8")
    here = ("--home", str(tmp_path / "home"))
    assert start(*here, "ingest", str(page)).code == ExitCode.QUARANTINED
    (entry,) = json.loads(start(*here, "quarantine", "list", "--format", "json").out)
    assert "raise page_bytes under [page] in limits.toml" in entry["message"]
    assert start(*here, "quarantine", "retry").code == ExitCode.QUARANTINED
    write(tmp_path / "home", "page", page_bytes=12_000_000)
    retried = start(*here, "quarantine", "retry", "--format", "json")
    assert (retried.code, json.loads(retried.out)["added"]) == (0, 1)
    assert json.loads(start(*here, "quarantine", "list", "--format", "json").out) == []
    assert "Norway" in start(*here, "search", "cellar").out
