"""What ends a command, as an exit code and a sentence. The codes are a contract.

==== ==========================================================
0    done, also with no hits
1    failed; with ``--exit-status``: no hits
2    wrong usage or a question that cannot be asked
3    no usable index or home
4    another writer holds the lock
5    done, but some pages were quarantined
130  interrupted
==== ==========================================================
"""

from __future__ import annotations

import errno
from enum import IntEnum

from archive import errors as archive
from index import errors as index


class ExitCode(IntEnum):
    """See the table above."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNUSABLE = 3
    LOCKED = 4
    QUARANTINED = 5
    INTERRUPTED = 130


def is_full_disk(error: OSError) -> bool:
    """Whether there is no room left, on the disk or for this account."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


class CommandError(Exception):
    """A command cannot go on; the message says why and what to do next."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.code = code


EXIT_CODES: dict[type[Exception], ExitCode] = {
    archive.ArchiveError: ExitCode.FAILED,
    archive.PageError: ExitCode.FAILED,
    archive.UnreadablePage: ExitCode.FAILED,
    archive.PageLimitExceeded: ExitCode.FAILED,
    archive.WorkerError: ExitCode.FAILED,
    archive.ProfileError: ExitCode.USAGE,
    archive.AliasError: ExitCode.USAGE,
    archive.StoreError: ExitCode.UNUSABLE,
    archive.StoreMissing: ExitCode.UNUSABLE,
    archive.StoreLocked: ExitCode.LOCKED,
    archive.NetworkHome: ExitCode.UNUSABLE,
    archive.StoreOutdated: ExitCode.UNUSABLE,
    archive.StoreVersionError: ExitCode.UNUSABLE,
    archive.StoreFull: ExitCode.FAILED,
    archive.StoreDamaged: ExitCode.UNUSABLE,
    index.SearchError: ExitCode.FAILED,
    index.BadQuery: ExitCode.USAGE,
    index.QueryLimit: ExitCode.USAGE,
    index.Unsupported: ExitCode.USAGE,
    index.IndexMissing: ExitCode.UNUSABLE,
    index.IndexMismatch: ExitCode.UNUSABLE,
    index.IndexDamaged: ExitCode.UNUSABLE,
    index.IndexLocked: ExitCode.LOCKED,
    index.BuildBroken: ExitCode.FAILED,
    index.EngineUnavailable: ExitCode.UNUSABLE,
    index.EngineRefused: ExitCode.UNUSABLE,
    index.WriteRefused: ExitCode.FAILED,
}
"""Every error of the rooms has its code here (a test proves it)."""


def exit_code(error: Exception) -> ExitCode | None:
    """The code of an error that was raised on purpose, None for any other."""
    if isinstance(error, CommandError):
        return error.code
    return next((EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES), None)
