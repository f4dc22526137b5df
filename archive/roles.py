"""What the words beside a name say of a person: the role, and the organisation it is held in.

::

    Russia Researcher at Example Watch             role, organisation
    Example Watch’s Deputy Director for Europe     organisation’s role
    Director of Example Watch Canada               role of an organisation
    Campaigner, Example Watch                      role, organisation
    Example Watch campaigner (Jane Roe)            organisation, role
    Example Watch West Africa Campaigner           organisation, role
"""

from __future__ import annotations

import re

from archive.linked_roles import LINK, by_links, without_second
from archive.names import ABBREVIATIONS, UPPER
from archive.nouns import nouns
from archive.organisations import (
    begins_as_body,
    begins_as_class,
    ends_as_body,
    ends_as_cause,
    is_name,
    is_organisation,
)
from archive.panels import around_last_comma, up_to_comma
from archive.romance_links import ARTICLE, OF
from archive.romance_roles import by_romance_in, by_romance_of, is_romance_member

_CLAUSE = re.compile(
    r"(?:(?:^|,?\s)(?:who|whom|whose|which|that|where|qui|quien|que|since|depuis|desde)\s|;|\s[—–]\s).*$",
    re.DOTALL,
)
_HEADS = re.compile(
    r"^(?:who\s(?:chairs|heads|leads|runs|directs|founded|presides\sover)\s(?:the\s)?"
    r"|(?:qui|quien|que)\s(?:(?:co)?(?:préside|preside|dirige)|coordonne|anime|a\sfondé|représente"
    r"|pilote|coordina|encabeza|fundó|lidera|integra|representa)\s"
    rf"{ARTICLE}?)(?P<body>[^,]+)$"
)
"""The organisation of "Jane Roe, who chairs the Harbour League"."""
_COPULA = re.compile(r"^(?:qui|que|quien)\s(?:est|es|était|era)\s(?!\w+(?:ée?s?|d[oa]s?)\s)")
"""Of "Jane Roe, qui est directrice de Rivage"."""
_STILL = re.compile(
    r"^(?:también|hoy|entonces|ahora|aujourd[’']hui|désormais|(?:elle|lui)-même)\s", re.IGNORECASE
)
"""Of "la también directora"."""
_AGE = re.compile(
    r"^(?:an?\s)?(?:(?:aged\s)?\d{1,3}(?:\sans|\saños)?(?:,\s*|$)|\d{1,3}-year-old(?:\s|$))"
)
_SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D|Esq)(?:,\s*|$)")
"""What belongs to the name itself: "Jane Roe, Jr., a pilot"."""
_ADVERBIAL = re.compile(
    r"^(?:after|before|during|since|until|despite|amid|while|when|if|as|in|on|at|by|under|over|like|"
    r"unlike|along|together|après|avant|pendant|lors|dans|en|sous|devant|tras|antes|después|durante|"
    r"ante)\s"
)
"""What stands beside a name and tells when or where: "Roe, after a visit to the port, wrote"."""
_PARTY = re.compile(r"^[A-Z](?:-[A-Z][\w.]*)?\.?(?:$|,\s)")
"""A party and where it was elected: "R-Maine"."""
_SHORT_FORM = re.compile(r"\s\([A-Z][\w&-]{1,9}\)")
_LETTER = re.compile(r"[^\W\d_]")
_NO_ROLE = re.compile(
    r"(?:(?:both|all|ne|se)\s|[ns][’']|[a-z]+(?:ed|ing)\s(?:by|with|in|on|at|as|to|for|from)\s"
    r"|[^\W\d_]+(?:ée?s?|ue?s?|[ai]d[oa]s?|t[oa]s?|sie?s?|ise?s?)\s(?:par|por)\s"
    r"|(?:pour|por|de|a|à)\s(?:sa|son|leur|su)\s(?:part|parte|côté|lado|tour|vez)$)",
    re.IGNORECASE,
)
"""How words beside a name begin that say what happened: "joined by six colleagues"."""
_ARTICLE = re.compile(
    r"^(?:the|an?|another|its|their|our|his|her|le|la|les|une?|el|los|las|una|son|sa|ses|leurs?|notre|sus?|nuestr[oa])(?:\s+|$)|^l[’']",
    re.IGNORECASE,
)
_MEMBER = re.compile(rf"^(?:(?:of|from|with)\s(?:the\s)?|{OF}|chez\s)")
_HEADING = re.compile(rf"^(?:à\sla\stête|au\ssein|al\sfrente)\s{OF}")
"""Of "Jane Roe, à la tête de Rivage"."""
_INDEFINITE = re.compile(r"un[ea]?\s")
_AT = re.compile(rf"\s(?:at|with)\s+(?:the\s+)?(?=[{UPPER}])")
_PRAISE = re.compile(rf"[^\W\d_A-Z][\w-]*\s(?=[{UPPER}])")
"""The "powerful" of "the powerful Ports Committee"."""
_EVENT = re.compile(
    r"\s(?:at|in|during|after|before|on)\s(?:(?:an?|the|early|late)\s)?[^\W\d_A-Z].*$", re.DOTALL
)
"""Where and when somebody of an organisation spoke: "of the Harbour League at a hearing"."""
_ON = re.compile(rf"\son\s(?:the\s)?(?=[{UPPER}])")
"""Between an office and a committee: "ranking member on the Ports Committee"."""
_OWNER = re.compile(
    rf"^(?:the\s+)?(?P<owner>[{UPPER}][^,]{{0,80}}?)(?:(?<=s)[’']|[’']s)\s+(?P<role>.+)$"
)
_OWNER_ALONE = re.compile(
    rf"^(?:[Tt]he\s+)?(?P<owner>[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*)*)(?:(?<=s)[’']|[’']s)$"
)
_LONGEST = 200
"""Characters beyond which words beside a name are a story, not a role."""
_NEXT_SENTENCE = re.compile(
    r"(?<=[^\W\d_A-Z][^\W\d_A-Z])[.!?]?\s(?<!\b(?:of|at|by|in|on) )(?<!\bfor )"
    r"(?:In|On|At|Since|When|While|After|Before|During|For|As|But|And|If|It|He|She|They|We|I|"
    r"This|These|That|There|The|An?|His|Her|Their|Its|Our)\s+(?=[\da-z]).*",
    re.DOTALL,
)
"""A sentence that begins without a full stop before it, as where a heading was joined to a text."""


def split_role(text: str, organisation: str | None = None) -> tuple[str | None, str | None]:
    """(role, organisation) as the text states them, either None where it does not.

    ``organisation`` is one that is known to be one, such as the publisher of the page.
    """
    if not text:  # nothing stands beside most names
        return None, None
    role, body = _split(text, organisation)
    if role and role.split()[-1].casefold() in ABBREVIATIONS and f"{role}." in text:
        role += "."
    return role, _proper(body, organisation) if body else None


def _proper(body: str, known: str | None) -> str:
    """The organisation without a praising word before its name, or an event behind it."""
    praised = _PRAISE.match(body)
    if praised and is_organisation(body[praised.end() :], known):
        body = body[praised.end() :]
    return _EVENT.sub("", body) if body[0].isupper() else body


def _split(text: str, organisation: str | None) -> tuple[str | None, str | None]:
    text = _NEXT_SENTENCE.sub("", text)
    if len(text) > _LONGEST:
        return None, None
    text = _AGE.sub("", _SUFFIX.sub("", text.strip(" ,.")).strip(" ,."))
    if _ADVERBIAL.match(text):
        return None, None
    heads = _HEADS.match(text)
    if heads and (is_organisation(heads["body"], organisation) or is_name(heads["body"])):
        return None, heads["body"]
    text = _COPULA.sub("", text)
    text = _CLAUSE.sub("", _SHORT_FORM.sub("", _PARTY.sub("", text)))
    owner = _OWNER_ALONE.match(text)
    if owner:  # "The Harbour Times’ Jane Roe"
        return None, owner["owner"] if is_organisation(owner["owner"], organisation) else None
    text = _STILL.sub("", _ARTICLE.sub("", text).strip(" ,."))
    seated = text.partition(" ")[0].casefold() in nouns().of_places  # "diputada por Lima"
    if not _LETTER.search(text) or (_NO_ROLE.match(text) and not seated):
        return None, None
    heading = _HEADING.sub("", text)
    if heading != text and (heading[:1].isupper() or begins_as_body(heading)):
        return None, heading
    member = _MEMBER.sub("", text)
    if member != text:
        body = is_organisation(member) or ends_as_body(member) or begins_as_body(member)
        body = body or ends_as_cause(member) or is_romance_member(text, member)
        return None, member if body else None
    speaks = text.partition(" ")[0].casefold() in nouns().spokespersons
    if is_organisation(text, organisation) and not nouns().names_role(text) and not speaks:
        return None, text
    for split in (
        _by_owner,
        _by_at,
        _by_on,
        _by_comma,
        by_links,
        by_romance_of,
        by_romance_in,
        _by_leading_name,
    ):
        found = split(text, organisation)
        if found:
            return found
    return text, None


def is_affiliation(text: str) -> bool:
    """Whether the word behind a name's comma is a party or a degree: "R-Maine", "M.D."."""
    return bool(_PARTY.match(text)) or text.casefold() in nouns().credentials


def _by_owner(text: str, known: str | None) -> tuple[str, str] | None:
    match = _OWNER.match(text)
    if not match or nouns().names_role(match["owner"]) or not nouns().names_role(match["role"]):
        return None
    return (match["role"], match["owner"]) if is_organisation(match["owner"], known) else None


def _by_at(text: str, _known: str | None) -> tuple[str, str] | None:
    match = _AT.search(text)
    if not match:
        return None
    role = text[: match.start()].rstrip(" ,")
    organisation = up_to_comma(text[match.end() :])
    return (
        (role, organisation) if nouns().names_role(role) or is_organisation(organisation) else None
    )


def _by_on(text: str, _known: str | None) -> tuple[str, str] | None:
    """Reads "ranking member on the Ports Committee"; a reporter is "on" anything else."""
    match = _ON.search(text)
    role = text[: match.start()] if match else ""
    if not match or not nouns().names_role(role) or LINK.search(role):
        return None
    body = without_second(up_to_comma(text[match.end() :]))
    return (role, body) if body.split()[-1].casefold() in nouns().panels else None


def _by_comma(text: str, known: str | None) -> tuple[str, str] | None:
    """The last part, where it is an organisation and no second role."""
    role, last = around_last_comma(text) or ("", "")
    if _INDEFINITE.match(last) and begins_as_class(last.partition(" ")[2]):
        return by_links(role, known)  # "directrice de Rivage, une ONG de défense des fleuves"
    last = _ARTICLE.sub("", last)
    if not is_organisation(last, known) or nouns().names_role(last):
        return None
    return role, last


def _by_leading_name(text: str, known: str | None) -> tuple[str, str] | None:
    """Reads "Example Watch campaigner": capitals of an organisation, then the role."""
    words = text.split()
    last = max(
        (
            index
            for index, word in enumerate(words[:-1])
            if word.casefold() in nouns().organisations and word[0].isupper()
        ),
        default=-1,
    )
    if known and text.casefold().startswith(known.casefold() + " "):
        last = len(known.split()) - 1
    name, role = " ".join(words[: last + 1]), " ".join(words[last + 1 :])
    leads = last >= 1 and all(word[0].isupper() for word in words[: last + 1])
    if not leads or not nouns().names_role(role) or nouns().names_role(name):
        return None
    # A single capitalised word belongs to the name of the office: "National Security Adviser".
    return (role, name) if role[0].islower() or " " in role or name == known else None
