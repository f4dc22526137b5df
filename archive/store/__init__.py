"""What is kept, so that nothing is lost: ``archive.db``, one SQLite file.

::

    Store        what others call: put pages, get documents
    folding      what becomes of the statements of one page
    sightings    what a capture adds to, and takes back from, what pages said before
    entries      ids that were given out, and whose they are
    samples      by which a teaser's article is found, once there are teasers
    retraction   what becomes of an id when no page speaks of it any more
    documents    documents with their revisions and versions
    captures     the bytes of pages
    quarantine   pages that could not be read
    database     connections, transactions, errors
    integrity    is what the store holds what was put into it?
    sums         what the rows of each table add up to
    lock         one writer at a time
    schema       tables and migrations

The store is the truth: an index can be made from it anew, at any time.
"""

from archive.store.store import Store
from archive.store.values import Capture, Outcome, QuarantineEntry, StoreCounts, Version

__all__ = ["Capture", "Outcome", "QuarantineEntry", "Store", "StoreCounts", "Version"]
