"""What can go wrong, as the real server says it, in the words of index.errors."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.credentials import Credentials
from index.errors import (
    BadQuery,
    EngineRefused,
    EngineUnavailable,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    QueryLimit,
    SearchError,
)
from index.open import open_engine, open_writer
from index.opensearch_engine.connection import translated
from index.opensearch_engine.engine import OpenSearchEngine
from index.opensearch_engine.location import parse_location
from index.query import Query
from tests import opensearch_server
from tests.index.documents import ARCHIVE
from tests.index.opensearch_engine.proxy import Answer, Forward, Request, broken, proxied

pytestmark = pytest.mark.opensearch


@pytest.fixture
def location() -> Iterator[str]:
    with opensearch_server.place() as location:
        open_writer(location).rebuild(ARCHIVE, revision=1, extractor_version="1")
        yield location


def concrete(location: str) -> str:
    return f"{parse_location(location).alias}-gen-000001"


def test_no_server_is_unavailable() -> None:
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        location = f"opensearch+http://127.0.0.1:{taken.getsockname()[1]}/news"
        with pytest.raises(EngineUnavailable, match="does not answer"):
            open_engine(location)
        with pytest.raises(EngineUnavailable, match="does not answer"):
            open_writer(location).rollback()


def test_no_index_is_missing() -> None:
    with opensearch_server.place() as location:
        with pytest.raises(IndexMissing, match="onrecord index build"):
            open_engine(location)
        writer = open_writer(location)
        with pytest.raises(IndexMissing):
            writer.update([], revision=1, extractor_version="1")
        with pytest.raises(IndexMissing):
            writer.rollback()


def test_an_index_that_was_removed_is_missing_or_damaged(location: str) -> None:
    engine = open_engine(location)
    with opensearch_server.client() as server:
        server.indices.delete(index=concrete(location))
    with pytest.raises((IndexMissing, IndexDamaged), match="onrecord index build"):
        engine.search(Query())


def test_an_index_of_another_version_is_a_mismatch(location: str) -> None:
    with opensearch_server.client() as server:
        meta = {"_meta": {"onrecord": {"schema": 0}}}
        server.indices.put_mapping(index=concrete(location), body=meta)
    with pytest.raises(IndexMismatch, match="another version"):
        open_engine(location)


def test_an_index_of_somebody_else_is_a_mismatch() -> None:
    with opensearch_server.place() as location, opensearch_server.client() as server:
        alias = parse_location(location).alias
        server.indices.create(index=f"{alias}-x", body={"aliases": {alias: {}}})
        with pytest.raises(IndexMismatch, match="not written by this program"):
            open_engine(location)


def test_an_alias_of_several_indices_is_damage(location: str) -> None:
    alias = parse_location(location).alias
    with opensearch_server.client() as server:
        server.indices.create(index=f"{alias}-x", body={"aliases": {alias: {}}})
    with pytest.raises(IndexDamaged, match="several indices"):
        open_engine(location)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"from": 200_000, "size": 1}, QueryLimit),
        ({"query": {"terms": {"id": [str(n) for n in range(70_000)]}}}, BadQuery),
        ({"query": {"nonsense": {}}}, BadQuery),
        ({"query": {"regexp": {"documents_text": "("}}}, BadQuery),
    ],
)
def test_what_the_server_does_not_accept(
    location: str, body: dict[str, object], error: type[SearchError]
) -> None:
    engine = open_engine(location)
    assert isinstance(engine, OpenSearchEngine)
    server = engine._held.server
    with pytest.raises(error):
        server.search(body)
    with pytest.raises(error):
        server.search_all([body])


def test_a_field_that_is_not_in_the_mapping_is_a_mismatch(location: str) -> None:
    with (
        opensearch_server.client() as server,
        pytest.raises(IndexMismatch, match="index build"),
        translated(parse_location(location)),
    ):
        server.index(index=concrete(location), body={"unheard-of": 1})


def test_a_closed_index_is_an_error_and_not_an_empty_answer(location: str) -> None:
    engine = open_engine(location)
    with opensearch_server.client() as server:
        server.indices.close(index=concrete(location))
    with pytest.raises(SearchError):
        engine.search(Query())


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, EngineRefused),
        (403, EngineRefused),
        (429, EngineUnavailable),
        (500, EngineUnavailable),
        (503, EngineUnavailable),
    ],
)
def test_answers_that_a_proxy_makes_up(
    location: str, status: int, error: type[SearchError]
) -> None:
    def behaviour(request: Request, forward: Forward) -> Answer:
        return broken(status) if "_search" in request.path else forward()

    alias = parse_location(location).alias
    with proxied(opensearch_server.require(), behaviour) as proxy:
        engine = open_engine(f"opensearch+{proxy.url}/{alias}")
        with pytest.raises(error) as caught:
            engine.search(Query())
        assert type(caught.value) is error


def test_a_partial_answer_is_an_error(location: str) -> None:
    def behaviour(request: Request, forward: Forward) -> Answer:
        answer = forward()
        if not request.path.endswith("true") and "_search" not in request.path:
            return answer
        return replace(answer, body=answer.body.replace(b'"timed_out":false', b'"timed_out":true'))

    alias = parse_location(location).alias
    with proxied(opensearch_server.require(), behaviour) as proxy:
        engine = open_engine(f"opensearch+{proxy.url}/{alias}")
        with pytest.raises(EngineUnavailable, match="a part of"):
            engine.search(Query())


def test_a_server_without_a_certificate_is_refused() -> None:
    """It speaks plain HTTP where TLS is asked for: nothing is sent in the open."""
    url = opensearch_server.require().removeprefix("http://")
    with pytest.raises(EngineUnavailable) as caught:
        open_engine(f"opensearch+https://{url}/news", Credentials("reader", "hunter2"))
    assert "hunter2" not in str(caught.value)
