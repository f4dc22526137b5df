"""Searching: what a question costs, ours against its peers.

    python benchmarks/search.py [--documents N] [--real] [--engines own,fts5,…] [--keep FOLDER]

Twelve kinds of questions; for each the engines take turns, so that all see the same weather.
Times are CPU milliseconds, medians. ``page`` is a whole page of results: ten hits, the exact
total, five facets, snippets; ``top`` only ten hits and the total; ``cold`` the first page in
a fresh process, with imports apart and the page cache warm. Each question is asked several times:
``first`` are those pages that an engine has not been asked for before, and for which it can have
kept nothing but the words of others. Totals and facets are compared.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import build
from benchmarks.engines.corpus import read
from benchmarks.engines.peer import FACETS, MODES
from benchmarks.engines.process import ENGINES, Process
from benchmarks.engines.questions import KINDS, Question, choose

Times = dict[str, dict[str, list[float]]]
"""Kind of question -> engine -> CPU milliseconds."""


def main() -> None:
    """Build what is not built yet, ask, compare and print."""
    arguments = _arguments()
    engines: list[str] = arguments.engines.split(",")
    with build.working_folder(arguments.keep) as folder:
        corpus = build.write_corpus(folder, arguments.documents, real_text=arguments.real)
        for engine in engines:
            if not (folder / engine).exists():
                build.measure(engine, corpus, folder)
        sample = (record for record, _ in zip(read(corpus), range(10_000), strict=False))
        questions = choose(sample, arguments.questions)
        report: dict[str, Any] = {"documents": arguments.documents, "real": arguments.real}
        with _processes(engines, folder) as processes:
            for mode in MODES:
                first, times, differences = ask(processes, questions, mode, arguments.repeat)
                if mode == MODES[0]:
                    report["first"] = _medians(first)
                    print_table("first", first, engines)
                report[mode] = _medians(times)
                print_table(mode, times, engines)
                print_differences(differences)
            report["memory_mb"] = many(processes, questions, arguments.mixed)
        report["cold"] = cold(engines, folder, questions)
        print(json.dumps(report))


def ask(
    processes: Sequence[Process], questions: Sequence[Question], mode: str, repeat: int
) -> tuple[Times, Times, dict[str, list[str]]]:
    """CPU times per kind and engine, of the first time and of all others, and where peers found
    something else than we.
    """
    first: Times = defaultdict(lambda: defaultdict(list))
    times: Times = defaultdict(lambda: defaultdict(list))
    differences: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        answers: dict[str, Any] = {}
        for turn in range(repeat + 1):
            for process in processes:
                done = process.call("ask", question=question, mode=mode)
                answers[process.engine] = done["answer"]
                if done["answer"] is not None:
                    taken = (times if turn else first)[question["kind"]][process.engine]
                    taken.append(done["cpu"] * 1000)
        own = answers.pop("own", None)
        for engine, answer in answers.items():
            if own and answer:
                differences[engine] += _differences(question, own, answer)
    return first, times, differences


def many(processes: Sequence[Process], questions: Sequence[Question], count: int) -> dict[str, Any]:
    """Memory of our searching process after many mixed questions."""
    own = next((process for process in processes if process.engine == "own"), None)
    if own is None or not count:
        return {}
    for at in range(count):
        done = own.call("ask", question=questions[at % len(questions)], mode=MODES[at % 2])
    found = {name: done[name] for name in ("rss", "files", "peak")}
    print(f"memory after {count:,} mixed questions: {found}")
    return found


def cold(engines: Sequence[str], folder: Path, questions: Sequence[Question]) -> dict[str, float]:
    """CPU milliseconds to open the index and answer a first page, in a fresh process."""
    times: dict[str, list[float]] = defaultdict(list)
    for question in questions[: 3 * len(KINDS)]:
        if question["kind"] == "fuzzy":
            continue
        for engine in engines:
            with _processes([engine], folder) as (process,):
                done = process.call("ask", question=question, mode="page")
                times[engine].append((done["cpu"] + process.opening) * 1000)
    medians = {engine: round(statistics.median(found), 1) for engine, found in times.items()}
    print(f"cold page, with opening the index, ms: {medians}")
    return medians


def print_table(mode: str, times: Times, engines: Sequence[str]) -> None:
    """A line per kind: milliseconds, then how many times longer each peer takes."""
    peers = [engine for engine in engines if engine != "own"]
    print(f"\n{mode:9}" + "".join(f"{engine:>10}" for engine in engines), end="  ")
    print("".join(f"{f'{peer}/own':>12}" for peer in peers))
    ratios: dict[str, list[float]] = defaultdict(list)
    for kind, found in times.items():
        medians = {engine: statistics.median(values) for engine, values in found.items()}
        line = "".join(f"{medians.get(engine, math.nan):10.2f}" for engine in engines) + "  "
        for peer in peers:
            ratio = medians.get(peer, math.nan) / medians.get("own", math.nan)
            line += f"{ratio:12.2f}"
            if not math.isnan(ratio):
                ratios[peer].append(ratio)
        print(f"{kind:9}{line}")
    means = "".join(f"{statistics.geometric_mean(ratios[peer]):12.2f}" for peer in peers)
    print(f"{'geometric mean':{11 + 10 * len(engines)}}{means}")
    print(f"{'95 % below':9}" + "".join(f"{_high(times, engine):10.2f}" for engine in engines)[1:])


def _high(times: Times, engine: str) -> float:
    """What nineteen of twenty answers of an engine stay below, all kinds of questions alike."""
    every = [took for found in times.values() for took in found.get(engine, ())]
    return statistics.quantiles(every, n=20)[-1] if len(every) > 1 else math.nan


def print_differences(differences: dict[str, list[str]]) -> None:
    """How many answers differ, with the first few."""
    for engine, found in differences.items():
        print(f"{engine}: {len(found)} differences {found[:3] or ''}")


def _differences(question: Question, own: dict[str, Any], peer: dict[str, Any]) -> Iterator[str]:
    what = f"{question['kind']} {' '.join(question['words'])}"
    if own["total"] != peer["total"]:
        yield f"{what}: {own['total']} hits, not {peer['total']}"
    elif "facets" in own:
        for facet in FACETS:
            # Our counts leave a facet's own selection out, as the design wants it.
            if (question["kind"], facet) not in (("date", "year"), ("country", "country")):
                counted, others = own["facets"][facet], peer["facets"][facet]
                if not _agree(counted, others):
                    yield f"{what}: {facet}"


def _agree(own: dict[str, int], peer: dict[str, int]) -> bool:
    """Whether the counts are the same. Of values with the same count either may be shown."""
    shown = min(len(own), len(peer))
    highest = [sorted(counts.values(), reverse=True)[:shown] for counts in (own, peer)]
    both = own.keys() & peer.keys()
    return highest[0] == highest[1] and all(own[value] == peer[value] for value in both)


def _medians(times: Times) -> dict[str, dict[str, float]]:
    return {
        kind: {engine: round(statistics.median(values), 3) for engine, values in found.items()}
        for kind, found in times.items()
    }


@contextlib.contextmanager
def _processes(engines: Sequence[str], folder: Path) -> Iterator[list[Process]]:
    processes = [Process(engine) for engine in engines]
    try:
        for process in processes:
            process.opening = process.call("open", path=str(folder / process.engine))["cpu"]
        yield processes
    finally:
        for process in processes:
            process.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument(
        "--real", action="store_true", help="press releases of the development data"
    )
    parser.add_argument("--engines", default="own,fts5,tantivy", help=",".join(ENGINES))
    parser.add_argument("--keep", type=Path, help="where corpus and indexes lie, or are left")
    parser.add_argument("--questions", type=int, default=5, help="of each kind")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--mixed", type=int, default=1_000, help="questions before memory is read")
    return parser.parse_args()


if __name__ == "__main__":
    main()
