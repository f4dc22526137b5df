r"""The engine for an archive that outgrows one machine: OpenSearch, an existing cluster.

====================  ==================================================================
location, connection  where it is, who asks; the client and its errors in our words
mapping               fields and settings of an index; what it says about itself
records               a document as the records that are sent; a hit as it comes back
compile               query tree and filters -> the server's query language
question              a Query in, hits and facets out
facets                what is counted, and the counts as values
words                 what the live words are: prefixes, ``word~``, spelling, names
engine                OpenSearchEngine: SearchEngine over the alias
bulk                  many records, with back-pressure, retries and a report
lease                 one writer at a time
writer                OpenSearchWriter: rebuild, update, rollback
====================  ==================================================================

How it comes to equal answers: **the server never analyses text.** Tokens are made, folded and
stemmed by :mod:`index.analysis` on this side and sent as lists, because the two sides do not
agree about characters (Java's ``\w`` holds combining marks, Python's does not, so that they
cut Hindi into different words) and would drift apart with every new version of Unicode. For the
same reason snippets are cut by :mod:`index.snippets` from the original text of the shown hits
and not by the server's highlighter: that one has no offsets into a text it never saw, cannot
show a phrase as one span, and fails the whole question on a body of over a million characters.
What this costs is the bodies of the shown hits, some 30 kB of a page's 60 to 160 kB (facets are
the rest), and 1.2 ms of processor here for ten hits of 500 words: 0.1 to parse, 1.1 to cut. The
highlighter would need the text analysed once more, beside the tokens, and its offsets kept: these
alone are 1.2 kB a document, of an index of 8. How quick it would be was not measured.

What it cannot do: an update is not one transaction. Everything becomes visible at once, by one
refresh at its end, but where the server dies in between, a part may be seen; the revision is only
noted at the end, so that the next ``onrecord index update`` sends everything again.
Only here is opensearchpy imported.
"""
