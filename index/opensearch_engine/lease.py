"""One writer at a time, wherever it runs: a lease that a dead one cannot hold for ever.

It is a record in the index ``alias-lease``. Who holds it renews it while working; once it has
run out, the next one takes it over, which the server grants to one only (``if_seq_no``). It is the
writers' clocks that are compared, so they should be right within a minute.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy import exceptions as client_errors

from index.errors import IndexLocked
from index.opensearch_engine.connection import translated
from index.opensearch_engine.location import Location

SECONDS = 300
"""How long a lease lasts without being renewed."""

_RENEW = 30
_KEY = "writer"
_BODY = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "holder": {"type": "keyword"},
            "until": {"type": "date", "format": "epoch_second"},
        },
    },
}


class Lease:
    """The right to write. Call :meth:`renew` now and then."""

    def __init__(self, client: OpenSearch, location: Location) -> None:
        self._client = client
        self._location = location
        self._index = f"{location.alias}-lease"
        self._version = self._take()
        self._renewed = time.monotonic()

    def renew(self) -> None:
        """Keep it, if some time has passed. Raises IndexLocked when another one has taken it."""
        if time.monotonic() - self._renewed < _RENEW:
            return
        with translated(self._location):
            try:
                self._version = self._write(self._version)
            except client_errors.ConflictError:
                raise self._locked(None) from None
        self._renewed = time.monotonic()

    def release(self) -> None:
        """Let the next one write. Where that cannot be said, the lease runs out by itself."""
        with suppress(client_errors.OpenSearchException):
            self._client.delete(index=self._index, id=_KEY, params=self._version)

    def _take(self) -> dict[str, Any]:
        with translated(self._location):
            if not self._client.indices.exists(index=self._index):
                self._make_index()
            try:
                return self._write({"op_type": "create"})
            except client_errors.ConflictError:
                held = self._client.get(index=self._index, id=_KEY, params={"realtime": "true"})
            if held["_source"]["until"] > time.time():
                raise self._locked(held["_source"])
            seen = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
            try:
                return self._write(seen)
            except client_errors.ConflictError:
                raise self._locked(None) from None

    def _write(self, condition: dict[str, Any]) -> dict[str, Any]:
        held = {
            "holder": f"{socket.gethostname()} process {os.getpid()}",
            "until": int(time.time()) + SECONDS,
        }
        done = self._client.index(index=self._index, id=_KEY, body=held, params=condition)
        return {"if_seq_no": done["_seq_no"], "if_primary_term": done["_primary_term"]}

    def _make_index(self) -> None:
        try:
            self._client.indices.create(index=self._index, body=_BODY)
        except client_errors.RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    def _locked(self, held: dict[str, Any] | None) -> IndexLocked:
        if held is None:
            return IndexLocked(f"Another writer has taken over {self._location}. Try again later.")
        until = dt.datetime.fromtimestamp(held["until"], dt.UTC).strftime("%H:%M:%S UTC")
        return IndexLocked(
            f"{held['holder']} is writing to {self._location}. Try again when it is done; if it "
            f"has died, from {until} on."
        )


@contextmanager
def lease(client: OpenSearch, location: Location) -> Iterator[Lease]:
    """A lease for the time of the block. Raises IndexLocked."""
    held = Lease(client, location)
    try:
        yield held
    finally:
        held.release()
