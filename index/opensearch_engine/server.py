"""One index on the server, to be asked: every question goes through here.

No answer is partial: where a shard does not answer in time, that is an error.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy import exceptions as client_errors

from index.errors import EngineUnavailable
from index.opensearch_engine.connection import FAILED, RETRIES, failed_item, translated
from index.opensearch_engine.location import Location

# Frequencies are those of all shards together, or scores would depend on the shard.
_WHOLE = {"search_type": "dfs_query_then_fetch"}
_KEEP = "5m"
"""How long a stream's reader may think about one page."""

PAGE = 1_000
"""Hits that a stream fetches at once."""

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Server:
    """The concrete index ``name`` at a location."""

    client: OpenSearch
    location: Location
    name: str

    def search(self, body: dict[str, Any]) -> Answer:
        """One answer. Raises the errors of :mod:`index.opensearch_engine.connection`."""
        with translated(self.location):
            params = {**_WHOLE, "allow_partial_search_results": "false"}
            return self._complete(self.client.search(index=self.name, body=body, params=params))

    def search_all(self, bodies: Sequence[dict[str, Any]]) -> list[Answer]:
        """Several answers at once."""
        if not bodies:
            return []
        head = {"index": self.name, "allow_partial_search_results": False, **_WHOLE}
        lines = [line for body in bodies for line in (head, body)]
        # The client repeats a request that failed, but not a part of one.
        for attempt in range(RETRIES + 1):
            with translated(self.location):
                answers = self.client.msearch(body=lines)["responses"]
            failed = [answer for answer in answers if "error" in answer]
            if not failed:
                break
            if attempt == RETRIES or failed[0]["status"] not in FAILED:
                raise failed_item(failed[0], self.location)
        return [self._complete(answer) for answer in answers]

    def refresh(self) -> None:
        """Let everything that was written be seen, by whichever copy is asked."""
        for attempt in range(RETRIES + 1):
            with translated(self.location):
                shards = self.client.indices.refresh(index=self.name)["_shards"]
            if not shards["failed"]:
                return
            time.sleep(attempt)  # of a node that died, the others hear in a moment
        raise EngineUnavailable(
            f"a part of {self.location} does not show what was written: look at the health of the "
            "cluster, then run: onrecord index update"
        )

    def stream(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every hit in the body's order, all as they are now, however many.

        The order must tell any two hits apart.
        """
        with translated(self.location):
            pit = self.client.create_pit(index=self.name, params={"keep_alive": _KEEP})["pit_id"]
        try:
            page = {**body, "size": PAGE, "track_total_hits": False}
            while True:
                page["pit"] = {"id": pit, "keep_alive": _KEEP}
                with translated(self.location):
                    answer = self._complete(self.client.search(body=page, params=_WHOLE))
                hits = answer["hits"]["hits"]
                yield from hits
                if len(hits) < PAGE:
                    return
                pit = answer.get("pit_id", pit)
                page["search_after"] = hits[-1]["sort"]
        finally:
            # It ends by itself in time; a reader who stopped early need not hear of it.
            with suppress(client_errors.OpenSearchException):
                self.client.delete_pit(body={"pit_id": [pit]})

    def _complete(self, answer: Answer) -> Answer:
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineUnavailable(
                f"a part of {self.location} did not answer: try again later, and look at the "
                "health of the cluster if it stays so."
            )
        return answer
