"""The people whom a text names: full names for surnames, and whom "she" can mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property

from archive.names import UPPER, full_names, name_runs
from archive.nouns import Nouns
from archive.quotations.grammar import Grammar
from archive.quotations.naming import bare_name, is_nobody, is_numbered
from archive.quotations.nicknames import nicknamed, without_nickname
from archive.romance_links import ARTICLE, OF

_BEFORE = 16
"""Characters before a name in which a sentence ends: some pages join paragraphs by spaces."""
_BEGINS = re.compile(r"(?:^|[.!?:…”\"]\s+)$")
_AFTER_COMMA = re.compile(r",\s$")
_JOINED = re.compile(rf"\s(?:and|et|y|e)\s(?:(?:his|her)\s[a-z-]+,?\s)?[{UPPER}]")
"""Behind the first of two who do what a sentence tells: "Jane Roe and John Doe came"."""
_LISTED = re.compile(r"\s?(?:,|and\b|or\b)")
_DETERMINER = (
    r"(?:(?:[Tt]he|[Oo]ne of the|[Ii]ts|[Hh]er|[Hh]is|[Tt]heir|[Oo]ur|[Ll][ea]|[Ee]l|"
    r"[Ss](?:u|on|a)|[Ll]eur|[Uu]n[oa]? de (?:los|las|sus)|[Uu]ne? des)\s|[Ll][’'](?:une?\sdes\s)?)"
)
_OF_BODY = (
    r"(?:\s(?:of|for|at|du|des|del|de|pour|para|sur|sobre|chez|aux?|(?=d[’']))\s?"
    r"[^,.“”«»:;]{2,80})?"
)
_HOLDER = rf"(?:[{UPPER}][\w’'-]*\s){{0,3}}[{UPPER}][\w-]*[’']s?\s"
_OFFICE = re.compile(
    rf"(?:^\s*|[.!?:…”\"]\s+|,\s)(?:(?:According to|Selon|Según|Pour|Para)\s)?"
    rf"(?:{_DETERMINER}|{_HOLDER})"
    rf"(?:[\w’'-]+\s){{0,8}}?(?P<noun>[\w-]+)(?:\s(?P<last>[\w-]+))?{_OF_BODY},?\s$"
)
"""The office that begins a sentence and leads to its holder: "The league's lawyer, Jane Roe, …"."""
_LONGEST_OFFICE = 160
_OPENER = re.compile(rf"(?:^|[.!?…]\s+)[{UPPER}][^\W\d_]*[^,.;:“”«»{UPPER}]{{1,100}},\s$")
"""What opens a sentence before its subject, without a name: "Reçue mercredi au siège, "."""
_NEXT_OFFICE = re.compile(r",\s(?:(?:the|an?|la|le|el|une?)\s|l[’'])?(?P<noun>[\w-]+)")
_APPOSITION = re.compile(
    r"(?:\s\([^()]{1,60}\))?(?:,|\s[–—])\s(?P<apposition>[^\W\d_][^“”\"«»,.;:!?()\n]{3,160}?)"
    r"(?:\s\([^()]{2,12}\))?(?=[,.;:]|\s[:–—]|\s(?:who|which|that|whose|qui|dont|que|quien)\b)"
)
_COPULA = re.compile(
    r"\s(?:est|était|es|era)\s(?:(?:la|le|el|une?)\s|l[’'])?(?P<apposition>[^\W\d_]"
    r"[^“”\"«»,.;:!?()\n]{3,160}?)(?=[,.;:]|\s(?:et|y|qui|dont|que|quien|depuis|desde)\b)"
)
"""The office of "Jane Roe est la directrice de Rivage."."""
_LEADING = re.compile(
    rf"\b{_DETERMINER}(?:[\w’'-]+\s){{0,3}}?(?P<noun>[\w-]+){_OF_BODY},?\s"
    r"(?:(?:Mr|Mrs|Ms|Dr|Me|M|Mme|Pr|Dre|Sr|Sra|Dra)\.?\s)?$"
)
_ENDS_CLAUSE = re.compile(r".*[,.“”«»:;]", re.DOTALL)
_LONGEST_TITLE = 8
"""What no leading office goes over, but for a comma and a title before the name: ", Mrs. "."""
_CLAUSES = re.compile(r"[.,:;!?…“”«»\"()\n]")
_BESIDE = re.compile(r"(?P<comma>,)?\s(?:(?:Mr|Mrs|Ms|Dr|Me|M|Mme|Mgr|Pr|Dre|Sr|Sra|Dra)\.?\s)?$")
_SUFFIXES = ("Jr", "Sr", " II", " IV")
_SUFFIX = re.compile(r",\s(?P<suffix>[JS]r\b\.?)")
_SHORT_FORM = re.compile(r"\s\([^()]{2,12}\)")
_NOUN_BEFORE = re.compile(rf"(?P<link>\b{OF})?(?:{ARTICLE})?(?P<noun>[\w-]+)\s$")
_LONGEST_NOUN = 40
_KIN = re.compile(r"(?P<noun>[\w-]+),?\s$")
"""The word before a name, which may say that somebody is a brother."""
_OWNER = re.compile(r"\s(?:and|with)\s(?P<owner>his|her)\s")
_MEMBER = re.compile(r"(?:du|des|del|de)\s|d[’']")
"""How what somebody belongs to begins: "Jane Roe, du collectif Phare, …"."""
_NOUN_WITHIN = 3
"""Words among which the noun of an office stands: "la première vice-présidente"."""
_OF_MANY = (("des",), ("de", "los"), ("de", "las"), ("de", "sus"))
_LONGEST_UNKNOWN = 4
"""Words of a role whose noun is in no table: "a night cameraman"."""
_WORDS_BEFORE = re.compile(r"(?:(?<![\w’'-])[\w’'-]+\s){1,3}$")
"""The words right before a name: "the league's harbour master"."""
_LINKED = re.compile(r"\b(?:of|de|du|des|del|à|en)\s$|\bd[’']$")
_NEXT = re.compile(r"\s([\w-]+)")
_LONGEST_NAME = 5
_FEWEST_BEHIND = 3
"""Words of a body and of somebody behind it."""
_PATRONYMIC = ("son", "dóttir", "dottir")

_REACH = 2_000
"""Characters before "she" in which the person is looked for."""

Segment = tuple[int, int]
"""Offsets of a stretch of the reporter's own words, without quotations."""


class Register:
    """Every name of a text that may be somebody's, by its last and by its first words."""

    def __init__(self, body: str, words: Grammar, nouns: Nouns) -> None:
        self.body = body
        self.words = words
        self.nouns = nouns
        self._genders: dict[str, str] = {}
        self._full: set[tuple[str, ...]] = set()
        self._by_end: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._by_middle: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        """By the first of two surnames: "Huamán" of "Percy Huamán Ríos"."""
        self._by_start: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._first: dict[str, int] = {}
        self._titles: dict[str, set[str]] = {}
        self._suffixes: dict[str, str] = {}
        self._has_suffixes = any(map(body.__contains__, _SUFFIXES))
        self._written: list[tuple[int, list[str]]] = []
        """Where each name begins, and its words as they are written."""
        for match in full_names(body):
            self._note(match.group().split(), match.start(), match.end())
        for start, end in nicknamed(body):
            self._note(without_nickname(body[start:end]).split(), start, end)

    def _note(self, written: list[str], start: int, end: int) -> None:
        """Remember a full name that stands between two offsets."""
        self._written.append((start, written))
        name = self._behind_body(self.clean(written), start)
        if not 2 <= len(name) <= _LONGEST_NAME:
            return
        whole = " ".join(name)
        if whole not in self._first:
            self._first[whole] = end
            self._titles[whole] = set()
            self._add(name, titled=written[0] != name[0])
        if self._has_suffixes and (suffix := self._suffix(written[-1], end)) not in ("", name[-1]):
            self._suffixes[whole] = suffix
        self._titles[whole].update(written[: len(written) - len(name)])

    def _suffix(self, last: str, end: int) -> str:
        """The "Jr." that ends a name or stands behind its comma."""
        behind = _SUFFIX.match(self.body, end)
        last = behind["suffix"] if behind else last
        return last if last.casefold() in self.nouns.suffixes else ""

    def with_suffix(self, name: str) -> str:
        """The name as the text has it somewhere: "Jane Roe Jr."."""
        return f"{name} {self._suffixes[name]}" if name in self._suffixes else name

    def _add(self, name: tuple[str, ...], *, titled: bool) -> None:
        if any(word.casefold().strip(".,") in self.nouns.organisations for word in name):
            return
        if self.is_nobody(name) and not (titled and is_numbered(name)):
            return
        self._full.add(name)
        for word in name[1:-1]:
            self._by_middle.setdefault((word,), []).append(name)
        for size in range(1, len(name)):
            self._by_end.setdefault(name[-size:], []).append(name)
            self._by_start.setdefault(name[:size], []).append(name)

    def _behind_body(self, words: tuple[str, ...], start: int) -> tuple[str, ...]:
        """The person in "the researcher of Umbra Aperta Jane Roe", told by the first name."""
        if len(words) < _FEWEST_BEHIND or not _LINKED.search(self.body, max(0, start - 8), start):
            return words
        named = (i for i in range(1, len(words) - 1) if self.nouns.is_first_name(words[i]))
        first = next(named, 0)
        return words if self.nouns.is_first_name(words[0]) else words[first:]

    def clean(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words that are the name, without titles and the like."""
        return bare_name(tuple(words), self.words, self.nouns)

    def is_nobody(self, words: Sequence[str]) -> bool:
        """Whether the words name no person but places, a day or a document."""
        return is_nobody(tuple(words), self.words, self.nouns)

    def full_name(self, words: Sequence[str]) -> str:
        """The only full name of which ``words`` are the last (or else the first) words.

        The words themselves where no name or several people fit.
        """
        short = tuple(words)
        # A particle is capitalised where no first name stands before it: "Van den Berg said".
        begun = (short[0][:1].lower() + short[0][1:], *short[1:]) if short else short
        if begun != short and begun in self._by_end:
            short = begun
        if short in self._full and self._is_whole(short):
            return " ".join(self._with_patronymic(short))
        for table in (self._by_end, self._by_start, self._by_middle):
            fits = table.get(short, ())
            if fits:
                # "Jane M. Roe" and "Jane Roe" are one person.
                one = len({(name[0], name[-1]) for name in fits}) == 1
                return " ".join(fits[0] if one else words)
        return " ".join(words)

    def _with_patronymic(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """The full name of whom a text calls by two given names: "Jón Þór (Ingvarsson)"."""
        fits = self._by_start.get(name, [])
        alone = fits[0] if len(set(fits)) == 1 else name
        return alone if alone[-1].endswith(_PATRONYMIC) else name

    def _is_whole(self, name: tuple[str, ...]) -> bool:
        """Whether a name of two words is none of two surnames: "Copa Mamani"."""
        return name not in self._by_end or self.nouns.is_first_name(name[0])

    def is_introduced(self, name: str, stop: int) -> bool:
        """Whether the full name stands before an offset."""
        return name in self._first and self._first[name] <= stop and self._is_full(name)

    def _is_full(self, name: str) -> bool:
        return tuple(name.split()) in self._full

    def holders(self, word: str) -> Collection[str]:
        """The full names that have the word beside them, anywhere, in an office or title."""
        return self._by_office.get(word, ())

    @cached_property
    def _by_office(self) -> dict[str, set[str]]:
        """All full names by each word of their offices: looked up once, however often asked for."""
        names: dict[str, set[str]] = {}
        for name in self._first:
            if self._is_full(name):
                beside = " ".join((*self._titles[name], *self._offices(name)))
                for word in self.nouns.office_words(beside):
                    names.setdefault(word, set()).add(name)
        return names

    def _offices(self, name: str) -> Iterator[str]:
        """What stands beside a name as an office: also "harbour master Jane Roe"."""
        yield from self.introductions(name)
        for start, _ in self._places(name):
            before = _WORDS_BEFORE.search(self.body, max(0, start - 60), start)
            words = before.group().split() if before else []
            if words and self.nouns.is_person(words[-1].casefold()):
                yield " ".join(words)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each word stands that is part of a full name."""
        starts: dict[str, list[int]] = {}
        for at, written in self._written:
            for word in written:
                at = self.body.index(word, at)
                starts.setdefault(word, []).append(at)
                at += len(word)
        return starts

    def _places(self, name: str) -> list[tuple[int, int]]:
        """Where the name stands in the text."""
        starts = self._starts.get(name.partition(" ")[0], ())
        found = ((at, at + len(name)) for at in starts if self.body.startswith(name, at))
        return [(at, end) for at, end in found if not self.body[end : end + 1].isalnum()]

    def words_before(self, name: str) -> Iterator[re.Match[str]]:
        """What leads to a name wherever it stands: (an "of" or nothing, the word before it)."""
        at = self.body.find(name)
        while at >= 0:
            match = _NOUN_BEFORE.search(self.body, max(0, at - _LONGEST_NOUN), at)
            end = at + len(name)
            if match and not self.body[end : end + 1].isalnum():
                yield match
            at = self.body.find(name, end)

    def introductions(self, name: str) -> Iterator[str]:
        """What stands beside a person's full name anywhere in the text: "Jane Roe, a pilot, came".

        Offices, and clauses ("who chairs the Harbour League").
        """
        places = self._places(name)
        for _, end in places:
            match = _APPOSITION.match(self.body, end)
            if match and self._is_office(match["apposition"]):
                yield match["apposition"]
            told = _COPULA.match(self.body, end) if self.words.head_first else None
            if told and self._is_leading(_lows(told["apposition"]), with_comma=True):
                yield told["apposition"]
        for start, _ in places:
            if self.words.head_first:
                office = self.leading_office(start)
                if office:
                    yield office
                continue
            low = max(0, start - _LONGEST_OFFICE)
            before = _ENDS_CLAUSE.match(self.body, low, max(low, start - _LONGEST_TITLE))
            match = _LEADING.search(self.body, before.end() if before else low, start)
            if match and self._is_holder(match):
                yield match.group().partition(",")[0].rstrip()

    def leading_office(self, start: int) -> str:
        """The office that leads to a name in French and Spanish; empty where none does.

        "La directrice pays d’Umbra (UMB), Jane Roe"; "Directrice de Rivage, Jane Roe".
        """
        before = self.body[max(0, start - _LONGEST_OFFICE) : start]
        beside = _BESIDE.search(before)
        if beside is None:
            return ""
        before = _SHORT_FORM.sub("", before[: beside.start()])
        clause = _CLAUSES.split(before)[-1]
        words = clause.split()
        opens = before[: len(before) - len(clause)].rstrip()[-1:] not in (",", "(")
        lows = _lows(clause)
        for index, low in enumerate(lows):
            head = self._behind_determiner(index, lows)
            alone = opens and index == 0 and words[0][0].isupper() and beside["comma"]
            led = head > index or low.startswith("l'")
            led = led or bool(alone and low not in self.words.starters)
            if led and self._is_leading(lows[head:], with_comma=bool(beside["comma"])):
                return " ".join(words[index:])
            if low.rpartition("'")[2] in self.nouns.ones and lows[index + 1 : index + 2] == ["de"]:
                return ""  # "l’une de ses avocates"
        return ""

    def _behind_determiner(self, index: int, lows: Sequence[str]) -> int:
        """The index behind a determiner: "la", "une des", "uno de los"; else ``index``."""
        if lows[index].rpartition("'")[2] in self.nouns.ones:
            for phrase in _OF_MANY:
                if tuple(lows[index + 1 : index + 1 + len(phrase)]) == phrase:
                    return index + 1 + len(phrase)
        return index + (lows[index] in self.words.determiners)

    def _is_leading(self, words: Sequence[str], *, with_comma: bool) -> bool:
        """Whether the words are an office: its noun is near, and no clause goes on behind it."""
        lows = [word.rpartition("l'")[2] for word in words]
        known = (i for i, low in enumerate(lows[:_NOUN_WITHIN]) if self._is_noun(low))
        noun = next(known, None)
        before = lows[:noun]
        if noun is None or any(w in self.nouns.of or w in self.words.articled for w in before):
            return False
        behind = lows[noun + 1 :]
        if not with_comma and behind and not self._carries_on(behind[0]):
            return False
        signs, stray = self.words.noun_signs, _stray(self.words)
        return not any(
            low in stray and before not in signs and not self.nouns.knows(low)
            for before, low in zip(("", *lows), lows, strict=False)
        )

    def _is_noun(self, low: str) -> bool:
        return self.nouns.is_person(low) or low in self.nouns.spokespersons

    def _carries_on(self, low: str) -> bool:
        linked = low in self.words.complements or low in self.words.placing
        return linked or low.startswith("d'") or low in self.nouns.of_offices

    def _is_holder(self, match: re.Match[str]) -> bool:
        """Whether the words before a name are an office: its noun, or the one of its adjective."""
        words = match.string[match.start() : match.end("noun")].casefold().split()
        noun = words[-2] if words[-1] in self.nouns.of_offices and len(words) > 1 else words[-1]
        noun = noun.rpartition("’")[2]
        return self.nouns.is_person(noun) or noun in self.nouns.spokespersons

    def _is_office(self, apposition: str) -> bool:
        """Whether the words between commas are a role: "a retired pilot", not "a year later"."""
        phrase = apposition.split()
        if phrase[0] in self.words.relatives:
            return True
        if self.words.head_first and _MEMBER.match(apposition):
            return True
        article = phrase[0].casefold() in self.words.indefinites
        head = next((i for i, w in enumerate(phrase) if i and w in self.words.prepositions), None)
        nouns = [word.casefold() for word in phrase[: head or len(phrase)]]
        noun = nouns[-1]
        told = nouns if self.words.head_first else nouns[-1:]
        if any(self.nouns.is_person(w) or w in self.nouns.spokespersons for w in told):
            return True
        if self.nouns.is_title(noun):
            return True
        return article and 1 < len(phrase) <= _LONGEST_UNKNOWN and noun not in self.nouns.times

    def is_person(self, name: str) -> bool:
        """Whether the name is a full name of the text or the surname of one."""
        words = tuple(name.split())
        return words in self._full or words in self._by_end or words in self._by_middle

    def set_gender(self, name: str, honorific: str) -> None:
        """Remember what an honorific says of a person."""
        if honorific in self.nouns.honorifics_male:
            self._genders[name] = "m"
        elif honorific in self.nouns.honorifics_female:
            self._genders[name] = "f"

    def may_be(self, name: str, gender: str) -> bool:
        """Whether "he" (m), "she" (f) or a verb alone ("") can mean this person, if known."""
        if not gender:
            return True
        first = name.split()[0].casefold()
        if name not in self._genders:
            self._genders[name] = self._by_kin(name)
        known = self._genders[name] or None
        if known is None and " " in name:
            male, female = first in self.nouns.names_male, first in self.nouns.names_female
            known = "m" if male and not female else "f" if female and not male else None
        return known in (None, gender)

    def _by_kin(self, name: str) -> str:
        """What words for relatives tell: "Jane Roe and her brother John Doe"."""
        for start, end in self._places(name):
            noun = _KIN.search(self.body, max(0, start - _LONGEST_NOUN), start)
            low = noun["noun"].casefold() if noun else ""
            if low in self.nouns.kin_male or low in self.nouns.kin_female:
                return "m" if low in self.nouns.kin_male else "f"
            if owner := _OWNER.match(self.body, end):
                return "m" if owner["owner"] == "his" else "f"
        return ""

    def antecedents(
        self, segments: Iterable[Segment], gender: str
    ) -> tuple[Sequence[str], Sequence[str]]:
        """The people named in the segments: (subjects of sentences, others), the last one last."""
        subjects: dict[str, None] = {}
        others: dict[str, None] = {}
        for begin, stop in segments:
            start = max(begin, stop - _REACH)
            joined: re.Match[str] | None = None
            for match in name_runs(self.body, start, stop):
                words = self.clean(match.group().split())
                name = self.full_name(words)
                if not words or not self.is_person(name) or not self.may_be(name, gender):
                    continue
                if joined and match.start() < joined.end():
                    others[subjects.popitem()[0]] = None  # either of the two may be meant
                begins = self._begins(match, start, stop)
                joined = _JOINED.match(self.body, match.end(), stop) if begins else None
                group = subjects if begins else others
                group.pop(name, None)
                group[name] = None
        return tuple(subjects), tuple(name for name in others if name not in subjects)

    def _begins(self, match: re.Match[str], start: int, stop: int) -> bool:
        """Whether the name stands where a sentence's subject stands.

        "Roe’s fate" is still about Roe, "Roe’s spokesman" and "Roe spokesman" are not.
        """
        noun = _NEXT.match(self.body, match.end(), stop)
        if noun and self.nouns.knows(noun.group(1).casefold()):
            return False
        before = self.body[max(start, match.start() - _BEFORE) : match.start()]
        if match.start() == start or _BEGINS.search(before):
            return True
        if self._is_introduced_behind_opener(match, start, stop):
            return True
        if _AFTER_COMMA.search(before) and not _LISTED.match(self.body, match.end(), stop):
            return True
        lead = self.body[max(start, match.start() - _LONGEST_OFFICE) : match.start()]
        office = _OFFICE.search(lead)
        nouns = (office["noun"], office["last"] or "") if office else ()  # "directeur régional"
        return any(self.nouns.is_person(noun.casefold()) for noun in nouns)

    def _is_introduced_behind_opener(self, match: re.Match[str], start: int, stop: int) -> bool:
        """Reads "Met at his office, Jane Roe, director of X, …"."""
        office = _NEXT_OFFICE.match(self.body, match.end(), stop)
        if office is None or not self.nouns.is_person(office["noun"].casefold()):
            return False
        lead = self.body[max(start, match.start() - _LONGEST_OFFICE) : match.start()]
        return _OPENER.search(lead) is not None


@cache
def _stray(words: Grammar) -> frozenset[str]:
    """Words that no office goes over: verbs, auxiliaries, relatives."""
    stray = words.verbs | words.passed | words.pronouns | words.subordinators | words.passives
    return stray - words.placing - words.complements - words.determiners


def _lows(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in text.split()]
