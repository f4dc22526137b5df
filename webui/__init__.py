"""How does a reader see it in a browser?

One question, in a straight line::

    URL -> params.query_from_args -> Query -> engine.search -> SearchResults
        -> a presenter (labels and links) -> a template (arrangement)

The same Query leaves as JSON, JSON lines, CSV and Atom, so that no export can ignore a
filter. The process only reads; administration stays on the command line. Every page works
without JavaScript; one small script makes it quicker.
"""
