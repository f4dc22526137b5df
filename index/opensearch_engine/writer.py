"""OpenSearchWriter: changes what the alias stands for, while readers go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from opensearchpy import exceptions as client_errors

from archive.document import Document
from index.analysis import ANALYSIS_VERSION
from index.credentials import NOBODY, Credentials
from index.engine import Progress
from index.errors import EngineUnavailable, IndexMissing, WriteRefused
from index.opensearch_engine.bulk import Bulk
from index.opensearch_engine.connection import TIMEOUT, connect, translated
from index.opensearch_engine.generations import Generation, current, name_of, names, status_of
from index.opensearch_engine.lease import Lease, lease
from index.opensearch_engine.location import parse_location
from index.opensearch_engine.mapping import (
    SCHEMA_VERSION,
    SETTINGS,
    Meta,
    mappings,
    meta_body,
    meta_of,
)
from index.opensearch_engine.records import Record, records_of, removed_records
from index.opensearch_engine.server import Server
from index.results import IndexStatus

_BATCH = 500
"""Documents whose earlier quotations are asked for at once."""

_LARGEST_SEGMENT = 5 << 30
"""Bytes: what the server makes of its own accord at most. Larger ones would keep for long what an
update replaces."""

_GREEN = "10m"
"""How long a new index may take to be on all its nodes."""


class OpenSearchWriter:
    """See :class:`index.engine.IndexWriter`. Every method raises IndexLocked."""

    def __init__(self, location: str, credentials: Credentials = NOBODY) -> None:
        self._location = parse_location(location)
        self._client = connect(self._location, credentials)

    def rebuild(
        self,
        documents: Iterable[Document],
        *,
        revision: int,
        extractor_version: str,
        progress: Progress | None = None,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`.

        A new concrete index is filled and counted; then one request moves the alias to it. The
        one before is kept, older ones and what a dead writer left are removed.
        """
        meta = _meta(revision, extractor_version)
        with lease(self._client, self._location) as held, translated(self._location):
            held_names = names(self._client, self._location)
            new = self._create(max(held_names, default=0) + 1, meta)
            try:
                self._fill(new, documents, held, progress)
                held.renew()
                self._compact(new)
                self._publish(new, held)
            except BaseException:
                with suppress(client_errors.OpenSearchException):
                    self._client.indices.delete(index=new.name)
                raise
            return status_of(Generation(new, replace(meta, complete=True)))

    def update(
        self,
        documents: Iterable[Document],
        removed: Iterable[str] = (),
        *,
        revision: int,
        extractor_version: str,
    ) -> IndexStatus:
        """See :class:`index.engine.IndexWriter`, and the package for what is not promised."""
        with lease(self._client, self._location) as held, translated(self._location):
            now = current(self._client, self._location)
            now.meta.check(now.server.name)
            bulk = Bulk(self._client, self._location, self._location.alias)
            report = bulk.send(self._changes(now.server, documents, removed), held.renew)
            report.require_success(self._location)
            now.server.refresh()
            meta = replace(_meta(revision, extractor_version), complete=True)
            self._client.indices.put_mapping(index=now.server.name, body=meta_body(meta))
            return status_of(Generation(now.server, meta))

    def rollback(self) -> IndexStatus:
        """Go back to the index before the last rebuild: what was updated since is undone with it.

        Raises IndexMissing when there is none.
        """
        with lease(self._client, self._location), translated(self._location):
            now = current(self._client, self._location)
            before = self._before(now)
            self._point_to(before.server.name, [now.server.name])
            return status_of(before)

    # A rebuild, step by step

    def _create(self, number: int, meta: Meta) -> Server:
        """An empty index with an alias of its own to write through: a mistaken name, or somebody
        who removes it meanwhile, leads to an error and not to an index without a mapping.
        """
        name = name_of(self._location, number)
        index = {**SETTINGS["index"], "number_of_shards": self._location.shards}
        body = {
            "settings": {"index": index},
            "mappings": mappings(meta),
            "aliases": {self._filling(name): {}},
        }
        self._client.indices.create(index=name, body=body)
        return Server(self._client, self._location, name)

    def _fill(
        self, new: Server, documents: Iterable[Document], held: Lease, progress: Progress | None
    ) -> None:
        quotations: dict[str, int] = {}

        def records() -> Iterator[Record]:
            for number, document in enumerate(documents, 1):
                yield from records_of(document, quotations.get(document.id, 0))
                quotations[document.id] = len(document.quotations)
                if progress:
                    progress(number)

        bulk = Bulk(self._client, self._location, self._filling(new.name))
        bulk.send(records(), held.renew).require_success(self._location)
        new.refresh()
        wanted = len(quotations) + sum(quotations.values())
        found = new.search({"size": 0, "track_total_hits": True})["hits"]["total"]["value"]
        if found != wanted:
            raise WriteRefused(
                f"{new.name} held {found} records where {wanted} were sent. The index before is "
                "unchanged. Run: onrecord index build"
            )

    def _compact(self, new: Server) -> None:
        """Merge the pieces in which it was written: fewer to look into, and less than half the
        size, since the server keeps every request whole until the record is merged.

        Where that takes minutes, it goes on by itself and nobody waits for it.
        """
        size = status_of(Generation(new, self._meta_of(new))).bytes
        self._client.indices.flush(index=new.name)  # what is not flushed is kept whole
        segments = 1 + size // self._location.shards // _LARGEST_SEGMENT
        with suppress(client_errors.ConnectionTimeout):
            self._client.indices.forcemerge(
                index=new.name, params={"max_num_segments": segments}, request_timeout=TIMEOUT
            )
        new.refresh()

    def _publish(self, new: Server, held: Lease) -> None:
        replicas = {"index": {"auto_expand_replicas": "0-1"}}
        self._client.indices.put_settings(index=new.name, body=replicas)
        health = self._client.cluster.health(
            index=new.name,
            params={"wait_for_status": "green", "timeout": _GREEN, "level": "indices"},
            request_timeout=660,
        )
        if health["timed_out"]:
            raise EngineUnavailable(
                f"{new.name} was not on all its nodes within ten minutes: look at the health of "
                "the cluster. The index before is unchanged."
            )
        held.renew()
        complete = meta_body(replace(self._meta_of(new), complete=True))
        self._client.indices.put_mapping(index=new.name, body=complete)
        before = self._pointed_to()
        self._point_to(new.name, before)
        self._remove_all_but({new.name, *before})

    def _point_to(self, name: str, before: Sequence[str]) -> None:
        """Move the alias, in one request."""
        alias = self._location.alias
        actions: list[dict[str, Any]] = [
            {"remove": {"index": old, "alias": alias}} for old in before
        ]
        actions.append({"add": {"index": name, "alias": alias, "is_write_index": True}})
        actions.append(
            {"remove": {"index": name, "alias": self._filling(name), "must_exist": False}}
        )
        self._client.indices.update_aliases(body={"actions": actions})

    def _meta_of(self, server: Server) -> Meta:
        return meta_of(
            self._client.indices.get_mapping(index=server.name)[server.name], server.name
        )

    def _pointed_to(self) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(index=self._location.alias))
        except client_errors.NotFoundError:
            return []

    def _remove_all_but(self, kept: set[str]) -> None:
        for name in names(self._client, self._location).values():
            if name not in kept:
                self._client.indices.delete(index=name)

    def _filling(self, name: str) -> str:
        return f"{name}-filling"

    # An update and a rollback

    def _changes(
        self, server: Server, documents: Iterable[Document], removed: Iterable[str]
    ) -> Iterator[Record]:
        for ids in _batches(removed):
            held = self._held_quotations(server, ids)
            for id_ in ids:
                if id_ in held:
                    yield from removed_records(id_, held[id_])
        for batch in _batches(documents):
            held = self._held_quotations(server, [document.id for document in batch])
            for document in batch:
                yield from records_of(document, held.get(document.id, 0))
                held[document.id] = len(document.quotations)

    def _held_quotations(self, server: Server, ids: Sequence[str]) -> dict[str, int]:
        """How many quotations each of the documents has that are in the index."""
        asked = {"docs": [{"_id": id_, "routing": id_} for id_ in ids]}
        params = {"_source": "quotations"}
        found = self._client.mget(index=server.name, body=asked, params=params)["docs"]
        return {doc["_id"]: doc["_source"]["quotations"] for doc in found if doc["found"]}

    def _before(self, now: Generation) -> Generation:
        for number, name in sorted(names(self._client, self._location).items(), reverse=True):
            if number >= now.number:
                continue
            before = Server(self._client, self._location, name)
            meta = self._meta_of(before)
            if meta.complete:
                meta.check(name)
                return Generation(before, meta)
        raise IndexMissing("There is no previous index to go back to.")


def _meta(revision: int, extractor_version: str) -> Meta:
    built_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Meta(SCHEMA_VERSION, ANALYSIS_VERSION, revision, extractor_version, built_at)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
