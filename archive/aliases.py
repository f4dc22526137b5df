"""Which spellings are one person: what a maintainer decided, in a text file.

One decision on a line, the spelling of the pages first, then the name that is shown::

    # Nikitin signs in both ways
    Sergey Nikitin = Sergei Nikitin

Case, accents and punctuation of the spelling do not count. The database keeps what the pages
said; the names are put in their place when documents are handed out, so that index and pages
agree and a decision can be taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import AliasError
from archive.words import fold

if TYPE_CHECKING:  # a search knows names, and makes no document
    from archive.document import Document, Speaker


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the file: pages write ``alias``, and ``name`` is meant."""

    alias: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Aliases:
    """The decisions, ready to be applied. False when there are none."""

    decisions: tuple[Decision, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Folded spelling -> name."""

    def __bool__(self) -> bool:
        return bool(self.names)

    @property
    def digest(self) -> str:
        """Eight hex digits that change with what is decided, "" when nothing is."""
        lines = "\n".join(f"{alias}={name}" for alias, name in sorted(self.names.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:8] if lines else ""

    def name_of(self, spelling: str) -> str:
        """The name that a spelling stands for: itself, unless it was decided otherwise."""
        return self.names.get(fold(spelling), spelling) if self.names else spelling

    def apply(self, document: Document) -> Document:
        """The document with the names in place of their spellings, each person once."""
        if not self.names:
            return document
        quotations = tuple(
            replace(q, speaker=self.name_of(q.speaker)) if q.speaker and q.kind == "person" else q
            for q in document.quotations
        )
        speakers = self._speakers(document.speakers)
        if (speakers, quotations) == (document.speakers, document.quotations):
            return document
        return replace(document, speakers=speakers, quotations=quotations)

    def _speakers(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        found: dict[tuple[str, str | None, str | None], Speaker] = {}
        for speaker in speakers:
            if speaker.name and speaker.kind == "person":
                speaker = replace(speaker, name=self.name_of(speaker.name))
            own = None if speaker.name else speaker.organisation
            known = found.setdefault((speaker.kind, speaker.name, own), speaker)
            found[speaker.kind, speaker.name, own] = replace(
                known,
                role=known.role or speaker.role,
                organisation=known.organisation or speaker.organisation,
            )
        return tuple(found.values())


def parse_aliases(text: str, path: Path) -> Aliases:
    """Read the decisions. Raises AliasError, naming the line that is wrong."""
    decisions: dict[str, Decision] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        alias, equals, name = (" ".join(part.split()) for part in content.partition("="))
        if not (equals and fold(alias) and fold(name)) or "=" in name:
            raise AliasError(f"{path} line {number}: write “spelling = name”, not “{content}”")
        known = decisions.setdefault(fold(alias), Decision(alias, name, number))
        if known.name != name:
            raise AliasError(
                f"{path} line {number}: “{alias}” is “{known.name}” in line {known.line}; "
                "take one of the lines out"
            )
    names = {alias: _end(decision, decisions, path) for alias, decision in decisions.items()}
    return Aliases(tuple(decisions.values()), names)


def _end(decision: Decision, decisions: Mapping[str, Decision], path: Path) -> str:
    """The name at the end of a chain: a name may have been given another name later."""
    passed = {fold(decision.alias)}
    last = decision
    while (key := fold(last.name)) in decisions and decisions[key] is not last:
        if key in passed:
            raise AliasError(
                f"{path} line {last.line}: “{last.alias}” and “{last.name}” stand for each other; "
                "take one of the lines out"
            )
        passed.add(key)
        last = decisions[key]
    return last.name


def read_aliases(path: Path) -> Aliases:
    """The decisions in a file; none where there is no file. Raises AliasError."""
    try:
        return parse_aliases(path.read_text("utf-8"), path)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise AliasError(f"{path} is a link to a file that is not there") from error
        return Aliases()
    except (OSError, UnicodeDecodeError) as error:
        raise AliasError(f"{path} cannot be read: {error}") from error


class AliasFile:
    """A file of decisions that may change while a server runs.

    Whoever opens a broken file is told; when it breaks later, what was decided before holds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held = (_state(path), read_aliases(path))

    def current(self) -> Aliases:
        """The decisions as they are now."""
        state = _state(self.path)
        if state != self._held[0]:
            try:
                self._held = (state, read_aliases(self.path))
            except AliasError:
                self._held = (state, self._held[1])
        return self._held[1]


def _state(path: Path) -> tuple[int, int] | None:
    """What changes with the file, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
