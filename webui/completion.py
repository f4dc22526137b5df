"""Completion of what is being typed: speakers, countries and titles."""

from __future__ import annotations

from index.analysis import words
from index.engine import SearchEngine
from index.errors import BadQuery
from index.query import Limits
from index.request import build_query
from index.results import Hit
from webui.presenters.completions import (
    CompletionView,
    present_country_completion,
    present_speaker_completion,
    present_title_completion,
)

_EACH = 4


def completions(engine: SearchEngine, prefix: str, limits: Limits) -> tuple[CompletionView, ...]:
    """A few choices of each kind, the most frequent or best first."""
    if not words(prefix):
        return ()
    return (
        *map(present_speaker_completion, engine.complete(prefix, "speaker", _EACH)),
        *map(present_country_completion, engine.complete(prefix, "country", _EACH)),
        *map(present_title_completion, _titles(engine, prefix, limits)),
    )


def _titles(engine: SearchEngine, prefix: str, limits: Limits) -> tuple[Hit, ...]:
    """Statements whose title has all the words, the last one perhaps unfinished.

    Asked of the index: a list of all titles would have to be read from end to end.
    """
    *complete, last = words(prefix)
    # A beginning of one or two letters says too little; the words before it may say enough.
    begun = [f"{last}*"] if len(last) >= limits.prefix_letters else []
    terms = [*complete, *begun] or [last]
    try:
        text = " ".join(f"title:{term}" for term in terms)
        query = build_query(text, per_page=_EACH, limits=limits)
        return engine.search(query, facets=False, snippets=False).hits
    except BadQuery:  # too many words, or a beginning that too many words share
        return ()
