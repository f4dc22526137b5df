"""One meeting with a page: what it adds to, and takes back from, what pages said before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive.document import EXTRACTOR_VERSION, Document, Source
from archive.merge import Contribution
from archive.page import Page
from archive.store.captures import printable, utc
from archive.store.documents import from_packed, packed, to_text
from archive.store.writing import Writing


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a page has said about an entry until now."""

    sha256: str
    captured_at: str
    taken_at: str
    fingerprint: str
    source: Source


@dataclass(frozen=True, slots=True)
class Sighting:
    """Which capture of the page ``key`` this is, and what of it was known before.

    ``taken_at`` orders the captures of a page: one of unknown date was taken at the latest
    when it was first met.
    """

    writing: Writing
    key: str
    path: str
    sha256: str
    captured_at: str
    taken_at: str
    capture_known: bool
    path_known: bool

    @classmethod
    def of(cls, writing: Writing, page: Page, key: str) -> Sighting:
        """To be asked before this sighting is recorded."""
        rows = writing.db.execute(
            "SELECT sha256, path, ingested_at FROM sighting WHERE page = ?", (key,)
        ).fetchall()
        met = [time for sha256, _, time in rows if sha256 == page.sha256]
        captured_at = utc(page.captured_at)
        return cls(
            writing=writing,
            key=key,
            path=page.path,
            sha256=page.sha256,
            captured_at=captured_at,
            taken_at=captured_at or min(met, default=writing.time),
            capture_known=bool(met),
            path_known=any(path == printable(page.path) for _, path, _ in rows),
        )

    def repeats(self, entry: str) -> bool:
        """Whether the same file has already said something about this entry."""
        return self.path_known and self._spoken(entry) is not None

    def contribute(self, entry: str, fragment: Document) -> bool:
        """Record what this capture says about an entry, unless a newer one has spoken."""
        fingerprint = fragment.fingerprint()
        captured_at, taken_at = self.captured_at, self.taken_at
        spoken = self._spoken(entry)
        if spoken is not None:
            if self._reads_again(spoken):
                captured_at = max(captured_at, spoken.captured_at)
                taken_at = max(taken_at, spoken.taken_at)
            elif not self._supersedes(spoken):
                return False
            said = (spoken.sha256, spoken.taken_at, spoken.fingerprint)
            version = fragment.source.extractor_version
            if said == (self.sha256, taken_at, fingerprint) and (
                spoken.source.extractor_version == version
            ):
                return False
        self.writing.db.execute(
            "INSERT OR REPLACE INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                entry,
                self.key,
                self.sha256,
                captured_at,
                taken_at,
                fingerprint,
                packed(self.writing.once(to_text, fragment)),
            ),
        )
        self.writing.spoken[entry] = Contribution(entry, self.key, captured_at, fragment)
        return True

    def take_back(self, entries: Collection[str]) -> list[str]:
        """Delete what these bytes were once read to say about other entries than these.

        Only another capture can tell that an entry has moved off its listing; the same bytes
        read anew tell that it was never there.
        """
        if not self.capture_known:
            return []
        rows = self.writing.db.execute(
            "SELECT entry FROM contribution WHERE page = ? AND sha256 = ?", (self.key, self.sha256)
        ).fetchall()
        gone = [
            entry
            for (entry,) in rows
            if entry not in entries
            and (spoken := self._spoken(entry)) is not None
            and self._reads_again(spoken)
        ]
        self.writing.db.executemany(
            "DELETE FROM contribution WHERE entry = ? AND page = ?",
            ((entry, self.key) for entry in gone),
        )
        return gone

    def _spoken(self, entry: str) -> _Spoken | None:
        if entry in self.writing.new:
            return None
        row = self.writing.db.execute(
            "SELECT sha256, captured_at, taken_at, fingerprint, packed FROM contribution"
            " WHERE entry = ? AND page = ?",
            (entry, self.key),
        ).fetchone()
        if row is None:
            return None
        sha256, captured_at, taken_at, fingerprint, data = row
        source = from_packed(data).source
        return _Spoken(sha256, captured_at, taken_at, fingerprint, source)

    def _reads_again(self, spoken: _Spoken) -> bool:
        """Whether these are the bytes that spoke: of the same file, or for another extractor.

        Two files with the same bytes, read by one extractor, may differ by where they stood;
        neither takes back what the other says.
        """
        source = spoken.source
        same_reading = source.path != self.path and source.extractor_version == EXTRACTOR_VERSION
        return spoken.sha256 == self.sha256 and not same_reading

    def _supersedes(self, spoken: _Spoken) -> bool:
        """Whether this capture is newer than the one that spoke.

        Of two captures of one instant the one met first yields to the other, once: a
        known capture does not come back, or every run would swap the two.
        """
        if spoken.sha256 == self.sha256 or not self.capture_known:
            return self.taken_at >= spoken.taken_at
        return self.taken_at > spoken.taken_at
