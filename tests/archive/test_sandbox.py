from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import PageError, UnreadablePage, WorkerError
from archive.limits import WorkerLimits
from archive.page import Arrival, Page, ReadBefore, UnreadableSource
from archive.sandbox import Sandbox
from tests.archive.hostile import misbehave

LIMITS = WorkerLimits(cpu_seconds=2, memory_bytes=600 << 20)


def pages(*texts: str) -> list[Page]:
    return [Page(f"{number}.html", text.encode()) for number, text in enumerate(texts)]


def reasons(results: list[tuple[Arrival, str | PageError | ReadBefore]]) -> list[str]:
    return [r.reason if isinstance(r, PageError) else str(r) for _, r in results]


def test_results_come_in_the_order_of_the_pages() -> None:
    texts = [f"page {number}" for number in range(40)]
    with Sandbox(misbehave, jobs=3) as sandbox:
        results = list(sandbox.read(pages(*texts)))
    assert [page.path for page, _ in results] == [f"{number}.html" for number in range(40)]
    assert [result for _, result in results] == [f"{text} read" for text in texts]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_takes_only_itself_along(jobs: int) -> None:
    causes = {
        "loop": "cpu",
        "backtrack": "cpu",
        "grow": "memory",
        "grow-at-once": "memory",
        "crash": "crash",
        "leave": "crash",
        "be-killed": "memory",
        "recurse": "depth",
        "bug": "error",
        "refuse": "empty",
        "tell-too-much": "memory",
    }
    asked = [text for cause in causes for text in (cause, "sound")]
    with Sandbox(misbehave, jobs=jobs, limits=LIMITS) as sandbox:
        found = reasons(list(sandbox.read(pages(*asked))))
    assert found == [text for reason in causes.values() for text in (reason, "sound read")]


def test_what_a_page_leaves_behind_does_not_count_against_another_one() -> None:
    with Sandbox(misbehave, limits=LIMITS) as sandbox:
        found = reasons(list(sandbox.read(pages(*["hoard"] * 16, "grow", *["hoard"] * 4))))
    assert found == [*["kept"] * 16, "memory", *["kept"] * 4]


def test_a_page_that_waits_for_ever_is_given_up() -> None:
    limits = WorkerLimits(wall_seconds=1)
    with Sandbox(misbehave, limits=limits) as sandbox:
        assert reasons(list(sandbox.read(pages("sleep", "sound")))) == ["time", "sound read"]


def test_what_is_no_page_s_fault_ends_the_run() -> None:
    with Sandbox(misbehave) as sandbox:
        results = sandbox.read(pages("sound", "import", "sound"))
        assert next(results)[1] == "sound read"
        with pytest.raises(WorkerError, match="onrecord_has_no_such_part"):
            next(results)


SCRIPT = """
from pathlib import Path
from archive.ingest import ingest
from archive.profiles import load_profiles
from archive.store import Store
with Store.open(Path("home"), create=True) as store:
    ingest([Path("page.html")], store, profiles=load_profiles())
"""


def test_workers_that_cannot_start_are_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>They must be released.")
    done = subprocess.run(
        [sys.executable, "-"],
        input=SCRIPT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 1
    assert "WorkerError: a process that reads pages ended before its first page" in done.stderr
    assert "Broken" not in done.stderr


def test_each_page_has_its_own_cpu_time() -> None:
    with Sandbox(misbehave, limits=LIMITS) as sandbox:
        assert reasons(list(sandbox.read(pages(*["work"] * 4)))) == ["work read"] * 4


def test_what_could_not_be_read_passes_through_in_its_place() -> None:
    broken = UnreadableSource("2.html", UnreadablePage("disk error", "io"))
    one, two = pages("one", "two")
    with Sandbox(misbehave, jobs=2) as sandbox:
        assert reasons(list(sandbox.read([one, broken, two]))) == ["one read", "io", "two read"]


def test_memory_is_bounded_behind_a_slow_page() -> None:
    taken: list[int] = []

    def source() -> Iterator[Page]:
        for number, page in enumerate(pages("nap", *["sound"] * 200)):
            taken.append(number)
            yield page

    with Sandbox(misbehave, jobs=2) as sandbox:
        first = next(sandbox.read(source()))
    assert reasons([first]) == ["nap read"]
    assert len(taken) <= 33


def test_few_large_pages_are_held_behind_a_slow_one() -> None:
    taken: list[int] = []

    def source() -> Iterator[Page]:
        for number, page in enumerate(pages("nap", *["sound" + " " * 1_000_000] * 30)):
            taken.append(number)
            yield page

    with Sandbox(misbehave, jobs=2) as sandbox:
        next(sandbox.read(source()))
    assert len(taken) <= 10


def test_pages_given_to_a_worker_together_are_read_though_one_ends_it() -> None:
    sound = ["sound"] * 20
    asked = [*sound, "crash", *sound, "grow-at-once", *sound, "sleep", *sound]
    limits = replace(LIMITS, wall_seconds=3)
    with Sandbox(misbehave, limits=limits) as sandbox:
        found = reasons(list(sandbox.read(pages(*asked))))
    read = ["sound read"] * 20
    assert found == [*read, "crash", *read, "memory", *read, "time", *read]


def test_workers_end_with_the_sandbox_and_ignore_ctrl_c() -> None:
    with Sandbox(misbehave, jobs=2) as sandbox:
        results = sandbox.read(pages("one", "two", "sleep", "sleep"))
        assert next(results)[1] == "one read"
        workers = [worker.process.pid for worker in sandbox._busy.values()]
        assert workers
        for pid in workers:
            assert pid is not None
            os.kill(pid, signal.SIGINT)
        assert next(results)[1] == "two read"
        workers = [worker.process.pid for worker in sandbox._busy.values()]
    for pid in workers:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
