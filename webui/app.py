"""The web application: everything that it needs is handed in, nothing is read from outside."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, current_app, request

from archive.store import Store
from index.engine import SearchEngine
from index.errors import SearchError
from webui import compress, errors, headers, language
from webui.config import WebConfig
from webui.context import WITHOUT_INDEX, Services, attach, services
from webui.presenters.script import script_words
from webui.text import PrintableTemplate, marked
from webui.views import browse, health, kept, search, site, statement

_HERE = Path(__file__).parent


def create_app(engine: SearchEngine, store: Store, config: WebConfig) -> Flask:
    """The read-only web page over an engine and a store.

    Picks up a new generation of the index by itself, between two requests.
    """
    app = Flask(__name__)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.template_class = PrintableTemplate
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.globals["limits"] = config.limits
    app.config["TRUSTED_HOSTS"] = list(config.trusted_hosts)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    build = _fingerprint()
    attach(app.extensions, Services(engine, store, config, build))
    app.before_request(_refresh)
    language.install(app)
    headers.install(app)
    compress.install(app)
    errors.install(app)
    for room in (search, statement, browse, kept, site, health):
        app.register_blueprint(room.views)
    app.context_processor(
        lambda: {"config": config, "build": build[:8], "script_words": script_words}
    )
    return app


def _refresh() -> None:
    """Look for a newer generation; while that one cannot be read, the present one answers."""
    if request.endpoint in WITHOUT_INDEX:
        return
    try:
        services().engine.refresh()
    except SearchError as error:
        current_app.logger.warning("The newest index cannot be opened: %s", error)


def _fingerprint() -> str:
    """Changes with any template or static file."""
    digest = hashlib.sha256()
    for folder in ("templates", "static", "translations"):
        for path in sorted((_HERE / folder).rglob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
