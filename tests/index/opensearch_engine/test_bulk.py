"""Many records through a line that fails: every one arrives, or is reported.

The failures come from a proxy in front of the real server (see its module).
"""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from index.errors import EngineUnavailable, IndexMissing, WriteRefused
from index.opensearch_engine import bulk
from index.opensearch_engine.bulk import ATTEMPTS, Bulk, Report
from index.opensearch_engine.location import Location, parse_location
from index.opensearch_engine.records import Record
from tests import opensearch_server
from tests.index.opensearch_engine.proxy import (
    Answer,
    Behaviour,
    Forward,
    Proxy,
    Request,
    broken,
    proxied,
)

pytestmark = pytest.mark.opensearch

RECORDS = [Record(f"r{n}", f"r{n}", json.dumps({"n": n}).encode()) for n in range(95)]


@pytest.fixture
def location() -> Iterator[Location]:
    with opensearch_server.place() as text, opensearch_server.client() as server:
        location = parse_location(text)
        strict = {"dynamic": "strict", "properties": {"n": {"type": "integer"}}}
        body = {"mappings": strict, "aliases": {location.alias: {}}}
        server.indices.create(index=f"{location.alias}-x", body=body)
        yield location


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK_RECORDS", 10)


def held(location: Location) -> set[str]:
    with opensearch_server.client() as server:
        server.indices.refresh(index=location.alias)
        hits = server.search(index=location.alias, body={"size": 1000})["hits"]["hits"]
    return {hit["_id"] for hit in hits}


def send(location: Location, behaviour: Behaviour, records: list[Record]) -> tuple[Report, Proxy]:
    pauses: list[float] = []
    with proxied(opensearch_server.require(), behaviour) as proxy:
        client = OpenSearch(hosts=[proxy.url], max_retries=0, timeout=20)
        report = Bulk(client, location, location.alias, sleep=pauses.append).send(records)
        client.close()
    assert len(pauses) <= len(proxy.requests)
    return report, proxy


def ids(request: Request) -> list[str]:
    """The records of a request, by its actions."""
    return [json.loads(line)["index"]["_id"] for line in request.body.splitlines()[::2]]


def refuse_some(request: Request, forward: Forward) -> Answer:
    """The real server writes everything but each fifth record of a chunk of more."""
    lines = request.body.splitlines()
    kept, refused = b"", []
    for number, (action, source) in enumerate(zip(lines[::2], lines[1::2], strict=True)):
        if number % 5 == 4:
            refused.append(json.loads(action)["index"]["_id"])
        else:
            kept += action + b"\n" + source + b"\n"
    answer = json.loads(forward(kept).body)
    error = {"type": "rejected_execution_exception", "reason": "busy"}
    answer["items"] += [{"index": {"_id": i, "status": 429, "error": error}} for i in refused]
    answer["errors"] = answer["errors"] or bool(refused)
    return Answer(200, json.dumps(answer).encode())


def test_records_refused_one_by_one_are_sent_again_alone(location: Location) -> None:
    report, proxy = send(location, refuse_some, RECORDS)
    assert held(location) == {record.key for record in RECORDS}
    assert (report.sent, report.failed) == (95, ())
    assert report.again == sum(len(RECORDS[n : n + 10]) // 5 for n in range(0, 95, 10))
    assert len(proxy.requests) == 20


@pytest.mark.parametrize("status", [0, 429, 502, 503, 504])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_chunk_without_an_answer_is_sent_again(
    location: Location, status: int, *, after: bool
) -> None:
    """Whether the server had written it when the line broke, or had not."""

    attempts: Counter[str] = Counter()

    def behaviour(request: Request, forward: Forward) -> Answer:
        chunk = ids(request)[0]
        attempts[chunk] += 1
        if attempts[chunk] == 3:
            return forward()
        if after:
            forward()
        return broken(status) if status else Answer(0)

    report, _ = send(location, behaviour, RECORDS)
    assert held(location) == {record.key for record in RECORDS}
    assert (report.sent, report.again, report.failed) == (95, 190, ())


def test_a_server_that_stays_busy_is_reported_record_by_record(location: Location) -> None:
    def behaviour(request: Request, forward: Forward) -> Answer:
        error = {"type": "rejected_execution_exception", "reason": "busy"}
        items = [{"index": {"_id": i, "status": 429, "error": error}} for i in ids(request)]
        return Answer(200, json.dumps({"errors": True, "items": items}).encode())

    report, proxy = send(location, behaviour, RECORDS[:10])
    assert len(proxy.requests) == ATTEMPTS
    assert {failure.key for failure in report.failed} == {record.key for record in RECORDS[:10]}
    with pytest.raises(EngineUnavailable, match="did not take 10 of 10"):
        report.require_success(location)


def test_a_server_that_stays_away_is_unavailable(location: Location) -> None:
    with pytest.raises(EngineUnavailable):
        send(location, lambda request, forward: Answer(0), RECORDS[:10])


def test_a_record_that_is_refused_for_good_is_not_sent_again(location: Location) -> None:
    bad = Record("bad", "bad", b'{"unheard-of": 1}')
    report, proxy = send(location, lambda request, forward: forward(), [*RECORDS[:5], bad])
    assert [failure.key for failure in report.failed] == ["bad"]
    assert len(proxy.requests) == 1
    assert held(location) == {record.key for record in RECORDS[:5]}
    with pytest.raises(WriteRefused, match="strict_dynamic_mapping_exception"):
        report.require_success(location)


def test_too_large_a_request_is_halved(location: Location) -> None:
    def behaviour(request: Request, forward: Forward) -> Answer:
        return Answer(413) if len(request.body.splitlines()) > 6 else forward()

    report, _ = send(location, behaviour, RECORDS)
    assert report.failed == ()
    assert held(location) == {record.key for record in RECORDS}


def test_two_versions_of_a_record_keep_their_order(location: Location) -> None:
    versions = [Record("r", "r", json.dumps({"n": n}).encode()) for n in range(30)]

    def behaviour(request: Request, forward: Forward) -> Answer:
        return forward() if request.number % 2 else broken(503)

    send(location, behaviour, versions)
    with opensearch_server.client() as server:
        assert server.get(index=location.alias, id="r", routing="r")["_source"] == {"n": 29}


def test_nothing_is_written_where_the_alias_is_missing(location: Location) -> None:
    with opensearch_server.client() as server:
        server.indices.delete(index=f"{location.alias}-x")
        report = Bulk(server, location, location.alias).send(RECORDS[:3])
        assert {failure.status for failure in report.failed} == {404}
        assert not server.indices.exists(index=location.alias)
    with pytest.raises((IndexMissing, WriteRefused)):
        report.require_success(location)
