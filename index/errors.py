"""What can go wrong between a question and its answer.

::

    SearchError
    ├── BadQuery              the question itself (HTTP 400, exit 2); says what to change
    │   └── QueryLimit        it is over one of the documented limits
    ├── Unsupported           this engine cannot do that (never an empty answer instead)
    ├── IndexMissing          there is no index here yet (exit 3)
    ├── IndexMismatch         written with another schema, analysis or extractor (exit 3)
    ├── IndexDamaged          a file is missing, truncated or altered (exit 3)
    ├── IndexLocked           another process is writing (exit 4)
    ├── BuildBroken           a process that makes the index was ended from outside (exit 1)
    ├── WriteRefused          the engine's server does not take some records (exit 1)
    └── EngineUnavailable     the engine's server does not answer (exit 3)
        └── EngineRefused     it does not let us in, or does not prove who it is

The message of each says what happened, why, and what to do next.
"""


class SearchError(Exception):
    """Everything that the index raises on purpose."""


class BadQuery(SearchError):
    """The question cannot be asked like this."""


class QueryLimit(BadQuery):
    """The question is over one of the documented limits."""


class Unsupported(SearchError):
    """This engine cannot do what was asked."""


class IndexMissing(SearchError):
    """There is no index at this place yet."""


class IndexMismatch(SearchError):
    """The index was written with another schema, analysis or extractor version."""


class IndexDamaged(SearchError):
    """A file of the index is missing, truncated or altered."""


class IndexLocked(SearchError):
    """Another process is writing to the index."""


class BuildBroken(SearchError):
    """A process that makes the index was ended from outside."""


class EngineUnavailable(SearchError):
    """The engine's server does not answer."""


class EngineRefused(EngineUnavailable):
    """The engine's server does not let us in, or does not prove who it is."""


class WriteRefused(SearchError):
    """The engine's server does not take some records, for good."""
