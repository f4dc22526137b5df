"""From marks and frames to attributed quotations, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.document import Quotation
from archive.gazetteer import is_place
from archive.nouns import nouns
from archive.quotations.antecedents import GENDERS, Antecedents
from archive.quotations.frames import Frame
from archive.quotations.grammar import grammar
from archive.quotations.identity import Identifier, Source
from archive.quotations.marks import Span
from archive.quotations.pieces import Piece, Quoted, quoted_in
from archive.quotations.register import Register
from archive.quotations.scene import Scene
from archive.quotations.shape import is_entitled, is_title, is_utterance, is_work, is_woven
from archive.quotations.subjects import JOINT, SAME

_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Jj]e|[Yy]o|[Ii]ch)\b")


_FROM_BESIDE = "quotation beside it"
_FROM_ABOVE = "goes on from the paragraph above"
_LED_FROM_ABOVE = "the paragraph above leads to it"
_BEFORE = "subject of the sentence before it"
_SIGNED = "signature below it"


def find_quotations(
    body: str,
    *,
    organisation: str | None = None,
    language: str | None = None,
) -> tuple[Quotation, ...]:
    """The quotations of a body, each with its speaker where the text says who it is.

    ``organisation`` is the one that publishes the page: "the organisation said" is then known.
    """
    found = explain_quotations(body, organisation=organisation, language=language)
    return tuple(quotation for quotation, _ in found)


def explain_quotations(
    body: str,
    *,
    organisation: str | None = None,
    language: str | None = None,
) -> tuple[tuple[Quotation, str], ...]:
    """The same, each with what in the text tells whose it is: "" where nothing does."""
    words = grammar(language)
    quoted = list(quoted_in(body, words.verbs if words.dashes else ()))
    if not quoted:
        return ()
    finder = _Finder(body, organisation, language)
    for each in quoted:
        finder.read(each)
    return tuple(finder.quotations())


def _told_by(frame: Frame) -> str:
    """The words beside a quotation that tell whose it is: "“said” beside it, whom “she” means"."""
    cue, pronoun = frame.cue, frame.subject.pronoun
    words = f"“{cue}” beside it" if cue.strip(":.") else "words that lead to it"
    if pronoun == SAME:
        return f"{words}, without a subject"
    return f"{words}, whom “{pronoun}” means" if pronoun else words


class _Finder:
    """Walks over the paragraphs and remembers who spoke."""

    def __init__(self, body: str, organisation: str | None, language: str | None) -> None:
        self.body = body
        self.words = grammar(language)
        self.nouns = nouns()
        self.register = Register(body, self.words, self.nouns)
        self.identifier = Identifier(self.register, organisation)
        self.pieces: list[Piece] = []
        self.before: Scene | None = None
        self.last: Source | None = None
        self.goes_on = ""
        """Why the next paragraph goes on with the words of ``last``; "" where it does not."""
        self.meant = Antecedents(self.identifier)
        self.headed = False
        """Whether a line with a name that signs nothing stands above: it may head what follows."""

    def read(self, quoted: Quoted) -> None:
        """Attribute what is quoted in the next paragraph."""
        scene = Scene(quoted, self.body, self.words, self.nouns)
        self.pieces += quoted.pieces
        self.meant.silence += 1
        if scene.pieces:
            for piece, span, at in zip(scene.pieces, scene.spans, scene.positions, strict=True):
                self._by_frame(piece, span, at, scene)
            self._by_neighbour(scene)
            for piece, at in zip(scene.pieces, scene.positions, strict=True):
                self._by_sentence_before(piece, at, scene)
        self._look_ahead(scene)
        self.before = self.meant.before = scene

    def _by_frame(self, piece: Piece, span: Span, at: int, scene: Scene) -> None:
        """Attribute by the words beside the quotation."""
        inner = span.inner(self.body)
        piece.title = (
            is_title(inner)
            or is_entitled(scene.tokens, at, self.words)
            or is_work(scene.tokens, at, inner, self.words, self.nouns)
        )
        piece.woven = is_woven(scene.tokens, at, self.words)
        if piece.woven and not piece.title:
            self._by_document(piece, at, scene)
        if piece.woven or piece.title:
            return
        frame = self._announced(scene, at) or scene.before.direct(at)
        source = self._source(frame, scene, span.start) if frame else None
        nobody = frame is not None and frame.subject.pronoun == JOINT
        if source is None and not nobody:
            frame = scene.inside(span) or self._beside(scene, at, inner)
            source = self._source(frame, scene, span.start) if frame else None
        told = frame is not None and frame.subject.pronoun not in (SAME, *GENDERS)
        piece.refused = told and source is None
        if source and frame and piece.source is None:
            piece.give(source, _told_by(frame))

    def _by_document(self, piece: Piece, at: int, scene: Scene) -> None:
        """Attribute what a document's words weave in: "Article 9 of the law states that “…”"."""
        if at < 2 or scene.tokens[at - 2].low not in self.words.reads:
            return
        frame = scene.before.frame(at)
        source = self.identifier.identify(frame.subject) if frame else None
        if frame and source and source.kind == "document":
            piece.give(source, _told_by(frame))

    def _beside(self, scene: Scene, at: int, inner: str) -> Frame | None:
        """The frame behind the quotation, or else the one before it.

        In "Jane Roe said “…”, according to John Doe" the verb tells who speaks.
        """
        behind = scene.behind.frame(at, inner)
        if behind and behind.cue not in self.words.sources:
            return behind
        before = scene.before.frame(at)
        if behind and not (before and before.cue in self.words.verbs):
            return behind
        return before or scene.before.cut_in(at)

    def _announced(self, scene: Scene, at: int) -> Frame | None:
        return scene.announced.announcement(at) if scene.may_announce else None

    def _by_neighbour(self, scene: Scene) -> None:
        """Who speaks beside a quotation in the same paragraph, or goes on from the last one."""
        pieces = [piece for piece in scene.pieces if piece.speaks and not piece.refused]
        for order in (pieces, pieces[::-1]):
            speaker: Source | None = None
            for piece in order:
                if piece.source is None:
                    piece.give(speaker, _FROM_BESIDE)
                speaker = piece.source
        for piece, span, at in zip(scene.pieces, scene.spans, scene.positions, strict=True):
            if piece.source and piece.speaks:
                inner = span.inner(self.body)
                piece.utterance = is_utterance(scene.tokens, at, inner, self.words)
        if self.goes_on and scene.begins_quoted and pieces and pieces[0].source is None:
            for piece in pieces:
                piece.give(self.last, self.goes_on)

    def _by_sentence_before(self, piece: Piece, at: int, scene: Scene) -> None:
        """Attribute what nothing else does: "Jane Roe disagreed. “…”"."""
        if piece.source or not piece.speaks:
            return
        span = piece.spans[0]
        if span.end == len(self.body) and not span.closed:
            return  # a teaser is cut here, and who speaks may have stood behind
        frame = scene.before.sentence_before(at)
        source = self._source(frame, scene, span.start) if frame else None
        if source and source.kind != "person" and _FIRST_PERSON.search(span.inner(self.body)):
            return  # no organisation says "I"
        piece.give(source, _BEFORE)

    def _look_ahead(self, scene: Scene) -> None:
        """What the paragraph means for the next one, and for the one above it."""
        sources = [piece.source for piece in scene.pieces if piece.source]
        if sources:
            self.last, self.goes_on = sources[-1], _FROM_ABOVE
        else:
            frame = None if scene.pieces else self._announcement(scene)
            announced = self._source(frame, scene, scene.paragraph.end) if frame else None
            leads = frame is not None or (scene.announces and not scene.pieces)
            self.goes_on = _LED_FROM_ABOVE if announced else ""
            if leads:
                self.last = announced
            if announced is None:
                self._hear(scene)
        if scene.may_sign and self.before and self.before.pieces:
            signature = scene.behind.signature()
            signed = self.before.pieces[-1]
            if signature and signed.source is None:
                signed.give(self.identifier.identify(signature.subject), _SIGNED)
        if scene.is_line:
            self._sign(scene)
        elif not scene.spans:
            self.headed = False

    def _sign(self, scene: Scene) -> None:
        """Attribute the quotation above a line with a name, where none above it heads it."""
        signer = self._signer(scene)
        above = self.before if self.before and self.before.is_quoted else None
        signs = signer is not None and above is not None and not self.headed
        self.headed = signer is not None and not signs
        if signs and above and above.pieces[-1].source is None:
            above.pieces[-1].give(signer, _SIGNED)

    def _signer(self, scene: Scene) -> Source | None:
        """Who is named with an office on a line that is nothing else."""
        frame = scene.behind.whole()
        signer = self.identifier.identify(frame.subject) if frame else None
        return signer if signer and signer.kind == "person" and signer.role else None

    def _announcement(self, scene: Scene) -> Frame | None:
        """The frame of a paragraph without quotations that leads to the next one."""
        if not (scene.announces or scene.may_announce):
            return None  # most paragraphs need not be read
        end = len(scene.tokens)
        return self._announced(scene, end) or (scene.before.frame(end) if scene.announces else None)

    def _hear(self, scene: Scene) -> None:
        """Note who speaks in a paragraph without quotations: "Roe said that …"."""
        frame = scene.before.indirect(len(scene.tokens)) if scene.may_report else None
        source = self.identifier.identify(frame.subject) if frame else None
        self.meant.note(source or self.meant.topic(scene))

    def _source(self, frame: Frame, scene: Scene, offset: int) -> Source | None:
        """Who the frame's subject is, and note who spoke last."""
        pronoun = frame.subject.pronoun
        source: Source | None
        if pronoun == JOINT:
            source = None
        elif pronoun == SAME:
            source = self.meant.same(scene, offset)
        elif pronoun in GENDERS:
            source = self.meant.somebody(GENDERS[pronoun], scene, min(offset, frame.subject.start))
        elif pronoun:
            source = self.meant.something(frame, scene, self.last)
        elif frame.cue in (":", ".") and not self._is_certain(frame):
            source = None
        else:
            source = self.identifier.identify(frame.subject)
            if source and not source.name and frame.cue in self.words.going_on:
                source = self.meant.going_on(frame.subject, scene, offset) or source
            elif source and not source.name:
                source = self.meant.resumed(frame.subject, scene, offset) or source
        self.meant.note(source)
        return source

    def _is_certain(self, frame: Frame) -> bool:
        """Whether a subject without a verb of saying is somebody, not "Wait:" or "See below:"."""
        name = frame.subject.name
        if name.isupper() or is_place(name):  # a dateline, a heading, an entry of a list
            return False
        return not name or " " in name or self.register.is_person(name)

    def quotations(self) -> Iterable[tuple[Quotation, str]]:
        """What was found, without scare quotes and short fragments."""
        for piece in dict.fromkeys(self.pieces):  # one that goes on stands in several paragraphs
            if not piece.is_kept:
                continue
            source = piece.source
            quotation = Quotation(
                speaker=source.name and self.register.with_suffix(source.name) if source else None,
                kind=source.kind if source else None,
                role=source.role if source else None,
                organisation=source.organisation if source else None,
                paragraphs=tuple(span.inner(self.body) for span in piece.spans),
                start=piece.spans[0].start,
                end=piece.spans[-1].end,
                closed=piece.spans[-1].closed,
            )
            yield quotation, piece.how
