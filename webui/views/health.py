"""Whether the server can answer, for whoever keeps it running."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, jsonify

from archive.errors import StoreError
from index.errors import SearchError
from index.request import build_query
from webui.context import services

views = Blueprint("health", __name__)


@views.get("/healthz")
def healthz() -> Response:
    """200 when index and store answer, else 503 with a word for the reason. Never cached.

    A question is really asked, since what was opened once may be gone or damaged. The whole
    reason, which may name folders of the machine, is for the log.
    """
    try:
        found = services().engine.search(build_query(per_page=1), snippets=False, facets=False)
        revision = services().store.revision
    except (SearchError, StoreError, OSError) as error:
        reason = _word(error)
        current_app.logger.error("Unhealthy (%s): %s", reason, error)  # noqa: TRY400 (asked often)
        response = jsonify(status="unavailable", reason=reason)
        response.status_code = 503
        response.headers["Retry-After"] = "10"
    else:
        status = services().engine.status()
        response = jsonify(
            status="ok", documents=found.total, generation=status.generation, revision=revision
        )
    response.cache_control.no_store = True
    return response


def _word(error: Exception) -> str:
    """IndexDamaged -> "index-damaged"."""
    if isinstance(error, OSError):
        return "input-output-error"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
