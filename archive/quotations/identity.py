"""Who a subject is: a person, a spokesperson without a name, an organisation, a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from archive.country_codes import country_code
from archive.document import QuotationKind
from archive.gazetteer import is_place
from archive.names import FULL_NAME, UPPER, name_runs
from archive.organisations import ends_as_cause, is_body_noun, is_company, is_organisation
from archive.quotations.behalf import behalf, speaks_by_voice
from archive.quotations.bodies import Bodies
from archive.quotations.mentions import Mentions
from archive.quotations.naming import POSSESSIVE, is_numbered
from archive.quotations.nicknames import without_nickname
from archive.quotations.register import Register
from archive.quotations.subjects import Subject
from archive.roles import split_role

_ARTICLE = re.compile(
    r"^(?:the|an?|its|their|our|la|le|les|el|los|une?|un|una|son|sa|ses|leurs?|sus?)\s+|^l[’']",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"\s(?:for|of|at|in|from|with|to|du|de|des|del|para|en|dans|sur|sobre|à|au|aux)\s|\sd[’']"
)
_GENDERED = {"la": "f", "le": "m", "el": "m"}
_FIRST = re.compile(r"l'|\w+")
_OWNER = re.compile(rf"(?:[Tt]he\s)?(?:[{UPPER}][\w-]*\s)*[{UPPER}][\w-]*(?:[’']s|(?<=s)[’'])")
"""Whose body it is: "Turkey’s (Foreign Ministry)"."""
_MOST_WORDS = 6
"""Words of a description whose noun is in no table; a longer one is rather half a sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a quotation, as far as it is known."""

    kind: QuotationKind
    name: str | None
    role: str | None = None
    organisation: str | None = None


class Identifier:
    """Turns subjects into sources and remembers what was said of each person."""

    def __init__(self, register: Register, organisation: str | None) -> None:
        self.register = register
        self.nouns = register.nouns
        self.small = register.words.small | register.words.verbs
        self.organisation = organisation
        self._known: dict[str, Source] = {}
        self._introduced: dict[str, tuple[str | None, str | None]] = {}
        self._by_office: dict[str, set[str]] = {}
        """Those of the known people of whom a word was said as role or organisation."""
        self._mentions = Mentions(register)
        self._bodies = Bodies(register.body, register.words)

    def person(self, name: str) -> Source:
        """What is known about a person of that name: by their words, or as they are introduced."""
        source = self._known.get(name) or Source("person", name)
        if source.role or source.organisation or " " not in name:
            return source
        if name not in self._introduced:
            beside = self.register.introductions(name)
            stated = (split_role(words, self.organisation) for words in beside)
            role, body = next(filter(any, stated), (None, None))
            self._introduced[name] = self._bodies.held(role, body)
        role, organisation = self._introduced[name]
        return replace(source, role=role, organisation=organisation)

    def identify(self, subject: Subject) -> Source | None:
        """The source that a subject names; None for a pronoun, which has its own rules."""
        if subject.name:
            return self._named(subject)
        if subject.description:
            holder = self._holder_of(subject)
            return holder or self._described(subject.description, subject.start)
        return None

    def _turned(self, subject: Subject) -> Subject:
        """The subject of "Roe, Jane, said", its first name in front."""
        first, surname = subject.apposition, subject.name
        if " " in first or " " in surname or not self.nouns.is_first_name(first):
            return subject
        return replace(subject, name=f"{first} {surname}", apposition="")

    def _named(self, subject: Subject) -> Source | None:
        subject = self._turned(subject)
        words = POSSESSIVE.sub("", without_nickname(subject.name)).split()
        bare = self.register.clean(words) or words
        titles = words[: _begin(words, bare)]
        honorifics = [w.casefold() for w in titles if w.casefold() in self.nouns.honorifics]
        if len(bare) == 1 and self.nouns.is_title(bare[0]):
            return Source("person", None, role=_bare(f"{subject.before} {subject.name}"))
        if titles and all(word.casefold() in self.nouns.of_offices for word in bare):
            office = f"{subject.before} {subject.name} {subject.apposition}"
            return Source("person", None, *split_role(office, self.organisation))
        if self._is_holder(bare):
            return Source("person", None, *split_role(" ".join(bare), self.organisation))
        if self._is_body_of(words):
            return Source("organisation", " ".join(words))
        if titles and self._is_body_named_so(words, bare):
            return Source("organisation", " ".join(words))
        if not titles and self._is_document(bare, subject):
            return Source("document", " ".join(bare))
        if not titles and self._is_body(bare, subject):
            owner = subject.before if _OWNER.fullmatch(subject.before) else ""
            name = _bare(f"{owner} {' '.join(bare)}".strip())
            return Source("organisation", self._bodies.named_whole(name.casefold()) or name)
        if self.register.is_nobody(bare) and not (titles and is_numbered(bare)):
            return None
        name = self.register.full_name(bare)
        if honorifics:
            self.register.set_gender(name, honorifics[0])
        stated = self._bodies.held(*self._role(subject, titles))
        known = self.person(name)
        source = replace(
            known,
            role=stated[0] or known.role,
            organisation=stated[1] or self._behalf(subject) or known.organisation,
        )
        self._known[name] = source
        for word in self._office_words(source):
            self._by_office.setdefault(word, set()).add(name)
        return source

    def _behalf(self, subject: Subject) -> str | None:
        """For whom the text says that a person speaks there: "Au nom de X, Jane Roe"."""
        if not self.register.words.head_first:
            return None
        at = self.register.body.find(subject.name, subject.start)
        return behalf(self.register.body, at) if at >= 0 else None

    def _role(self, subject: Subject, titles: Sequence[str]) -> tuple[str | None, str | None]:
        """Role and organisation by the apposition, or else by what stands before the name."""
        beside = "" if self._tells_deed(subject.apposition) else subject.apposition
        first, _, behind = beside.partition(", ")
        beside = behind if first.casefold() in self.nouns.suffixes else beside
        role, organisation = split_role(beside, self.organisation)
        if role:
            return role, organisation
        offices = [self.nouns.singular(w) for w in titles if not self.nouns.is_honorific(w)]
        told = self._tells_office(subject.before, titled=bool(offices))
        before = self._whole_office(subject) if told else ""
        before = " ".join((before, *offices)).strip()
        role, before_organisation = split_role(before, self.organisation)
        return role, organisation or before_organisation

    def _whole_office(self, subject: Subject) -> str:
        """What stands before a name, in French and Spanish with all that belongs to it."""
        if not (self.register.words.head_first and subject.before):
            return subject.before
        at = self.register.body.find(subject.name, subject.start)
        office = self.register.leading_office(at) if at >= 0 else ""
        return office if subject.before in office else subject.before

    def _tells_deed(self, apposition: str) -> bool:
        """Whether the words say what somebody does: "quoting John Doe", no "acting mayor"."""
        first, _, rest = apposition.partition(" ")
        if not first.endswith(self.register.words.participle):
            return False
        name = FULL_NAME.match(rest)
        told = name is not None and self.register.is_person(
            " ".join(self.register.clean(name.group().split()))
        )
        return told or first in self.register.words.verbs

    def _tells_office(self, before: str, *, titled: bool) -> bool:
        """Whether the words before a name are an office: not those of "a defiant Jane Roe".

        Before a title one word may belong to it ("then Senator Roe"), but no other noun ("on the
        disaster fund Senator Roe said").
        """
        words = before.casefold().replace("’", "'").split()
        speech = self.register.words
        if speech.head_first:
            return True  # adjectives stand behind their noun there
        if any(word in speech.stray and not self.nouns.knows(word) for word in words):
            return False
        if words and words[0].removesuffix("'s") in speech.droppable:
            return False
        if titled and before.islower() and len(words) > 1 and not any(map(self.nouns.knows, words)):
            return False
        article = len(words) == 2 and words[0] in self.register.words.determiners
        return not article or self.nouns.knows(words[1]) or self.nouns.is_title(words[1])

    def _is_holder(self, words: Sequence[str]) -> bool:
        """Whether an organisation and an office stand for somebody: "Example Watch campaigner"."""
        name = " ".join(words)
        if not self.nouns.is_person(words[-1].casefold()) or _OF_WHOM.search(name):
            return False
        return is_organisation(name)

    def _is_body_of(self, words: Sequence[str]) -> bool:
        """Whether a name is a body's that says of what: "Collectif des piroguiers de Mbour"."""
        of = self.register.words.head_first and any(word in self.nouns.of for word in words[1:-1])
        return of and words[0].casefold() in self.nouns.organisations

    def _is_body_named_so(self, words: Sequence[str], bare: Sequence[str]) -> bool:
        """Whether a title is part of a body's name: "General Assembly", "Democratic Party"."""
        adjective = words[-2].casefold() in self.nouns.parties | {"general"}
        return adjective and len(bare) == 1 and bare[0].casefold() in self.nouns.organisations

    def _is_document(self, words: Sequence[str], subject: Subject) -> bool:
        """Whether the name is a document's: "the Grazing Act", no "the Harbour Post"."""
        articled = subject.before.casefold() in self.register.words.articles
        last = words[-1].casefold()
        whole = len(words) > 1 and last in self.nouns.documents and last not in self.nouns.bodies
        return articled and whole and not is_organisation(" ".join(words), self.organisation)

    def _is_body(self, words: Sequence[str], subject: Subject) -> bool:
        name = " ".join(words)
        if is_organisation(name, self.organisation) or country_code(name):
            return True
        if ends_as_cause(name) and not subject.before:
            return True
        if speaks_by_voice(subject.apposition):
            return True
        if self.register.words.head_first and not subject.before and self._is_told_body(name):
            return True
        if self.register.words.head_first and "des" in words[1:-1]:
            return True  # "Veille des Phares"
        if is_place(name) and not (subject.before or self.register.is_person(name)):
            return True  # "Berlin demanded": the government there
        before = _bare(subject.before.casefold())
        article = subject.before.casefold() in self.register.words.articles
        # "El Roe" may be his surname.
        nobody = article and (" " in name or not self.register.is_person(name))
        noun, *more = before.split(" ")
        described = self.register.words.head_first and bool(more) and is_body_noun(noun)
        if described and not self.nouns.is_person(noun):
            return True  # "La coopérative agricole Espoir de la Nawa"
        return nobody or before in self.nouns.bodies or is_company(f"{before} {name}")

    def _is_told_body(self, name: str) -> bool:
        """Whether the text says elsewhere that the name is a body's: "la société Hidra".

        In "la présidente de l’association Jane Roe" it need not be.
        """
        told = (source.organisation or "" for source in self._known.values())
        if name not in self._known and any(f" {body}".endswith(f" {name}") for body in told):
            return True
        if self.nouns.is_first_name(name.split()[0]):
            return False
        before = (match.groups() for match in self.register.words_before(name))
        return any(
            is_body_noun(noun.casefold()) and (" " not in name or not link) for link, noun in before
        )

    def _holder_of(self, subject: Subject) -> Source | None:
        """The person whom "the minister" means: the only one who is introduced as one before.

        Every word of the description must stand beside that name, and no other minister be told of.
        """
        article, *words = subject.description.split()
        if article.casefold() not in self.register.words.definites or not words:
            return None
        asked = [word.casefold().strip("’'") for word in words]
        head = asked[0] if self.register.words.head_first else asked[-1]
        if not (self.nouns.is_person(head) or head in self.nouns.spokespersons):
            return None
        gender = _GENDERED.get(article.casefold(), "")
        holders = (
            name
            for name in self._candidates(asked)
            if self.register.is_introduced(name, subject.start)
            and self._holds(name, asked)
            and self.register.may_be(name, gender)
        )
        fits = list(islice(holders, 2))  # two are as many as a hundred
        if len(fits) != 1 or self._mentions.is_disputed(fits[0], head, subject.start):
            return None
        source = self.person(fits[0])
        return source if source.role else replace(source, role=" ".join(words))

    def _candidates(self, asked: Sequence[str]) -> Iterable[str]:
        """The people who have the rarest of the words beside them."""
        held = ((self.register.holders(w), self._by_office.get(w, set[str]())) for w in asked)
        beside, told = min(held, key=lambda names: len(names[0]) + len(names[1]))
        return chain(beside, (name for name in told if name not in beside))

    def _holds(self, name: str, asked: Sequence[str]) -> bool:
        """Whether every word is one of the person's offices, as far as the text has told."""
        known = self._known.get(name)
        stated = self._office_words(known) if known else ()

        def is_said(word: str) -> bool:
            return word in stated or name in self.register.holders(word)

        # "The minister" is no deputy minister of whom the text told, but whom she stands in for.
        return all(map(is_said, asked)) and not any(
            map(is_said, self.nouns.lesser.difference(asked))
        )

    def _office_words(self, source: Source) -> frozenset[str]:
        return self.nouns.office_words(f"{source.role or ''} {source.organisation or ''}")

    def _head(self, description: str) -> str:
        """The noun that says what is described: the last one, in head-first languages the first."""
        nouns = _OF_WHOM.split(description, maxsplit=1)[0].casefold().split()
        nouns = nouns[:1] if nouns[-1][0].isdigit() else nouns  # "Article 19"
        if not self.register.words.head_first:
            return nouns[-1]
        return next((noun for noun in nouns if self.nouns.knows(noun)), nouns[0])

    def _described(self, description: str, at: int) -> Source | None:
        text = _bare(description)
        if not text:
            return None
        head = self._head(text)
        if head.removesuffix("s") in self.nouns.bodies and head not in self.nouns.bodies:
            return Source("organisation", None)  # a joint statement: no one speaker
        if head in self.nouns.spokespersons:
            role, organisation = split_role(text, self.organisation)
            own = self.organisation if " " not in text else None
            return Source("spokesperson", None, role, organisation or own)
        if head in self.nouns.documents:
            return Source("document", text)
        local = self.register.words.head_first and head in self.nouns.institutions
        if head in self.nouns.bodies or local:
            itself = self._told_organisation(description, at) if head in self.nouns.selves else None
            return Source("organisation", itself or text)
        known = self.nouns.knows(head)
        told = None if known else _up_to_any(text, self.nouns.documents)
        if told:
            return Source("document", told)
        if not known and (len(text.split()) > _MOST_WORDS or head in self.small):
            return None
        return Source("person", None, text)

    def _told_organisation(self, description: str, at: int) -> str | None:
        """Whom "the organisation" means: the page's own, or the only one for which anyone spoke.

        Another name between it and ``at`` may be the one that is meant.
        """
        if self.organisation:
            return self.organisation
        words = self.register.words
        article = _FIRST.match(description.casefold().replace("’", "'"))
        told = {source.organisation for source in self._known.values() if source.organisation}
        alone = (
            len(told) == 1
            and not any(map(_OWNER.match, told))
            and article is not None
            and article.group() in words.definites
        )
        body = told.pop() if alone else None
        return body if body and not self._is_another_named(body, at) else None

    def _is_another_named(self, body: str, at: int) -> bool:
        """Whether a name that is no speaker's stands between a body's last mention and ``at``."""
        last = max(0, self.register.body.rfind(body, 0, at))
        runs = name_runs(self.register.body, last + len(body), at)
        names = (self.register.clean(run.group().split()) for run in runs)
        return any(
            len(name) > 1
            and self.register.full_name(name) not in self._known
            and not self.register.is_nobody(name)
            for name in names
        )


def _begin(words: Sequence[str], bare: Sequence[str]) -> int:
    """Where the bare name begins; words behind it ("Jr.") are left out of it as well."""
    size = len(bare)
    places = range(len(words) - size + 1)
    return next((i for i in places if list(words[i : i + size]) == list(bare)), len(words) - size)


def _up_to_any(text: str, nouns: frozenset[str]) -> str | None:
    """The words up to one of the nouns: "banner" of "banner hung", None where none is there."""
    words = text.split()
    at = next((i for i, word in enumerate(words) if word.casefold() in nouns), None)
    return None if at is None else " ".join(words[: at + 1])


def _bare(text: str) -> str:
    return _ARTICLE.sub("", text.strip())
