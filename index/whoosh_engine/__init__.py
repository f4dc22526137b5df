"""The embedded engine: Whoosh's ideas over plain arrays.

What Lucene's readers call by name, each in one module with its file format at the top::

    engine      WhooshEngine: a Query in, SearchResults out
    execute     query tree -> matching ids and their scores
    facets      counts over doc values                  collect    the best of many hits
    reader      the segments of one generation, as one  cache      what stays in memory
    writer      WhooshWriter: rebuild, update, rollback
    tokens      texts -> numbers of words               merge      segments -> one segment
    invert      documents -> a segment                  workers    … in several processes
    generations commit points: manifest and CURRENT     lock       one writer at a time
    segment     everything about one segment
    terms, postings, columns, stored                    the parts of a segment
    arrays      named plain arrays in one file
    codec       the same segments, seen by Whoosh's own searcher

Nothing that is read from disk is unpickled or run. Only here is NumPy imported.
"""
