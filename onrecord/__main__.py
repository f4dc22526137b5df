"""The ``onrecord`` command, and ``python -m onrecord``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # We do no linear algebra, but NumPy's library for it would start a thread for each
    # processor when it is imported: 60 ms of every search.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from onrecord.cli import run

        code = run()
        # Python makes dataclasses from source text, at import. After Ctrl-C in code made so, it
        # ends by that signal whatever exit code it is given, unless such code has run since.
        exec("")  # noqa: S102 (a constant)
        sys.exit(code)
    except KeyboardInterrupt:  # before the command line could say anything
        sys.exit(130)


if __name__ == "__main__":
    main()
