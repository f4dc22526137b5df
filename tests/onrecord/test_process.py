"""The command as a neighbour of others: terminals, pipes, signals, locks."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.store import Store
from tests.onrecord.support import Onrecord, command, environment, start, write_pages


def on_a_terminal(*arguments: str, **changes: str) -> str:
    """What the command writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    changes = {"TERM": "xterm", **changes}
    with subprocess.Popen(
        command(*arguments), stdout=theirs, stderr=subprocess.DEVNULL, env=environment(**changes)
    ):
        os.close(theirs)
        written = b""
        try:
            while chunk := os.read(ours, 65536):
                written += chunk
        except OSError:  # Linux says so that the other side is closed
            pass
    os.close(ours)
    return written.decode()


def test_colour_appears_on_a_terminal_and_nowhere_else(home: Path) -> None:
    arguments = ("--home", str(home), "search", "radio")
    assert "\x1b[" in on_a_terminal(*arguments)
    assert "\x1b[" not in on_a_terminal(*arguments, NO_COLOR="1")
    assert "\x1b[" not in start(*arguments).out


def test_archived_text_cannot_drive_the_terminal(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    page = pages / "lantern.example" / "chad-radio.html"
    hostile = page.read_text("utf-8").replace("silenced", "\x1b]0;owned\x07sil&#155;enced\u202e")
    page.write_text(hostile, "utf-8")
    home = ("--home", str(tmp_path / "home"))
    start(*home, "ingest", str(pages))
    for verb in (["search", "chad"], ["search", "chad", "--kwic"], ["quotes", "holiday"]):
        printed = on_a_terminal(*home, *verb, NO_COLOR="1")
        assert "sil" in printed
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)


@pytest.mark.parametrize("verb", ["search", "export"])
def test_a_closed_pipe_is_the_end_and_no_failure(home: Path, verb: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command("--home", str(home), verb),
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_search_loads_nothing_that_it_does_not_need(home: Path) -> None:
    script = (
        "import sys; from onrecord.cli import run; run(sys.argv[1:]);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--home", str(home), "search", "radio"],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    heavy = {"bs4", "lxml", "trafilatura", "htmldate", "warcio", "flask", "gunicorn", "sqlite3"}
    assert heavy & set(done.stderr.split()) == set()
    assert "Chad" in done.stdout


def test_output_is_utf_8_wherever_it_goes(home: Path) -> None:
    done = start("--home", str(home), "quotes", "letters", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert "“We found letters" in done.out


def test_a_second_writer_learns_who_is_writing(pages: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True):
        done = start("--home", str(tmp_path), "ingest", str(pages))
    assert (done.code, done.out) == (4, "")
    assert str(os.getpid()) in done.err


def test_a_home_on_a_network_file_system_is_read_and_not_written(
    home: Path, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.mounts._file_system_of", lambda *_: "nfs4")
    assert onrecord("search", "radio").code == 0
    for verb in (["ingest", str(home)], ["index", "build"], ["index", "rollback"]):
        done = onrecord(*verb)
        assert (done.code, done.out) == (3, "")
        assert "network file system (nfs4)" in done.err
    assert onrecord("--network-home", "index", "update").code == 0


def test_an_interrupt_within_an_import_ends_with_130_too(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "import onrecord.cli\n"
        "from onrecord.__main__ import main\n"
        "def run():\n"
        "    try:\n"
        "        exec('raise KeyboardInterrupt')  # as dataclasses do, when they are made\n"
        "    except KeyboardInterrupt:\n"
        "        return 130\n"
        "onrecord.cli.run = run\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-m", "interrupted"], cwd=tmp_path, check=False)
    assert done.returncode == 130


def test_a_folder_without_pages_says_what_a_page_is(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "123").write_text("<p>As wget saves it.</p>", "utf-8")
    done = start("--home", str(tmp_path / "home"), "ingest", str(tmp_path / "saved"))
    assert done.code == 0
    assert "No page was found" in done.err
    assert "--adjust-extension" in done.err


def test_an_interrupted_ingest_ends_with_130_and_can_be_run_again(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    for number in range(500):
        write_pages(pages / str(number))
    home = tmp_path / "home"
    arguments = ("--home", str(home), "ingest", "--base-url", "https://lantern.example")
    with subprocess.Popen(
        command(*arguments, str(pages)),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,  # so that Ctrl-C reaches its workers, as in a terminal
    ) as process:
        while not (home / "archive.db").exists():
            time.sleep(0.05)
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert start(*arguments, str(pages / "0")).code == 5
    assert start("--home", str(home), "index", "check").code == 0
