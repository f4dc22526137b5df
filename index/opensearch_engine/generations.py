"""Generations: the concrete indices of an alias, ``alias-gen-000007``, and what is known of each.

The alias stands for the newest one. The one before is kept for a rollback.
"""

from __future__ import annotations

from dataclasses import dataclass

from opensearchpy import OpenSearch
from opensearchpy import exceptions as client_errors

from index.errors import IndexDamaged, IndexMissing
from index.opensearch_engine.connection import translated
from index.opensearch_engine.location import Location
from index.opensearch_engine.mapping import Meta, meta_of
from index.opensearch_engine.server import Server
from index.results import IndexStatus


@dataclass(frozen=True, slots=True)
class Generation:
    """A concrete index and what it says about itself."""

    server: Server
    meta: Meta

    @property
    def number(self) -> int:
        """Counts upwards."""
        return int(self.server.name.rpartition("-")[2])


def name_of(location: Location, number: int) -> str:
    """The name of a concrete index."""
    return f"{location.alias}-gen-{number:06}"


def current(client: OpenSearch, location: Location) -> Generation:
    """What the alias stands for.

    Raises IndexMissing, IndexDamaged when it stands for several, the client's errors.
    """
    try:
        found = client.indices.get_mapping(index=location.alias)
    except client_errors.NotFoundError:
        found = {}
    if not found:
        raise IndexMissing(f"There is no index at {location} yet. Run: onrecord index build")
    if len(found) > 1:
        raise IndexDamaged(
            f"The alias {location.alias} stands for several indices ({', '.join(sorted(found))}): "
            "remove it from all but one."
        )
    [(name, held)] = found.items()
    meta = meta_of(held, name)
    return Generation(Server(client, location, name), meta)


def names(client: OpenSearch, location: Location) -> dict[int, str]:
    """Every concrete index of the alias, by number, complete or not. Raises the client's errors."""
    found = client.indices.get_alias(index=f"{location.alias}-gen-*")
    numbered = {name.rpartition("-")[2]: name for name in found}
    return {int(number): name for number, name in sorted(numbered.items()) if number.isdecimal()}


def status_of(generation: Generation) -> IndexStatus:
    """What a generation holds."""
    server, meta = generation.server, generation.meta
    body = {"size": 0, "aggs": {"scope": {"terms": {"field": "scope"}}}}
    buckets = server.search(body)["aggregations"]["scope"]["buckets"]
    counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    with translated(server.location):
        metrics = server.client.indices.stats(index=server.name, metric="store,segments")
    primaries = metrics["_all"]["primaries"]
    return IndexStatus(
        engine="opensearch",
        generation=server.name,
        documents=counts.get("documents", 0),
        quotations=counts.get("quotations", 0),
        segments=primaries["segments"]["count"],
        bytes=primaries["store"]["size_in_bytes"],
        revision=meta.revision,
        built_at=meta.built_at,
        schema_version=meta.schema,
        extractor_version=meta.extractor_version,
    )
