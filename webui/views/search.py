"""Searching: the page of results, all values of a facet, results as data, completion."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.engine import SearchEngine
from index.query import FACETS, Query
from index.request import build_query
from index.results import Facet
from webui.api import FORMS, Form, answer_as
from webui.completion import completions
from webui.context import asked, services
from webui.counting import count
from webui.params import choice_from_args, url_for_query, with_scope
from webui.presenters.facets import present_facet_page
from webui.presenters.histogram import RELATIVE
from webui.presenters.search import present_question, present_search
from webui.rescue import ways_out
from webui.timeline import within_dates

views = Blueprint("search", __name__)


@views.get("/search")
def page() -> str | AnyResponse:
    """Results with everything that narrows them."""
    query = asked()
    if "find" in request.args:  # what was looked for among the values of a facet, no question
        return redirect(url_for_query(query))
    engine = services().engine
    results = engine.search(query)
    other = with_scope(query, "documents" if query.scope == "quotations" else "quotations")
    other_total = count(engine, other)
    return render_template(
        "search.html",
        view=present_search(
            results,
            documents=services().documents(results),
            other_total=other_total,
            finer=within_dates(engine, query),
            whole=_all_years(engine, query) if request.args.get(RELATIVE) == "1" else None,
        ),
        ways=() if results.total else ways_out(engine, results),
    )


@views.get(f"/search.<{FORMS}:form>")
def data(form: Form) -> Response:
    """The same results as data."""
    query = asked()
    title = ": ".join(part for part in (services().config.title, present_question(query)) if part)
    return answer_as(form, query, title, url_for_query(query.on_page(1)))


@views.get("/facet/<name>")
def facet(name: str) -> str:
    """Every value of one facet: the plain page behind "more"."""
    if name not in FACETS:
        abort(404)
    query = asked()
    found = services().engine.search(query, snippets=False).facet(name)
    choice = choice_from_args(request.args, query.limits)
    view = present_facet_page(found or Facet(name, ()), query, choice)
    return render_template("facet.html", view=view)


@views.get("/complete.json")
def complete() -> Response:
    """What an unfinished word may become, for the script of the search box."""
    limits = services().config.limits
    prefix = request.args.get("q", "").strip()[: limits.characters]
    return jsonify(completions(services().engine, prefix, limits))


def _all_years(engine: SearchEngine, query: Query) -> Facet | None:
    """How much the archive holds of each year, in the query's scope."""
    everything = build_query(scope=query.scope, per_page=1)
    return engine.search(everything, snippets=False).facet("year")
