"""The reference numbers that a statement carries: its own and those of what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

# One pattern a line, each with an example. Every repetition is over a class that cannot match
# what follows it, so that searching takes linear time.
_SLASHED = tuple(
    re.compile(pattern)
    for pattern in (
        # Amnesty International: UA 80/17, Urgent Action 80/17, AI Index: EUR 46/6865/2017
        r"\b(?:UA|FU|EXTRA|Urgent Action):?\s{1,3}\d{1,4}/\d{2,4}\b(?!/)",
        r"\b(?i:AI\s+index):?\s{1,3}[A-Z]{3}\s?\d{2}/\d{2,5}/(?:\d{4}|\d{2})\b",
        r"\b(?:ACT|AFR|AMR|ASA|DOC|EUR|FIN|IOR|MDE|NWS|ORG|POL|PRE)\s?\d{2}/\d{2,5}/(?:\d{4}|\d{2})\b",
        # United Nations documents: A/RES/75/1, S/RES/2231 (2015), A/HRC/47/12, CCPR/C/BLR/CO/5
        (
            r"\b(?:A|S|E|ST|CAT|CRC|HRI|DP|C[A-Z]{2,4})/"
            r"(?:[A-Z][A-Za-z.\d-]{0,9}/){0,4}\d{1,4}(?:/[\w.-]{1,12}){0,3}(?:\s\(\d{4}\))?(?![\w/])"
        ),
        # United Nations press releases: SG/SM/21806, SC/15234, HR/CT/868
        (
            r"\b(?:(?:DSG|SG|GA|HR|OBV|ORG|ENV|IHA|DC|EC|WOM)/(?:[A-Z]{1,4}/)?|"
            r"(?:SC|AFR|PAL|PI|DEV|ECOSOC|SAG|SOC|POP|PKO|RD|REF|NGO|L|BIO|COL)/)\d{2,5}"
            r"(?:-[A-Z]{2,6}/\d{1,5}){0,3}(?![\w/])"
        ),
        # European Union: 2019/2125(INI); A9-0123/2021; IP/12/345; Directive 2014/65/EU
        r"\b\d{4}/\d{4}(?:[A-Z])?\((?:INI|COD|RSP|CNS|NLE|APP|BUD|DEC|DEA|IMM|REG|ACI|INL)\)",
        r"\b[A-Z]?\d{1,2}-\d{4}/\d{4}\b",
        r"\b(?:IP|MEMO|STATEMENT|SPEECH)/\d{2,4}/\d{1,5}\b",
        r"\b(?:Regulation|Directive|Decision)\s\((?:EU|EC|EEC|CFSP)\)\s(?:No\.?\s)?\d{1,4}/\d{2,4}\b",
        r"\b(?:Directive|Decision)\s\d{2,4}/\d{1,4}/(?:EU|EC|EEC|CFSP|JHA)\b",
        # European Court of Human Rights: application no. 12345/06
        r"\b[Aa]pplications?\s[Nn]os?\.\s?\d{1,6}/\d{2}\b",
    )
)
_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        # European Union: COM(2020) 609; P9_TA(2021)0123
        r"\b(?:COM|SEC|SWD|JOIN)\s?\(\d{4}\)\s?\d{1,4}\b",
        r"\bP\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4}\b",
    )
)
_JOINED = (("/", _SLASHED), ("(", _DATED))
"""Patterns, each kind with the letter that none of its numbers is without."""
_PLAIN = {
    # resolution 1325 (2000), Resolution 47/24, resolution 2231
    "esolution": re.compile(
        r"[Rr](?<!\w.)esolutions?\s(?:No\.?\s)?\d{1,4}(?:/\d{1,4}[A-Z]?)?(?:\s\(\d{4}\))?(?![\w/])"
    ),
    # European Union: OJ L 119, 4.5.2016, p. 1; 20240115IPR16703
    "OJ": re.compile(
        r"\bOJ\s[LC]\s?\d{1,4}(?:\s?[A-Z])?(?:,\s\d{1,2}\.\d{1,2}\.\d{4})?(?:,\sp\.\s\d{1,4})?"
    ),
    "IPR": re.compile(r"\b\d{8}IPR\d{5}\b"),
}
"""Numbers whose parts nothing joins, by the letters that none of them is without."""
_LABELLED = re.compile(
    r"\b(?:Ref(?:erence)?|Réf(?:érence)?|Referencia|Index|Índice|Document|"
    r"(?i:press\srelease|communiqué|comunicado))"
    r"(?:\s(?:number|code|[Nn]o\.?|[Nn]º|n°|N°|núm\.?|numéro|número))?\s?[.:]{0,2}\s{1,3}"
    r"(?!\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?![\w/-]))(?=[\w/ -]{0,20}\d)"  # no date, some digit
    r"(?P<number>(?:[A-Z]{1,8}\s)?[A-Z\d]{1,8}(?:[/-][A-Z\d]{1,8}){1,4})(?![\w/])"
)
"""A number of no known form behind a label: "Reference: LF/2014/31", "Press release No. 12/14"."""
_JOINT = re.compile(r"[/(-](?:(?<=[A-Z\d][/-])(?=[A-Z\d])|(?<=\()\d{4}\))")
"""What every other number has somewhere: only its surroundings are looked at. It begins with the
signs themselves, since a set of them is what a search is quick to find."""
_BEFORE, _BEHIND = 90, 70
"""Characters: longer than any number is before its first joint, or behind its last."""
_LABEL = re.compile(r"^AI\s+index:?\s+", re.IGNORECASE)


def may_refer(text: str) -> bool:
    """Whether a short text has in it what most reference numbers have."""
    return _JOINT.search(text) is not None


def find_references(text: str) -> tuple[str, ...]:
    """Every reference number in the order of the text, each once, as written.

    Only white space and the label "AI Index:" are made uniform.
    """
    spans = [
        match.span()
        for letters, pattern in _PLAIN.items()
        if letters in text
        for match in pattern.finditer(text)
    ]
    for start, end in _surroundings(text):
        for letter, patterns in _JOINED:
            if letter in text[start:end]:
                for pattern in patterns:
                    spans += [match.span() for match in pattern.finditer(text, start, end)]
        spans += [match.span("number") for match in _LABELLED.finditer(text, start, end)]
    references: dict[str, None] = {}
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            references[_uniform(text[start:end])] = None
            last = end
    labelled = {_LABEL.sub("", reference) for reference in references if _LABEL.match(reference)}
    return tuple(reference for reference in references if reference not in labelled)


def _surroundings(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers can stand: the stretches around joints, those that meet as one."""
    start = end = taken = 0
    for joint in _JOINT.finditer(text):
        begin, stop = joint.span()
        if stop == begin + 1:  # a sign alone, for the letters on both of its sides
            if begin - 1 < taken:
                continue
            begin, stop = begin - 1, stop + 1
        taken = stop
        if begin - _BEFORE > end:
            if end:
                yield start, end
            start = begin - _BEFORE
        end = stop + _BEHIND
    if end:
        yield start, end


def _uniform(reference: str) -> str:
    words = " ".join(reference.split())
    return _LABEL.sub("AI Index: ", words).replace("UA: ", "UA ")
