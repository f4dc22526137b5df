"""More like this: statements that share the words by which one can be told from others.

No engine is asked how rare a word is: relevance weighs that by itself. What is chosen here are
words that may be rare, so that the twenty which a question may have are well spent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from archive.document import Document
from index.analysis import stem, words
from index.engine import SearchEngine
from index.errors import SearchError
from index.query import Limits, Query
from index.request import build_query
from index.results import Hit

SHOWN = 5
_NEAR = 0.16
"""How much of its own score another statement must reach. In the sample, what shares but common
words stays below .12, and what is about one case or campaign is above .2."""

_SHORT, _LONG = 4, 7
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w-]{3,}")
_JOINED = " OR "


def similar_query(document: Document, limits: Limits) -> Query:
    """The question that finds statements like this one, best first: any of its telling words."""
    chosen: list[str] = []
    length = 0
    for word in _telling(document, limits.clauses):
        length += len(word) + len(_JOINED) * bool(chosen)
        if len(chosen) == limits.clauses or length > limits.characters:
            break
        chosen.append(word)
    return build_query(_JOINED.join(chosen), limits=limits)


def similar(
    engine: SearchEngine, query: Query, document: Document, known: Collection[str] = ()
) -> tuple[Hit, ...]:
    """The statements most like a document, without those already known; none where nothing comes
    near it.

    A page that is read does not fail for want of an index.
    """
    if not query.text:
        return ()
    try:
        asked = replace(query, per_page=min(SHOWN + 1 + len(known), query.limits.page_size))
        hits = engine.search(asked, facets=False, snippets=False).hits
    except SearchError:
        return ()
    own = next((hit.score for hit in hits if hit.id == document.id), 0.0)
    skipped = {document.id, *known}
    return tuple(hit for hit in hits if hit.id not in skipped and hit.score >= own * _NEAR)[:SHOWN]


def _telling(document: Document, most: int) -> Iterator[str]:
    """Words of the title, then names, then long words, the more frequent first; each stem once."""
    body = document.body
    # A capital within a sentence makes a name.
    inside = (found for found in _INSIDE.findall(body) if found[0].isupper())
    names = Counter(word for name in inside for word in words(name))
    long = Counter(word for word in words(body) if len(word) >= _LONG)
    seen: set[str] = set()
    for word in (*words(document.title), *_frequent(names, most), *_frequent(long, most)):
        if len(word) >= _SHORT and stem(word) not in seen:
            seen.add(stem(word))
            yield word


def _frequent(counted: Counter[str], most: int) -> list[str]:
    return [word for word, _ in counted.most_common(most)]
