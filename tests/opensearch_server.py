"""The OpenSearch server that the tests ask, and places on it.

It is found once: the running one at ``ONRECORD_TEST_OPENSEARCH_URL``, or a node of our own from a
distribution that is there (see :mod:`tests.opensearch_node`), ended with the process. Without one a
test is skipped with the reason; with ``ONRECORD_REQUIRE_OPENSEARCH=1``, as in CI, it fails.
"""

from __future__ import annotations

import atexit
import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

import pytest
from opensearchpy import OpenSearch

from tests import opensearch_node
from tests.opensearch_distribution import PLAIN, NoServer

_numbers = itertools.count(1)


@contextmanager
def place(options: str = "") -> Iterator[str]:
    """A location on the server with an alias of its own, removed afterwards."""
    url = require()
    alias = f"onrecord-test-{os.getpid()}-{next(_numbers)}"
    try:
        yield f"opensearch+{url}/{alias}{options}"
    finally:
        with client() as server:
            server.indices.delete(index=f"{alias}-*")


@contextmanager
def client() -> Iterator[OpenSearch]:
    """The server without On Record in between."""
    server = OpenSearch(hosts=[require()], timeout=60)
    try:
        yield server
    finally:
        server.close()


def require() -> str:
    """The URL of a server. Skips the test where there is none, or fails it."""
    url, reason = _find()
    if url:
        return url
    if os.environ.get("ONRECORD_REQUIRE_OPENSEARCH"):
        pytest.fail(f"no OpenSearch server: {reason}")
    pytest.skip(f"no OpenSearch server: {reason}")


@cache
def _find() -> tuple[str | None, str]:
    """The URL, or why there is none."""
    given = os.environ.get("ONRECORD_TEST_OPENSEARCH_URL")
    if given:
        return given.rstrip("/"), ""
    if not PLAIN.is_here() and not os.environ.get("ONRECORD_REQUIRE_OPENSEARCH"):
        return None, "none was fetched (python -m tests.opensearch_node fetch)"
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(opensearch_node.running())
        except NoServer as error:
            return None, str(error)
        atexit.register(stack.pop_all().close)
        return cluster.urls[0], ""
