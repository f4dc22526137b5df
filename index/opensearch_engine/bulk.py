"""Many records to the server, in order, as fast as it takes them.

Records go in chunks of a few megabytes. While the server works on some (:data:`SENDERS`), the next
is made, and no more than these are in memory: that is the back-pressure. A record that the server
was too busy for (429) is sent again by itself, a chunk whose answer was lost (no connection,
502–504) as a whole: ids make that harmless. What the server refuses for good is reported.

Two versions of one record are never under way at once, so that the later one stays.
"""

from __future__ import annotations

import json
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy import exceptions as client_errors

from index.errors import EngineUnavailable, WriteRefused
from index.opensearch_engine.connection import BUSY, TIMEOUT, translate
from index.opensearch_engine.location import Location
from index.opensearch_engine.records import Record

CHUNK_BYTES = 4 << 20
CHUNK_RECORDS = 1_000

SENDERS = 2
"""Chunks that the server works on at once: more would keep it from answering readers."""

ATTEMPTS = 8
"""How often one record is sent: with these pauses for about a minute."""

_PATIENCE = "15s"
"""How long the server waits for a shard that is on no node, before it says so."""

_PAUSE = 0.5
_LONGEST_PAUSE = 20.0
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not be written, and why."""

    key: str
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the records: ``sent`` for the first time, ``again`` in addition."""

    sent: int = 0
    again: int = 0
    failed: tuple[Failure, ...] = ()

    def __add__(self, other: Report) -> Report:
        return Report(self.sent + other.sent, self.again + other.again, self.failed + other.failed)

    def require_success(self, location: Location) -> None:
        """Raises WriteRefused, or EngineUnavailable where the server was only too busy."""
        if not self.failed:
            return
        some = "; ".join(f"{f.key}: {f.reason} ({f.status})" for f in self.failed[:_SHOWN])
        more = f" and {len(self.failed) - _SHOWN} more" if len(self.failed) > _SHOWN else ""
        message = f"{location} did not take {len(self.failed)} of {self.sent} records: {some}{more}"
        if all(failure.status in BUSY for failure in self.failed):
            raise EngineUnavailable(f"{message}. Try again when it has less to do.")
        raise WriteRefused(f"{message}. Nothing was switched over; see the server's log.")


class Bulk:
    """Sends records to one index or alias, which must exist (``require_alias``)."""

    def __init__(
        self,
        client: OpenSearch,
        location: Location,
        alias: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._location = location
        self._alias = alias
        self._sleep = sleep

    def send(self, records: Iterable[Record], each: Callable[[], None] | None = None) -> Report:
        """Send all; ``each`` is called after every chunk. Raises EngineUnavailable."""
        report = Report()
        under_way: deque[tuple[Future[Report], set[str]]] = deque()

        def take_first() -> None:
            nonlocal report
            future, _ = under_way.popleft()
            report += future.result()
            if each:
                each()

        with ThreadPoolExecutor(SENDERS) as senders:
            for chunk in _chunks(records):
                keys = {record.key for record in chunk}
                while len(under_way) == SENDERS or any(keys & other for _, other in under_way):
                    take_first()
                under_way.append((senders.submit(self._deliver, chunk), keys))
            while under_way:
                take_first()
        return report

    def _deliver(self, chunk: Sequence[Record]) -> Report:
        """Until each record of the chunk is written or has failed."""
        left = list(chunk)
        again = 0
        failed: tuple[Failure, ...] = ()
        for attempt in range(ATTEMPTS):
            if attempt:
                again += len(left)
                self._sleep(_pause(attempt))
            last = attempt == ATTEMPTS - 1
            failures = self._post(left, last=last)
            if failures is None:
                continue
            busy = {f.key for f in failures if f.status in BUSY and not last}
            failed += tuple(f for f in failures if f.key not in busy)
            left = [record for record in left if record.key in busy]
            if not left:
                break
        return Report(len(chunk), again, failed)

    def _post(self, records: Sequence[Record], *, last: bool) -> list[Failure] | None:
        """Send once: what failed, or None where the answer is unknown."""
        try:
            answer = self._client.bulk(body=_body(records), params=self._params())
        except client_errors.TransportError as error:
            if error.status_code == 413 and len(records) > 1:
                return self._halves(records, last=last)
            lost = isinstance(error, client_errors.ConnectionError) or error.status_code in BUSY
            if lost and not last and not isinstance(error, client_errors.SSLError):
                return None
            if error.status_code == 400:
                raise WriteRefused(
                    f"{self._location} takes no such request: {error.info}"
                ) from error
            raise translate(error, self._location) from error
        return list(_failures(answer))

    def _halves(self, records: Sequence[Record], *, last: bool) -> list[Failure] | None:
        """A server that takes no more than so many bytes gets them in two."""
        middle = len(records) // 2
        found = [self._post(half, last=last) for half in (records[:middle], records[middle:])]
        if any(failures is None for failures in found):
            return None
        return [failure for failures in found if failures for failure in failures]

    def _params(self) -> dict[str, Any]:
        # With ``request_timeout`` the client leaves ``timeout`` to the server.
        waits = {"timeout": _PATIENCE, "request_timeout": TIMEOUT}
        return {"index": self._alias, "require_alias": "true", **waits}


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    """A chunk never holds two records of one key, whose order a retry could turn round."""
    chunk: list[Record] = []
    keys: set[str] = set()
    size = 0
    for record in records:
        full = size >= CHUNK_BYTES or len(chunk) >= CHUNK_RECORDS
        if chunk and (full or record.key in keys):
            yield chunk
            chunk, keys, size = [], set(), 0
        chunk.append(record)
        keys.add(record.key)
        size += len(record.source or b"")
    if chunk:
        yield chunk


def _body(records: Iterable[Record]) -> bytes:
    lines: list[bytes] = []
    for record in records:
        action = "delete" if record.source is None else "index"
        lines.append(json.dumps({action: {"_id": record.key, "routing": record.routing}}).encode())
        if record.source is not None:
            lines.append(record.source)
    return b"\n".join(lines) + b"\n"


def _failures(answer: dict[str, Any]) -> Iterator[Failure]:
    if not answer["errors"]:
        return
    for item in answer["items"]:
        [(action, done)] = item.items()
        if "error" in done and not (action == "delete" and done["status"] == 404):
            error = done["error"]
            yield Failure(done["_id"], done["status"], f"{error['type']}: {error['reason']}"[:300])


def _pause(attempt: int) -> float:
    """Longer each time, and never quite the same, so that several writers do not keep step."""
    longest = min(_LONGEST_PAUSE, _PAUSE * 2.0**attempt)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
