"""Scoring: what a hit is worth. Written down once, the same in every engine (to 1e-6).

The formula is BM25F in its simple form (Robertson, Zaragoza and Taylor, 2004; Lucene's
``CombinedFieldQuery``): the parts of a record are laid together, each occurrence weighted
by its part, and then scored as if they were one text::

    leaf score = idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))

A *record* is what the scope finds: a document, or a quotation. All quantities are taken
over the **live** records of that scope, over all segments together; what was deleted or
replaced counts nowhere. Filters, date ranges and ``Not`` never change a score.

=============  ====================================================================
field          its parts (:func:`index.fields.texts` gives their text)
=============  ====================================================================
text           documents: title, body, references. Quotations: body (the quoted words)
title, body    the part of that name
=============  ====================================================================

``length``     of a record in a field: sum over the parts of ``WEIGHTS[part]`` * its tokens
``average``    mean of the length over all live records of the scope, empty ones included
``N``          number of live records of the scope
``idf(n)``     ``ln(1 + (N - n + 0.5) / (n + 0.5))``
``tf``         sum over the field's parts of ``WEIGHTS[part]`` * occurrences in that part

===========  ===============================  ===========================================
leaf         an occurrence is                 idf
===========  ===============================  ===========================================
Term         a token with the same stem       idf of the records that hold such a token in
                                              any part of the field
Prefix,      a token (unstemmed) that the     the same: all words that the leaf meets are
Fuzzy        leaf meets                       one pseudo-term
Phrase       a position of its first word     sum over its words (repeated ones too) of the
             from which the other words       idf of the records that hold this very token
             follow in order, at most         (unstemmed) in any part of the field; so a
             ``slop`` other words in between  phrase need not be counted over the archive
             all together
===========  ===============================  ===========================================

Scores are rounded to ``DIGITS`` decimals, and hits ordered by what is left, so that engines
which add in another order put equal hits in the same order.

``And`` and ``Or`` are the sum of those children that match the record. ``All``, ``Range``,
``Not`` and everything in the fields ``speaker`` and ``country`` are worth 0: they narrow and
say nothing about how well the words fit.
"""

from __future__ import annotations

import math

K1 = 1.2
"""How soon more occurrences stop counting."""

B = 0.75
"""How much long texts are held back: 0 not at all, 1 in full."""

DIGITS = 6
"""Decimals of a score that count."""

WEIGHTS: dict[str, int] = {"title": 3, "body": 1, "references": 1}
"""What one occurrence in a part counts. Whole numbers: a posting may store their sum."""

SCORED = frozenset({"text", "title", "body"})
"""The fields whose leaves are worth something."""


def idf(matching: int, records: int) -> float:
    """How telling a word is that ``matching`` of ``records`` hold."""
    return math.log1p((records - matching + 0.5) / (matching + 0.5))


def bm25(tf: float, length: float, average: float, weight: float) -> float:
    """The score of a leaf whose idf is ``weight`` in one record; 0 where ``tf`` is 0."""
    if not tf:
        return 0.0
    return weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))
