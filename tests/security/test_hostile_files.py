"""Every file is accounted for, and none costs more than its worker may use."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from archive.errors import PageError
from archive.ingest import read_page
from archive.limits import LIMITS as OF_A_PAGE
from archive.limits import WorkerLimits
from archive.page import Page, ReadBefore
from archive.profiles import load_profiles
from archive.sandbox import Sandbox
from archive.sources import read_pages
from tests.onrecord.support import Done, start
from tests.security.hostile_files import ARCHIVES, PAGES, SECRET, Shape, plant, write_all

SMALL = 0.002
LIMITS = WorkerLimits()


def report_of(done: Done) -> dict[str, int]:
    """The report of an ingest, once it adds up."""
    assert done.code in (0, 5), done.err
    assert "Traceback" not in done.err
    report: dict[str, int] = json.loads(done.out)
    statements = ("added", "changed", "unchanged", "duplicate", "quarantined")
    assert report["seen"] == sum(report[name] for name in statements)
    return report


def ingest(home: Path, folder: Path) -> dict[str, int]:
    arguments = ("ingest", str(folder), "--no-index", "--format", "json", "--jobs", "2")
    return report_of(start("--home", str(home), *arguments))


def quarantined(home: Path) -> list[dict[str, str]]:
    listed = start("--home", str(home), "quarantine", "list", "--format", "json")
    assert listed.code == 0
    entries: list[dict[str, str]] = json.loads(listed.out)
    return entries


def test_there_are_enough() -> None:
    assert len(PAGES) + len(ARCHIVES) >= 60


def test_every_hostile_page_is_accounted_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_all(tmp_path / "pages", PAGES, SMALL)
    report = ingest(home, tmp_path / "pages")
    assert report["pages"] == len(PAGES)
    entries = quarantined(home)
    assert len(entries) == report["quarantined"] > 10
    assert all(entry["reason"] and entry["message"] for entry in entries)
    retried = start("--home", str(home), "quarantine", "retry", "--format", "json")
    assert report_of(retried)["quarantined"] == len(entries)
    shown = start("--home", str(home), "quarantine", "show", entries[0]["id"])
    assert entries[0]["reason"] in shown.out


def test_every_hostile_archive_is_accounted_for(tmp_path: Path) -> None:
    write_all(tmp_path / "pages", ARCHIVES, SMALL)
    (tmp_path / "pages" / "good.html").write_text("<p>They must be released.")
    report = ingest(tmp_path / "home", tmp_path / "pages")
    assert report["quarantined"] > 15
    assert report["added"] >= 1


def test_links_devices_and_names_are_accounted_for(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "pages"
    plant(folder, tmp_path / "outside")
    report = ingest(home, folder)
    reasons = {Path(e["path"]).name: e["reason"] for e in quarantined(home)}
    assert reasons == {
        "circle.html": "link-outside",
        "device.htm": "no-regular-file",
        "elsewhere": "link-outside",
        "everything": "link-outside",
        "out.html": "link-outside",
        "passwd.html": "link-outside",
        "pipe.html": "no-regular-file",
        "socket.html": "unreadable-file",
        "zero.html": "link-outside",
    }
    assert report["pages"] == len(reasons) + 4
    assert SECRET not in (home / "archive.db").read_bytes()
    # The names of files, which a page's author chose, cannot drive a terminal.
    listed = start("--home", str(home), "quarantine", "list")
    assert "\x1b" not in listed.out


def _measured(page: Page, read: Callable[[Page], object]) -> tuple[float, int]:
    """CPU seconds and peak bytes of a worker for this page."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    read(page)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, after.ru_maxrss << 10


def _write_apart(path: Path, make: Shape) -> None:
    """Make a file in another process: what that takes is not what reading takes."""
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
        return
    try:
        path.write_bytes(make(1))
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "shapes",
    [ARCHIVES, *(dict(list(PAGES.items())[part::4]) for part in range(4))],
    ids=["archives", "pages-0", "pages-1", "pages-2", "pages-3"],
)
def test_no_file_costs_more_than_a_worker_may_use(tmp_path: Path, shapes: dict[str, Shape]) -> None:
    """Prints what each costs: -s shows it."""
    read = partial(
        _measured, read=partial(read_page, profiles=load_profiles(), profile=None, limits=OF_A_PAGE)
    )
    for name, make in shapes.items():
        path = tmp_path / name
        _write_apart(path, make)
        # What happens in this process is reading and unpacking alone.
        before = time.process_time()
        with Sandbox(read, limits=LIMITS) as sandbox:
            results = [result for _, result in sandbox.read(read_pages([path]))]
        here = time.process_time() - before
        path.unlink()
        assert results
        assert here < LIMITS.cpu_seconds, name
        for result in results[:5]:
            if isinstance(result, PageError):
                print(f"{name:24} {result.reason:16} {here:5.1f} s here")  # noqa: T201 (figures)
            else:
                assert not isinstance(result, ReadBefore)
                cpu, memory = result
                used = f"{cpu:6.1f} s {memory >> 20:5} MiB"
                print(f"{name:24} {used} {here:5.1f} s here")  # noqa: T201 (figures)
                assert cpu <= LIMITS.cpu_seconds + 1, name
                assert memory <= LIMITS.memory_bytes, name
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    print(f"this process: {peak >> 20} MiB")  # noqa: T201 (figures)
    assert peak < LIMITS.memory_bytes
