"""Floors under the figures of ``benchmarks/extraction.py``. They only go up."""

import runpy
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "extraction.py"
FLOORS = {
    "seed: entries": 1.0,
    "seed: dates": 1.0,
    "seed: listed under the heading's country": 1.0,
    "amnesty_org (profile): pages with the right number of rows": 1.0,
    "amnesty_org (profile): all": 1.0,
    "amnesty_org (generic): all": 0.99,
    "amnesty_org: error files refused": 1.0,
    "drupal: pages with the right number of rows": 0.977,
    "drupal: rows with a date": 0.99,
    "un_ep_press (profile): article": 1.0,
    "un_ep_press (profile): title": 1.0,
    "un_ep_press (profile): date": 1.0,
    "un_ep_press (generic): title": 1.0,
    "un_ep_press (generic): date": 1.0,
    "un_ep_press (profile): body F1": 0.985,
    "un_ep_press (profile): body F1 of letters": 0.99,
    "un_ep_press (generic): body F1": 0.979,
    "un_ep_press (generic): body F1 of letters": 0.985,
    "un_ep_press (profile): body F1, other fields apart": 0.999,
    "un_ep_press (generic): body F1, other fields apart": 0.99,
    "un_ep_press_textpairs: body F1": 0.965,
    "un_ep_press_textpairs: body F1 of letters": 0.975,
}


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    benchmark: dict[str, Any] = runpy.run_path(str(BENCHMARK))
    data: Path = benchmark["DATA"]
    if not data.is_dir():
        pytest.skip(f"the development data is not at {data}")
    return {
        measure.name: measure.share
        for measuring in benchmark["MEASURES"]
        for measure in measuring(data)
    }


@pytest.mark.shared
@pytest.mark.parametrize("name", FLOORS)
def test_quality_does_not_fall(shares: dict[str, float], name: str) -> None:
    assert shares[name] >= FLOORS[name]
