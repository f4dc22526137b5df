"""How a statement, or one quotation in it, is cited: as text, BibTeX and RIS.

``link`` is the permanent address in the archive, where there is one. A text is cited as
it was captured, so that the capture's day stands as the day of access.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.document import Document, Quotation

_ENDS = (".”", "!”", "?”", "…”")
"""How a sentence ends that needs no full stop behind its closing mark."""
_BIBTEX_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)


def as_text(
    document: Document, *, quotation: Quotation | None = None, link: str | None = None
) -> str:
    """One line for a footnote; what is unknown is left out, a missing date is "n.d."."""
    author, title = _author(document), f"“{_line(document.title)}”"
    date = f"({document.published or 'n.d.'})"
    captured = _day(document.source.captured_at)
    parts = (
        _said(quotation) if quotation else None,
        f"{author} {date}. {title}" if author else f"{title} {date}",
        document.site,
        f"{document.url} (captured {captured})" if document.url and captured else document.url,
        link,
    )
    return " ".join(part if part.endswith(_ENDS) else f"{part}." for part in parts if part)


def as_bibtex(
    document: Document, *, quotation: Quotation | None = None, link: str | None = None
) -> str:
    """One ``@misc`` entry with its closing line break."""
    author = _author(document)
    year, month = (*(document.published or "").split("-"), "")[:2]
    fields = {
        # Inner braces keep the name and the capitals as they are.
        "author": f"{{{_tex(author)}}}" if author else None,
        "title": f"{{{_tex(document.title)}}}",
        "year": year,
        "month": month.lstrip("0"),
        "date": document.published,
        "organization": _tex(document.site) if document.site else None,
        "language": document.language,
        "url": _url(document.url or link),
        "urldate": _day(document.source.captured_at),
        "note": _tex(_said(quotation)) if quotation else None,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    # Each entry of a file needs a key of its own.
    number = f"-{document.quotations.index(quotation) + 1}" if quotation else ""
    return f"@misc{{onrecord-{document.id}{number},\n" + ",\n".join(lines) + "\n}\n"


def as_ris(
    document: Document, *, quotation: Quotation | None = None, link: str | None = None
) -> str:
    """One RIS record of type ELEC, lines ended as the format asks."""
    tags = list(_ris_tags(document, link))
    if quotation:
        tags.append(("N1", _said(quotation)))
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_tags(document: Document, link: str | None) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", document.id
    if author := _author(document):
        yield "AU", author
    yield "TI", document.title
    if document.published:
        year, month, day = (*document.published.split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"
    optional = (
        ("PB", document.site),
        ("LA", document.language),
        ("UR", document.url),
        ("L2", link),
        ("Y2", (_day(document.source.captured_at) or "").replace("-", "/")),
    )
    yield from ((tag, value) for tag, value in optional if value)
    yield from (("KW", topic) for topic in document.topics)


def _author(document: Document) -> str | None:
    byline = document.byline
    return _line(byline.name) if byline else None


def _said(quotation: Quotation) -> str:
    named = (quotation.speaker, quotation.role, quotation.organisation)
    speaker = _line(", ".join(part for part in named if part)) or "Unattributed"
    # The comma before the closing mark is the reporter's, whose sentence goes on behind it.
    return f"{speaker}: “{_line(quotation.text).rstrip(',')}”"


def _day(instant: str | None) -> str | None:
    return instant[:10] if instant else None


def _line(text: str) -> str:
    """The text on one line: a line break would end the field of every format here."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _tex(text: str) -> str:
    return _line(text).translate(_BIBTEX_SPECIAL)


def _url(url: str | None) -> str | None:
    """As it is, but for the braces that would end the field."""
    return _line(url).replace("{", "%7B").replace("}", "%7D") if url else None
