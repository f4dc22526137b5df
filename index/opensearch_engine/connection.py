"""The client, and what can go wrong with it, in the words of :mod:`index.errors`.

===========================================  ===============================================
the server or the connection                 becomes
===========================================  ===============================================
no answer, timeout, 429, 502–504, 5xx        EngineUnavailable
certificate not trusted, 401, 403            EngineRefused
no such index or alias                       IndexMissing
result window, too many clauses              QueryLimit
a field that is not in the mapping           IndexMismatch
any other 400                                BadQuery
===========================================  ===============================================
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy import exceptions as server

from index.credentials import Credentials
from index.errors import (
    BadQuery,
    EngineRefused,
    EngineUnavailable,
    IndexMismatch,
    IndexMissing,
    QueryLimit,
    SearchError,
)
from index.opensearch_engine.location import Location, check_credentials

TIMEOUT = 60
"""Seconds that one answer may take."""

RETRIES = 3
"""How often a question goes to another node when one does not answer."""

FAILED = (500, 502, 503, 504)
"""The status of what another node may know: 500 is also what is said of a question whose other half
was on a node that has just died.
"""

BUSY = frozenset({429, 502, 503, 504})
"""The status of what is worth asking again."""

_LIMITS = ("too_many_clauses", "too_many_nested_clauses", "Result window is too large")
_SCHEMA = ("strict_dynamic_mapping_exception", "mapper_parsing_exception")


def connect(location: Location, credentials: Credentials) -> OpenSearch:
    """A client; nothing is sent yet. Raises Unsupported where a password would be seen."""
    check_credentials(location, credentials)
    login = (credentials.user, credentials.password or "") if credentials.user else None
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in location.hosts],
        http_auth=login,
        use_ssl=location.secure,
        verify_certs=location.secure,
        ssl_show_warn=False,
        ca_certs=credentials.ca_file if location.secure else None,
        timeout=TIMEOUT,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=FAILED,
        http_compress=not location.loopback,
    )


@contextmanager
def translated(location: Location) -> Iterator[None]:
    """What fails inside, in our words."""
    try:
        yield
    except server.OpenSearchException as error:
        raise translate(error, location) from error


def translate(error: Exception, location: Location) -> SearchError:
    """Our error for one of the client's."""
    if isinstance(error, server.SSLError):
        return EngineRefused(
            f"{location} does not prove who it is ({_reason(error)}): check its certificate, or "
            "name its authority's in ONRECORD_ENGINE_CA."
        )
    if isinstance(error, server.ConnectionError):  # timeouts too
        return EngineUnavailable(
            f"{location} does not answer ({_reason(error)}): does it run, and is this its address?"
        )
    if not isinstance(error, server.TransportError):
        return EngineUnavailable(f"{location} said what nobody understands: {error}.")
    return _of_status(error, location)


def failed_item(item: dict[str, Any], location: Location) -> SearchError:
    """Our error for one answer of several that is an error."""
    error = server.TransportError(item["status"], item["error"]["type"], item)
    return _of_status(error, location)


def _of_status(error: server.TransportError, location: Location) -> SearchError:
    status, said = error.status_code, _reason(error)
    everything = f"{error.error} {error.info}"
    if status == 401:
        return EngineRefused(
            f"{location} does not let us in: check user and password in "
            "ONRECORD_ENGINE_CREDENTIALS."
        )
    if status == 403:
        return EngineRefused(
            f"{location} does not allow this user to do that ({said or status}): give it the "
            "rights that docs/scaling.md names."
        )
    if status == 404:
        return IndexMissing(f"{location} has no index yet ({said}). Run: onrecord index build")
    if any(sign in everything for sign in _SCHEMA):
        return IndexMismatch(
            f"the index at {location} has other fields than this version writes ({said}). "
            "Run: onrecord index build"
        )
    if any(sign in everything for sign in _LIMITS):
        return QueryLimit(f"the question is too large for {location} ({said}): ask for less.")
    if status == 400:
        return BadQuery(f"{location} does not understand the question: {said}.")
    return EngineUnavailable(f"{location} cannot answer now ({status}, {said}): try again later.")


def _reason(error: server.TransportError) -> str:
    """Why, shortly: the innermost cause that the server names."""
    info: Any = error.info
    if isinstance(info, dict) and isinstance(info.get("error"), dict):
        cause = info["error"]
        causes = [*cause.get("root_cause", ()), cause]
        return str(causes[0].get("reason") or causes[0].get("type"))[:200]
    return str(error.error)[:200]
