"""What can go wrong in the archive.

::

    ArchiveError
    ├── PageError             one page cannot become documents -> quarantine, the run goes on
    │   ├── UnreadablePage    not HTML or text, an error message saved as a page, broken encoding
    │   └── PageLimitExceeded too large, too many tags, too slow, too much memory
    ├── WorkerError           no page can be read at all: the installation is broken
    ├── ProfileError          a profile file is wrong
    ├── AliasError            the file of speakers' names is wrong
    └── StoreError            the database cannot be used
        ├── StoreMissing      there is no archive at this place
        ├── StoreLocked       another process is writing
        ├── NetworkHome       it lies on a network file system, and nobody said that it may
        ├── StoreOutdated     written by an older version; the next writer brings it forward
        ├── StoreVersionError written by a newer version of On Record
        ├── StoreFull         the disk has no room for what is to be written; the archive is sound
        └── StoreDamaged      the database fails its own integrity check

The message of each says what happened, why, and what to do next.
"""


class ArchiveError(Exception):
    """Everything that the archive raises on purpose."""


class PageError(ArchiveError):
    """One page cannot become documents. ``reason`` is a short stable word for lists."""

    reason = "unreadable"


class UnreadablePage(PageError):
    """The bytes are no page: binary, empty, an error message under an .html name."""

    def __init__(self, message: str, reason: str = "unreadable") -> None:
        super().__init__(message)
        self.reason = reason


class PageLimitExceeded(PageError):
    """The page is over one of the documented limits."""

    def __init__(self, message: str, reason: str = "limit") -> None:
        super().__init__(message)
        self.reason = reason


class WorkerError(ArchiveError):
    """No page can be read: the processes that read them cannot work."""


class ProfileError(ArchiveError):
    """A profile file is not valid."""


class AliasError(ArchiveError):
    """The file of speakers' names is not valid."""


class StoreError(ArchiveError):
    """The store cannot be used."""


class StoreMissing(StoreError):
    """There is no archive at this place."""


class StoreLocked(StoreError):
    """Another process is writing to the archive."""


class NetworkHome(StoreError):
    """The archive is on a file system whose locks cannot be relied on."""


class StoreOutdated(StoreError):
    """The archive was written by an older version, and was opened for reading only."""


class StoreVersionError(StoreError):
    """The archive was written by a newer version."""


class StoreFull(StoreError):
    """The disk has no room for what is to be written; what was acknowledged is safe."""


class StoreDamaged(StoreError):
    """The database fails its integrity check."""
