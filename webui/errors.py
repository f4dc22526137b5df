"""What a reader sees when something goes wrong: what, why, what to do; never a traceback."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from archive.errors import StoreError
from index.errors import (
    BadQuery,
    EngineUnavailable,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    Unsupported,
)
from webui.context import services
from webui.language import gettext
from webui.params import Pairs, kept_from_args
from webui.paths import impersonal
from webui.presenters.sentences import Said, present_sentence

_DATA_SUFFIXES = (".json", ".jsonl", ".csv")


@dataclass(frozen=True, slots=True)
class ErrorView:
    """``title`` says what happened, ``message`` why; ``text`` is what was asked.

    Of a question that is refused also ``hidden``, its filters, and ``dates``, as they were typed.
    """

    status: int
    title: str
    message: Said
    text: str
    hidden: Pairs = ()
    dates: tuple[str, str] | None = None


def install(app: Flask) -> None:
    """Map every error that the rooms raise on purpose, and all others to a plain 500."""
    app.register_error_handler(BadQuery, _bad_query)
    app.register_error_handler(Unsupported, _unsupported)
    for unusable in (IndexMissing, IndexMismatch, IndexDamaged, EngineUnavailable, StoreError):
        app.register_error_handler(unusable, _unavailable)
    app.register_error_handler(SecurityError, _untrusted)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _bad_query(error: Exception) -> Response:
    low, high = request.args.get("from", ""), request.args.get("to", "")
    return _answer(
        400,
        gettext("That search cannot be asked"),
        error.args[0],
        hidden=kept_from_args(request.args, services().config.limits),
        dates=(low, high) if low or high else None,
    )


def _unsupported(error: Exception) -> Response:
    return _answer(501, gettext("This archive cannot do that"), str(error))


def _unavailable(error: Exception) -> Response:
    current_app.logger.error("%s: %s", type(error).__name__, error)
    response = _answer(
        503,
        gettext("The archive cannot be searched just now"),
        gettext(
            "Its index is missing or is being repaired. The maintainer finds the reason in the "
            "server’s log, or with “onrecord index status”."
        ),
    )
    response.headers["Retry-After"] = "60"
    return response


def _untrusted(error: Exception) -> Response:
    # No page: its links could only lead back to the name that is refused.
    return Response("This host name is not served here.\n", 400, mimetype="text/plain")


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:
        return _answer(
            404,
            gettext("Nothing is kept at this address"),
            gettext(
                "The statement may never have been in this archive, or the address is incomplete. "
                "Try to find it by its words."
            ),
        )
    return _answer(
        status,
        gettext("This cannot be answered"),
        gettext(
            "The request is not one that this site understands (%(what)s).", what=_phrase(status)
        ),
    )


def _phrase(status: int) -> str:
    """As it stands in the standard: "Method Not Allowed"."""
    return HTTPStatus(status).phrase


def _failure(error: Exception) -> Response:
    current_app.logger.exception("Unexpected error at %r", impersonal(request.path))
    return _answer(
        500,
        gettext("Something went wrong here"),
        gettext(
            "It is not your fault: the error was written to the server’s log. "
            "Trying again may help."
        ),
    )


def _answer(
    status: int,
    title: str,
    message: str,
    *,
    hidden: Pairs = (),
    dates: tuple[str, str] | None = None,
) -> Response:
    if request.path.endswith(_DATA_SUFFIXES):
        return make_response(
            jsonify(error={"status": status, "title": title, "message": message}), status
        )
    text = request.args.get("q", "")
    view = ErrorView(status, title, present_sentence(message), text, hidden, dates)
    return make_response(render_template("error.html", view=view), status)
