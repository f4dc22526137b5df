"""Ways in: the first page, speakers, countries."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import cast

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from archive.country_codes import country_code, country_name
from index.query import Query
from index.request import build_query
from index.results import QuotationHit, SearchResults
from webui.api import FORMS, Form, answer_as
from webui.context import asked, services
from webui.counting import count
from webui.params import choice_from_args, url_for_query, with_scope, with_sort
from webui.paths import country_path, speaker_path
from webui.presenters import words
from webui.presenters.browse import present_home, present_index
from webui.presenters.subject import present_country, present_speaker

views = Blueprint("browse", __name__)

_NEWEST = 6
_QUOTATIONS_FOR_ROLES = 500
"""The newest, for what a person was called: a page must not read all of thousands."""


@views.get("/")
def home() -> str:
    """The box, and what the archive holds."""
    engine = services().engine
    everything = build_query(per_page=_NEWEST)
    quotations = count(engine, build_query(scope="quotations"))
    results = engine.search(everything)
    view = present_home(results, services().documents(results), quotations)
    return render_template("home.html", view=view)


@views.get("/speakers")
def speakers() -> str:
    """Everybody who is quoted."""
    return _index("speaker")


@views.get("/countries")
def countries() -> str:
    """Every country that a statement is about."""
    return _index("country")


@views.get("/speaker/<path:name>")
def speaker(name: str) -> str | AnyResponse:
    """Everything that a person is quoted with."""
    query = _about_speaker(name)
    results = services().engine.search(query)
    known = _one_name(results)
    if known is None:
        return redirect(url_for_query(query))
    if known != name:
        return redirect(speaker_path(known), 301)
    newest = services().engine.stream(with_sort(query, "newest"))
    said = cast("list[QuotationHit]", list(islice(newest, _QUOTATIONS_FOR_ROLES)))
    return render_template("subject.html", view=present_speaker(name, results, said))


@views.get(f"/speaker/<path:name>.<{FORMS}:form>")
def speaker_data(name: str, form: Form) -> Response:
    """The same as data."""
    return answer_as(form, _about_speaker(name), f"Quotations of {name}", speaker_path(name))


@views.get("/country/<name>")
def country(name: str) -> str | AnyResponse:
    """Everything about a country."""
    code = country_code(name) or abort(404)
    if code != name:
        return redirect(country_path(code), 301)
    results = services().engine.search(with_scope(_about_country(code), "documents"))
    documents = services().documents(results)
    view = present_country(code, words.country(code, country_name(code)), results, documents)
    return render_template("subject.html", view=view)


@views.get(f"/country/<name>.<{FORMS}:form>")
def country_data(name: str, form: Form) -> Response:
    """The same as data; the feed is that of the old listing pages."""
    code = country_code(name) or abort(404)
    return answer_as(form, _about_country(code), country_name(code), country_path(code))


def _about_speaker(name: str) -> Query:
    query = replace(asked(), scope="quotations")
    named = services().store.aliases.name_of(name)
    return replace(query, include=replace(query.include, speaker=(named,)))


def _about_country(code: str) -> Query:
    query = asked()
    return replace(query, include=replace(query.include, country=(code,)))


def _one_name(results: SearchResults) -> str | None:
    """The one speaker that the name stands for, None for several; 404 for nobody."""
    facet = results.facet("speaker")
    names = [v.value for v in facet.values if v.selected and v.value and v.count] if facet else []
    if not names:
        abort(404)
    return names[0] if len(names) == 1 else None


def _index(name: str) -> str:
    facet = services().engine.search(build_query(per_page=1), snippets=False).facet(name)
    view = present_index(facet, choice_from_args(request.args, services().config.limits))
    return render_template("index.html", view=view)
