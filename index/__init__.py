"""How is it found?

One question, in a straight line::

    text -> parse -> Query -> SearchEngine.search -> SearchResults

A query and its results are values that know no engine. Engines live in packages of
their own behind :class:`index.engine.SearchEngine`.
"""
