"""The embedded engine: Whoosh's ideas over plain arrays.

Lucene's parts, each in one module. What lies on disk is described at the top of its module:

===================  =====================================================================
commit point         generations (CURRENT), manifest, lock, journal (a rebuild under way)
segment              segment: all that a segment holds, and how its records are numbered
compound file        arrays: named plain arrays in one file; blocks: its checksums
term dictionary      terms
postings, positions  postings
doc values           columns (facet by facet), rows (all facets of a document), years;
                     days are arrays, see segment
norms                lengths: what scoring makes them of
stored fields        stored (pieces of bytes), record (what is in them)
===================  =====================================================================

What is done with it:

===================  =====================================================================
IndexWriter          writer: rebuild, update, rollback
analysis, indexing   tokens (texts -> numbers of words), vocabulary (whose these are), tallies
                     (how often a word stands in a document), invert (texts -> postings),
                     records (documents -> all that is no posting), builder (both -> a
                     segment), allocation (memory kept meanwhile)
… in processes       workers (who takes which document), helper (a process), pair (one
                     process stores, a helper inverts)
merge policy         policy
segment merging      merge (segments -> one segment), merge_postings
IndexReader          reader (the segments of one generation, as one), ordinals, cache
IndexSearcher        engine (a Query in, SearchResults out), question, present (what was found
                     -> hits)
query, scorer        execute (query tree -> matches), matches (ids, scores, bounds), lookup,
                     sets
impacts              impacts: what a word is worth in a record, exactly and as a bound
collector            collect (the best of many hits, by their bounds), facets (counts over
                     doc values)
suggester            complete
codec                codec, matcher: the same segments, seen by Whoosh's own searcher
===================  =====================================================================

Nothing that is read from disk is unpickled or run. Only here is NumPy imported.
"""
