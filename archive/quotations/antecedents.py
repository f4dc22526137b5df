"""Whom a word means that names nobody: "she", "it", a verb without a subject."""

from __future__ import annotations

import re

from archive.quotations.frames import Frame
from archive.quotations.identity import Identifier, Source
from archive.quotations.scene import Scene
from archive.quotations.subjects import Subject

GENDERS = {"he": "m", "she": "f", "il": "m", "elle": "f", "él": "m", "ella": "f"}
ARTICLES = {"la": "f", "le": "m", "el": "m"}
_BEGINS_SO = re.compile(r"\s*(he|she|il|elle|él|ella)\b", re.IGNORECASE)
_FORGOTTEN_AFTER = 2
"""Paragraphs after which "she" no longer means the last speaker."""


class Antecedents:
    """Remembers who was spoken of, paragraph by paragraph.

    ``before`` is the paragraph before the one that is read, ``silence`` how many paragraphs the
    last speaker has been silent for.
    """

    def __init__(self, identifier: Identifier) -> None:
        self.identifier = identifier
        self.register = identifier.register
        self.before: Scene | None = None
        self.person: Source | None = None
        self.silence = 0

    def note(self, source: Source | None) -> None:
        """Remember a person who speaks or is spoken of."""
        if source and source.kind == "person" and source.name:
            self.person, self.silence = source, 0

    def topic(self, scene: Scene) -> Source | None:
        """Of whom a paragraph goes on to tell that begins with "She"."""
        match = _BEGINS_SO.match(scene.paragraph.text)
        if match is None:
            return None
        gender = GENDERS[match.group(1).casefold()]
        return self.somebody(gender, scene, scene.paragraph.start)

    def same(self, scene: Scene, offset: int) -> Source | None:
        """Who a verb without a subject means: who spoke in this paragraph, or before it."""
        before = zip(scene.pieces, scene.spans, strict=True)
        spoken = [piece.source for piece, span in before if piece.source and span.start < offset]
        return spoken[-1] if spoken else self.somebody("", scene, offset)

    def _just_before(self) -> Source | None:
        """Who spoke last in the paragraph before, if it ended with somebody's words."""
        if not (self.before and self.before.pieces and self.register.words.head_first):
            return None  # the English "the" tells nothing of him or her
        last = self.before.pieces[-1].source
        return last if last == self.person else None

    def going_on(self, subject: Subject, scene: Scene, offset: int) -> Source | None:
        """Who spoke last, here or right above, where "the pilot" adds something to that."""
        article, _, noun = subject.description.casefold().replace("’", "' ").partition(" ")
        if article not in self.register.words.definites or not self.register.nouns.is_person(noun):
            return None
        here = bool(scene.pieces) and scene.pieces[0].spans[0].start < offset
        spoken = self.same(scene, offset) if here else self._just_before()
        named = spoken is not None and spoken.kind == "person" and spoken.name
        gender = ARTICLES.get(article, "")
        return spoken if spoken and named and self.register.may_be(named, gender) else None

    def somebody(self, gender: str, scene: Scene, offset: int) -> Source | None:
        """Whom "he" or "she" means.

        The last subject of a sentence in this paragraph, or whom it reports; else who spoke just
        before; else the only person whom this paragraph names, or the last subject of the one
        before.
        """
        subjects, others = self.register.antecedents(scene.own_words(offset), gender)
        told = None if subjects else self._told_of(scene, offset)
        if told:
            return told
        reported = self._reported(gender, scene, offset, subjects[-1] if subjects else "")
        if reported:
            return reported
        if subjects:
            return self.identifier.person(subjects[-1])
        recent = self.person if self.silence <= _FORGOTTEN_AFTER else None
        if recent and recent.name and self.register.may_be(recent.name, gender):
            return recent
        if len(others) == 1:
            return self.identifier.person(others[0])
        if self.before and not others:
            segments = self.before.own_words(self.before.paragraph.end)
            subjects, others = self.register.antecedents(segments, gender)
            if subjects or len(others) == 1:
                return self.identifier.person((*others, *subjects)[-1])
        return None

    def _told_of(self, scene: Scene, offset: int) -> Source | None:
        """Of whom the sentence before tells without a name: "The prosecutor appealed."."""
        stop = sum(token.start < offset for token in scene.tokens)
        if not stop or not scene.tokens[stop - 1].ends_sentence:
            return None
        subject = scene.before.subject_of_last(stop)
        told = self.identifier.identify(subject) if subject and subject.description else None
        return told if told and told.kind == "person" else None

    def _reported(self, gender: str, scene: Scene, offset: int, subject: str) -> Source | None:
        """Who is reported before an offset and behind the last ``subject`` of a sentence."""
        stop = sum(token.start < offset for token in scene.tokens)
        frame = scene.before.indirect(stop, described=True)
        if frame is None:
            return None
        told = self.identifier.identify(frame.subject)
        if told is None or told.kind not in ("person", "spokesperson"):
            return None
        if not told.name:
            return None if subject else told
        body = self.register.body
        later = subject and body.rfind(subject.split()[-1], 0, offset) > frame.subject.start
        return None if later or not self.register.may_be(told.name, gender) else told

    def resumed(self, subject: Subject, scene: Scene, offset: int) -> Source | None:
        """The only person whom the paragraph has named, where "la militante" speaks in French."""
        article, _, noun = subject.description.casefold().replace("’", "' ").partition(" ")
        words, nouns = self.register.words, self.register.nouns
        if not words.head_first or article not in words.definites or noun not in nouns.resuming:
            return None
        segments = list(scene.own_words(offset))
        gender = ARTICLES.get(article, "")
        named = {name for group in self.register.antecedents(segments, "") for name in group}
        name = named.pop() if len(named) == 1 else None
        fits = name is not None and self.register.may_be(name, gender)
        return self.identifier.person(name) if name and fits else None

    def something(self, frame: Frame, scene: Scene, last: Source | None) -> Source | None:
        """What "it" means: the document or the body of the sentence before, or what spoke last."""
        if last and last.kind != "person":
            return last
        if frame.subject.pronoun not in self.register.words.neuters:
            return None
        start = frame.subject.start
        ends = [t.ends_sentence for t in scene.tokens if t.start < start]
        stop = max((index + 1 for index, ends_there in enumerate(ends) if ends_there), default=0)
        if stop > 1:
            reader = scene.before
        elif self.before and not self.before.pieces:
            reader, stop = self.before.before, len(self.before.tokens)
        else:
            return None
        documents = reader.documents_before(stop)
        if frame.cue in self.register.words.reads:
            return Source("document", documents[0].text) if len(documents) == 1 else None
        subject = reader.subject_of_last(stop)
        source = self.identifier.identify(subject) if subject else None
        return source if source and source.kind == "organisation" else None
