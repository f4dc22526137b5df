"""Where is the archive, and how is it opened?

The one place that knows the environment:

``ONRECORD_HOME``   the home folder, where ``--home`` is not given
``ONRECORD_NETWORK_HOME``  1: the home may be on a network file system
``ONRECORD_PORT``   the port of ``serve`` and ``demo``, where ``--port`` is not given
``ONRECORD_URL``    the public address of the web page, for permalinks
``ONRECORD_ENGINE`` where the index is, where ``--engine`` is not given
``ONRECORD_ENGINE_CREDENTIALS``  a file with ``USER:PASSWORD`` for it, or these two by themselves in
                    ``ONRECORD_ENGINE_USER`` and ``ONRECORD_ENGINE_PASSWORD``
``ONRECORD_ENGINE_CA``  certificates (PEM) to trust instead of the system's
``ONRECORD_DEBUG``  tracebacks instead of a sentence
``NO_COLOR``        no colour, whatever it is set to (https://no-color.org)
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import StoreMissing
from onrecord.errors import CommandError, ExitCode, is_full_disk

if TYPE_CHECKING:
    from archive.profiles import Profiles
    from archive.store import Store
    from index.credentials import Credentials
    from index.engine import IndexWriter, SearchEngine
    from index.query import Limits as QuestionLimits
    from onrecord.limits import AllLimits

DEFAULT_HOME = Path("onrecord-data")
DEFAULT_PORT = 8000

_WEB_ADDRESS = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?(?:/[^\s?#]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds one archive, and how its parts are opened.

    ``archive.db`` is the store, ``index/`` is made from it, ``profiles/`` holds the
    maintainer's own site profiles, ``speakers.txt`` the names that were decided on and
    ``limits.toml`` other limits than the defaults, where there are any. ``engine_location``
    names another place for the index, such as a cluster. Whoever opens it for writing gets
    NetworkHome when it is on a network file system, unless ``network`` allows that.
    """

    path: Path
    engine_location: str | None = None
    network: bool = False

    @property
    def exists(self) -> bool:
        """Whether there is an archive here."""
        return (self.path / "archive.db").is_file()

    @property
    def index(self) -> str:
        """The location of the index, as :mod:`index.open` understands it."""
        return self.engine_location or f"whoosh:{self.path / 'index'}"

    @property
    def speakers(self) -> Path:
        """The file that says which spellings are one person."""
        return self.path / "speakers.txt"

    @property
    def limits_file(self) -> Path:
        """The file that sets other limits than the defaults."""
        return self.path / "limits.toml"

    def limits(self) -> AllLimits:
        """The limits in force. Raises CommandError where the file says none."""
        from onrecord.limits import AllLimits, read_limits

        return read_limits(self.limits_file) if _is_there(self.limits_file) else AllLimits()

    def question_limits(self) -> QuestionLimits:
        """Those of a question, for who waits for its answer: nothing is read without a file."""
        if _is_there(self.limits_file):
            return self.limits().question
        from index.query import LIMITS

        return LIMITS

    def profiles(self) -> Profiles:
        """The profiles that ship with the package and the maintainer's own."""
        from archive.profiles import load_profiles

        own = self.path / "profiles"
        return load_profiles(own if _is_there(own) else None)

    def store(self, *, create: bool = False, readonly: bool = False) -> Store:
        """The store, opened. Raises StoreMissing unless it exists or ``create`` is given."""
        if not create:
            self.require()
        if not readonly:
            self._require_local()
        if create:
            self.make()
        from archive.aliases import AliasFile
        from archive.store import Store

        aliases = AliasFile(self.speakers)
        return Store.open(self.path, create=create, readonly=readonly, aliases=aliases)

    def engine(self) -> SearchEngine:
        """What answers questions over this archive."""
        self.require()
        from index.open import open_engine

        return open_engine(self.index, credentials())

    def writer(self) -> IndexWriter:
        """What changes the index of this archive."""
        self.require()
        self._require_local()
        from index.open import open_writer

        return open_writer(self.index, credentials())

    def make(self) -> None:
        """Make the folder, unless it is there. Raises CommandError where it cannot be."""
        from archive.durable import make_folder

        try:
            make_folder(self.path)
        except OSError as error:
            if is_full_disk(error):
                raise
            place = Path(error.filename or self.path)
            why = error.strerror or str(error)
            if place.is_symlink():
                why = f"{place} is a link to a folder that is not there"
            elif place.exists():
                why = f"{place} is a file"
            raise CommandError(
                f"cannot make the home {self.path} ({why}): name a folder that can be made with "
                "--home or ONRECORD_HOME",
                ExitCode.UNUSABLE,
            ) from error

    def _require_local(self) -> None:
        if not self.network:
            from archive.mounts import require_local

            require_local(self.path)

    def require(self) -> None:
        """Raises StoreMissing when there is no archive here."""
        if not self.exists:
            raise StoreMissing(
                f"there is no archive in {self.path}: fill one with `onrecord ingest PATH`, "
                "name another with --home or ONRECORD_HOME, or try `onrecord demo`"
            )


def _is_there(path: Path) -> bool:
    """Whether somebody put something here; a link to what is gone is a mistake to report."""
    return path.exists() or path.is_symlink()


def credentials() -> Credentials:
    """Who we are to a server. Raises CommandError when the file that says so is of no use."""
    from index.credentials import Credentials

    ca_file = os.environ.get("ONRECORD_ENGINE_CA") or None
    path = os.environ.get("ONRECORD_ENGINE_CREDENTIALS")
    if not path:
        user = os.environ.get("ONRECORD_ENGINE_USER") or None
        return Credentials(user, os.environ.get("ONRECORD_ENGINE_PASSWORD"), ca_file)
    try:
        user, colon, password = Path(path).read_text("utf-8").strip().partition(":")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"cannot read {path} ({error}), which ONRECORD_ENGINE_CREDENTIALS names", ExitCode.USAGE
        ) from error
    if not colon or not user or "\n" in password:
        raise CommandError(
            f"{path} must hold one line, USER:PASSWORD: ONRECORD_ENGINE_CREDENTIALS names it",
            ExitCode.USAGE,
        )
    return Credentials(user, password, ca_file)


def public_url() -> str | None:
    """The address under which readers know the web page, without a slash at its end.

    Raises CommandError when it is no address: links and the name that is served would be wrong.
    """
    url = (os.environ.get("ONRECORD_URL") or "").rstrip("/")
    if not url:
        return None
    if not _WEB_ADDRESS.fullmatch(url):
        raise CommandError(
            f"ONRECORD_URL is “{url}”, which is no address of a web page: write it as "
            "https://archive.example",
            ExitCode.USAGE,
        )
    return url


def page_url() -> str:
    """Where the web page is: the public address, else the one on this machine."""
    return public_url() or f"http://127.0.0.1:{port()}"


def port() -> int:
    """The port of the web page."""
    value = os.environ.get("ONRECORD_PORT", "")
    return int(value) if value.isdigit() else DEFAULT_PORT


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def debug() -> bool:
    """Whether an error shows its traceback."""
    return bool(os.environ.get("ONRECORD_DEBUG"))


def colour_wanted() -> bool:
    """Whether the person has not asked for plain text."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
