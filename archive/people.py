"""The people (and organisations) of a document to whom quotations are attributed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.accents import without_accents
from archive.document import Quotation, Speaker
from archive.nouns import nouns


def speakers_of(quotations: Iterable[Quotation]) -> tuple[Speaker, ...]:
    """Each speaker once, in the order of the first quotation, as fully as the text states them.

    A surname is the person whose full name ends in it, where only one does. People of different
    names are never merged. An unnamed person does not become a speaker; an unnamed spokesperson
    does where the organisation is known.
    """
    stated = [speaker for speaker in map(_speaker, quotations) if speaker]
    people = tuple({speaker.name for speaker in stated if speaker.kind == "person"} - {None})
    speakers: dict[tuple[str, str], Speaker] = {}
    for speaker in stated:
        if speaker.kind == "person" and speaker.name:
            speaker = replace(speaker, name=_full_name(speaker.name, people))
        key = (speaker.kind, _fold(speaker.name or speaker.organisation or ""))
        known = speakers.get(key, speaker)
        speakers[key] = replace(
            known,
            role=known.role or speaker.role,
            organisation=known.organisation or speaker.organisation,
        )
    return tuple(speakers.values())


def _speaker(quotation: Quotation) -> Speaker | None:
    """The speaker of one quotation, if it is somebody to be listed."""
    kind = quotation.kind
    if kind is None or kind == "document":
        return None
    if quotation.speaker is None and (kind != "spokesperson" or quotation.organisation is None):
        return None
    name = quotation.speaker
    if name and kind == "person":
        words = name.split()
        name = " ".join([word for word in words if not nouns().is_honorific(word)] or words)
    return Speaker(name, kind, quotation.role, quotation.organisation)


def _full_name(name: str, people: Iterable[str | None]) -> str:
    """The only one of the names that ends in this one, or the name itself.

    A single word may also be the first of two surnames: "Huamán" is "Percy Huamán Ríos".
    """
    folded = _fold(name)
    fits = [full for full in people if full and _fold(full).endswith(f" {folded}")]
    if not fits and " " not in name:
        fits = [full for full in people if full and folded in _fold(full).split()[1:]]
    return fits[0] if len(fits) == 1 else name


def _fold(name: str) -> str:
    return without_accents(name).casefold()
