"""How is it found?

One question, in a straight line::

    text --parse--> tree --build_query--> Query --SearchEngine.search--> SearchResults

==================  ==================================================================
query, results      the question and its answer, as values that know no engine
parse, request      what a person typed or chose becomes a checked ``Query``
unparse             and a tree becomes what a person would type
names, spelling     what a name stands for; what a misspelt word may have meant
engine, open        what every engine can do; the engine at a location
==================  ==================================================================

What every engine must agree on is written down once, and asked for by all of them:

==================  ==================================================================
analysis, porter2   how text becomes tokens; the stemmer
fields              which text of a document is searched, which values its facets have
matching            where the words of a question stand in a text
scoring             what a hit is worth
marks               where a text holds what is looked for
snippets            the passages that show why it was found
==================  ==================================================================

Engines live in packages of their own: ``whoosh_engine`` on disk, and ``memory_engine``,
which looks at everything and is the measure of the others.
"""
