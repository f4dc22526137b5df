"""One statement: its page, its data, its citations, its earlier versions, its capture."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from archive.citation import as_bibtex, as_ris
from archive.document import Document
from archive.store import Capture
from index.errors import BadQuery
from index.query import Query
from webui.context import absolute, asked, services
from webui.paths import statement_path
from webui.presenters.capture import present_capture
from webui.presenters.statement import present_citation, present_statement
from webui.presenters.versions import present_versions
from webui.similar import similar, similar_query
from webui.walk import walk_from

views = Blueprint("statement", __name__, url_prefix="/statement")

_RELATED = 5
_CITED = {
    "bib": ("application/x-bibtex", as_bibtex),
    "ris": ("application/x-research-info-systems", as_ris),
}
# What an archived page may do: be looked at. No script, no form, no request to anywhere.
_CAPTURE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@views.get("/<id_>")
def page(id_: str) -> str | AnyResponse:
    """The statement; an id that was merged into another one leads there."""
    document = _document(id_)
    if document.id != id_:
        return redirect(statement_path(document.id, _query()), 301)
    store = services().store
    same_text = store.related(document.id)
    alike = similar_query(document, services().config.limits)
    query = _query()
    view = present_statement(
        document,
        query,
        link=absolute(statement_path(document.id)),
        related=[d for i in same_text[:_RELATED] if (d := store.get(i))],
        similar=similar(services().engine, alike, document, known=same_text),
        similar_query=alike,
        versions=len(store.versions(document.id)),
        walk=walk_from(services().engine, query, _number("hit"), document.id),
    )
    return render_template("statement.html", view=view)


@views.get("/<id_>.json")
def data(id_: str) -> Response:
    """The document as the agreed JSON object."""
    return jsonify(_document(id_).to_json())


@views.get("/<id_>.<any(bib, ris):form>")
def citation(id_: str, form: Literal["bib", "ris"]) -> Response:
    """The statement, or ``?quotation=N`` of it, for a reference manager."""
    document = _document(id_)
    number = _quotation_number(document)
    media_type, cite = _CITED[form]
    link = absolute(statement_path(document.id, number=number or None))
    quotation = document.quotations[number - 1] if number else None
    response = Response(cite(document, quotation=quotation, link=link), mimetype=media_type)
    name = f"onrecord-{document.id}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@views.get("/<id_>/cite")
def cite(id_: str) -> str:
    """How to cite the statement and each of its quotations."""
    document = _document(id_)
    link = absolute(statement_path(document.id))
    numbers = range(1, len(document.quotations) + 1)
    return render_template(
        "cite.html",
        document=document,
        whole=present_citation(document, link),
        quotations=[(n, present_citation(document, f"{link}#q{n}", n)) for n in numbers],
    )


@views.get("/<id_>/versions")
def versions(id_: str) -> str:
    """What changed from each version to the next."""
    document = _document(id_)
    earlier = services().store.versions(document.id)
    return render_template("versions.html", view=present_versions(document, earlier))


@views.get("/<id_>/original")
def original(id_: str) -> str:
    """The captured page as text, and the ways to its bytes."""
    document = _document(id_)
    view = present_capture(document, _capture(document), framed=request.args.get("view") == "page")
    return render_template("original.html", view=view)


@views.get("/<id_>/original.<any(html, bin):form>")
def capture(id_: str, form: Literal["html", "bin"]) -> Response:
    """The captured bytes: sandboxed for a frame, or as a download."""
    document = _document(id_)
    held = _capture(document)
    content_type = f"{held.media_type}; charset={held.charset}" if held.charset else held.media_type
    if form == "bin" or held.media_type not in ("text/html", "text/plain"):
        content_type = "application/octet-stream"
    response = Response(held.data, content_type=content_type)
    response.headers["Content-Security-Policy"] = _CAPTURE_POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    if form == "bin":
        suffix = "txt" if held.media_type == "text/plain" else "html"
        name = f"onrecord-{document.id}.{suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _document(id_: str) -> Document:
    return services().store.get(id_) or abort(404)


def _capture(document: Document) -> Capture:
    sha256 = document.source.sha256
    return (services().store.capture(sha256) if sha256 else None) or abort(404)


def _query() -> Query:
    """The question that led here; a broken one marks nothing."""
    try:
        return asked()
    except BadQuery:
        return Query()


def _quotation_number(document: Document) -> int:
    number = _number("quotation")
    if number is None:
        return 0
    return number if number <= len(document.quotations) else abort(404)


def _number(name: str) -> int | None:
    """A parameter that counts from 1; None where it is missing, 404 where it is no number."""
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text)):
        abort(404)
    return int(text)
