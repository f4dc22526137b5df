"""Quotations: what somebody is quoted as saying, and who it was.

::

    marks       where words stand between quotation marks
    tokens      the paragraph around them as words
    subjects    the phrase that names a speaker
    frames      the words beside a quotation that say whose it is
    identity    who that is: full names, roles, kinds
    attribute   what has no frame of its own: the same speaker goes on
"""

from archive.quotations.attribute import find_quotations

__all__ = ["find_quotations"]
