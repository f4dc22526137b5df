"""What browsers and crawlers ask of a site: robots, sitemap, OpenSearch; and the help."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from flask import Blueprint, Response, abort, jsonify, render_template

from webui.context import absolute, services
from webui.kept import MOST
from webui.openapi import describe
from webui.paths import statement_path

views = Blueprint("site", __name__)

# The most that the sitemap protocol allows in one file.
SITEMAP_ADDRESSES = 50_000
_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>
"""


@views.get("/help")
def help_() -> str:
    """How to ask, with examples, and what there is beside the search box."""
    return render_template("help.html", list_most=MOST)


@views.get("/robots.txt")
def robots() -> Response:
    """Statements, speakers and countries may be crawled; searches are endless."""
    text = (
        "User-agent: *\n"
        "Disallow: /search\nDisallow: /facet/\nDisallow: /list\nDisallow: /complete.json\n"
        "Disallow: /statement/*/original\nDisallow: /*?\n"
        f"Sitemap: {absolute('/sitemap.xml')}\n"
    )
    return Response(text, mimetype="text/plain")


@views.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the sitemaps."""
    count = -(-services().engine.status().documents // SITEMAP_ADDRESSES)
    addresses = [absolute(f"/sitemap-{number}.xml") for number in range(1, max(count, 1) + 1)]
    return _xml("sitemap-index.xml", addresses=addresses)


@views.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """The addresses of up to 50,000 statements."""
    ids = sorted(document_id for document_id, _ in services().engine.contents())
    start = (number - 1) * SITEMAP_ADDRESSES
    part = ids[start : start + SITEMAP_ADDRESSES] if number else []
    if not part and number != 1:
        abort(404)
    # Fifty thousand times the same template would take a second.
    base = escape(absolute(statement_path("")))
    addresses = "".join([f"<url><loc>{base}{quote(i, safe='')}</loc></url>\n" for i in part])
    return Response(_SITEMAP.format(addresses), mimetype="application/xml")


@views.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser add the archive as a search engine."""
    response = _xml("opensearch.xml", search=absolute("/search"), feed=absolute("/search.atom"))
    response.content_type = "application/opensearchdescription+xml"
    return response


@views.get("/openapi.json")
def openapi() -> Response:
    """What the data looks like, for programs."""
    config = services().config
    return jsonify(describe(config.title, absolute("/"), config.limits))


def _xml(template: str, **values: object) -> Response:
    return Response(render_template(template, **values), mimetype="application/xml")
