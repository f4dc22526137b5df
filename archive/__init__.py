"""What do we hold, and how does a page become a document?

One page, in a straight line::

    read_pages(path) -> decode -> parse -> Profiles.choose -> segment
        -> title, dates, quotations, people, countries -> Document -> Store

Nothing in here knows how a document is found (``index``), shown (``webui``) or
asked for (``onrecord``).
"""
