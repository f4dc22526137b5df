"""Who a subject is: full names for surnames, people for pronouns, kinds for descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.countries import country_code
from archive.document import QuotationKind
from archive.names import PARTICLES, PERSON, UPPER
from archive.quotations.grammar import Grammar, Nouns
from archive.quotations.subjects import Subject
from archive.roles import split_role

_PERSON = re.compile(rf"(?<!\w){PERSON}")
_SMALL = "(?:" + "|".join(sorted(PARTICLES)) + ")"
_CAPITALISED = re.compile(
    rf"(?<![\w’'-])[{UPPER}][\w.’'-]*(?:\s(?:{_SMALL}\s)?[{UPPER}][\w.’'-]*){{0,5}}"
)
_LEADS = re.compile(r"(?:^|[.!?;:,”\"]\s+|\n|\b(?:and|but|while|when|as|because|that|after)\s)$")
_POSSESSIVE = re.compile(r"[’']s?$")
_ARTICLE = re.compile(r"^(?:the|an?|la|le|les|el|los|une?|un|una)\s+|^l[’']", re.IGNORECASE)
_OF_WHOM = re.compile(r"\s(?:for|of|at|from|with|du|de la|de|des|del)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a quotation, as far as it is known."""

    kind: QuotationKind
    name: str | None
    role: str | None = None
    organisation: str | None = None
    gender: str | None = None


class People:
    """The people and organisations of one text."""

    def __init__(self, body: str, words: Grammar, nouns: Nouns, organisation: str | None) -> None:
        self.body = body
        self.words = words
        self.nouns = nouns
        self.organisation = organisation
        self._known: dict[str, Source] = {}

    @cached_property
    def _full_names(self) -> Sequence[tuple[str, ...]]:
        """Every run of capitalised words that may be somebody's full name, cleaned."""
        names: dict[tuple[str, ...], None] = {}
        for match in _PERSON.finditer(self.body):
            text = _POSSESSIVE.sub("", match.group())
            words = self._without_titles(text.split())
            while words and words[0].casefold() in self.words.starters:
                words = words[1:]
            if 2 <= len(words) <= 5 and not self._is_body(words):
                names[tuple(words)] = None
        return tuple(names)

    def _without_titles(self, words: list[str]) -> list[str]:
        last = max(
            (i for i, word in enumerate(words[:-1]) if self.nouns.is_title(word)),
            default=-1,
        )
        return words[last + 1 :]

    def _is_body(self, words: Sequence[str]) -> bool:
        return any(word.casefold().strip(".,") in self.nouns.organisations for word in words)

    def full_name(self, words: Sequence[str]) -> tuple[str, ...]:
        """The only full name of the text of which ``words`` are the last or first ones."""
        short = tuple(words)
        size = len(short)
        if size > 1 and short in self._full_names:
            return short
        fits = [name for name in self._full_names if len(name) > size and (name[-size:] == short)]
        if not fits:
            fits = [name for name in self._full_names if len(name) > size and name[:size] == short]
        return fits[0] if len(fits) == 1 else short

    def antecedent(self, start: int, stop: int, gender: str | None) -> Source | None:
        """Whom "he" or "she" means at ``stop``, by the people named since ``start``.

        The only one; or among several the last who stands as the subject of a sentence.
        """
        found: dict[str, bool] = {}
        for match in _CAPITALISED.finditer(self.body, start, stop):
            words = match.group().split()
            while words and words[0].casefold() in self.words.starters:
                words = words[1:]
            words = self._without_titles([_POSSESSIVE.sub("", word) for word in words])
            if not words:
                continue
            name = " ".join(self.full_name(words))
            if not self._is_person(name):
                continue
            known = self._known.get(name)
            if known and known.gender and gender and known.gender != gender:
                continue
            leads = _LEADS.search(self.body, max(start, match.start() - 12), match.start())
            subject = bool(leads) or match.start() == start
            found[name] = found.pop(name, False) or subject
        subjects = [name for name, subject in found.items() if subject]
        name = subjects[-1] if subjects else next(iter(found)) if len(found) == 1 else ""
        return self._known.get(name) or Source("person", name, gender=gender) if name else None

    def _is_person(self, name: str) -> bool:
        """Whether the name is known as somebody's full name or surname."""
        words = tuple(name.split())
        return name in self._known or any(full[-len(words) :] == words for full in self._full_names)

    def identify(self, subject: Subject) -> Source | None:
        """The source that a subject names; None for a pronoun, which has its own rules."""
        if subject.name:
            return self._named(subject)
        if subject.description:
            return self._described(subject.description)
        return None

    def _named(self, subject: Subject) -> Source | None:
        words = _POSSESSIVE.sub("", subject.name).split()
        honorific = next((w.casefold() for w in words if w.casefold() in self.nouns.honorifics), "")
        bare = self._without_titles(words)
        titles = words[: len(words) - len(bare)]
        before = subject.before
        if titles and not honorific:
            before = f"{before} {' '.join(titles)}".strip()
        if len(bare) == 1 and self.nouns.is_title(bare[0]) and not honorific:
            return Source("person", None, role=_bare(f"{subject.before} {subject.name}"))
        name = " ".join(bare)
        if not honorific and not titles and self._names_a_body(bare, subject):
            return Source("organisation", name)
        name = " ".join(self.full_name(bare))
        role, organisation = split_role(subject.apposition) if subject.apposition else (None, None)
        if role is None and before:
            role, organisation = split_role(_bare(before))
        known = self._known.get(name)
        gender = (
            "m"
            if honorific in self.nouns.honorifics_male
            else "f"
            if honorific in self.nouns.honorifics_female
            else known.gender
            if known
            else None
        )
        source = Source(
            "person",
            name,
            role or (known.role if known else None),
            organisation or (known.organisation if known else None),
            gender,
        )
        self._known[name] = source
        return source

    def _names_a_body(self, words: Sequence[str], subject: Subject) -> bool:
        name = " ".join(words)
        if self.organisation and name.casefold() in self.organisation.casefold():
            return True
        if self._is_body(words) or country_code(name):
            return True
        if len(words) == 1 and len(name) > 2 and name.isupper():
            return True
        return subject.before.casefold() == "the"

    def _described(self, description: str) -> Source | None:
        text = _bare(description)
        head_phrase = _OF_WHOM.split(text, maxsplit=1)[0]
        head = head_phrase.split()[-1].casefold()
        role, organisation = split_role(text)
        if head in self.nouns.spokespersons:
            return Source("spokesperson", None, role, organisation or self._own(text))
        if head in self.nouns.documents:
            return Source("document", text)
        if head in self.nouns.bodies:
            own = self.organisation if head in _SELF else None
            return Source("organisation", own or text)
        return Source("person", None, text, None)

    def _own(self, text: str) -> str | None:
        """The organisation of "its spokesperson": the page's own, where one is known."""
        return self.organisation if len(text.split()) == 1 else None


_SELF = frozenset(["organisation", "organization", "group", "charity", "ngo"])


def _bare(text: str) -> str:
    return _ARTICLE.sub("", text.strip())
