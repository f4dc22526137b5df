"""Which language a reader sees: chosen in the footer, else what their browser asks for.

The choice is kept in a cookie, the only one there is, so that addresses stay the same in every
language: a link that is passed on opens in the language of whoever opens it. What leaves as
data is the same for everybody.
"""

from __future__ import annotations

from gettext import NullTranslations
from urllib.parse import quote, urlencode

import flask_babel
from babel import Locale
from flask import Flask, Response, g, request

LANGUAGES = {"en": "English", "fr": "Français"}
"""Code and own name; the first one is what the messages are written in."""

CHOICE = "lang"
"""The URL parameter that chooses a language, and the cookie that remembers it."""

_DATA = (".json", ".jsonl", ".csv", ".atom", ".bib", ".ris", ".xml", ".txt", ".bin", ".html")
_FOR_THE_PAGE = "/complete.json"
_ONE_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Answer every request in its reader's language."""
    flask_babel.Babel(app, locale_selector=reader_language)
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.after_request(_remember)
    app.context_processor(lambda: {"language": locale().language, "languages": LANGUAGES})
    app.jinja_env.globals["language_href"] = language_href


def locale() -> Locale:
    """The reader's locale; English outside a request."""
    held: Locale | None = flask_babel.get_locale()
    return held or Locale("en")


def gettext(message: str, /, **values: str) -> str:
    """Fixed wording in the reader's language, with values for its ``%(name)s``."""
    said = _messages().gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: str) -> str:
    """The same for wording that depends on a number."""
    said = _messages().ngettext(one, many, number)
    return said % values if values else said


def reader_language() -> str:
    """The language of the answer to the current request."""
    default = next(iter(LANGUAGES))
    if not has_words():
        return default
    for chosen in (request.args.get(CHOICE), request.cookies.get(CHOICE)):
        if chosen in LANGUAGES:
            return chosen
    return request.accept_languages.best_match(list(LANGUAGES), default) or default


def has_words() -> bool:
    """Whether the answer is for people: data speaks no language."""
    if request.path == _FOR_THE_PAGE:
        return True
    return request.endpoint != "static" and not request.path.endswith(_DATA)


def language_href(code: str) -> str:
    """The page that is looked at, in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != CHOICE]
    # One slash: with two, a browser would read the name of a host.
    path = quote("/" + request.path.lstrip("/"), safe="/:,")
    return f"{path}?{_encoded([*kept, (CHOICE, code)])}"


def _messages() -> NullTranslations:
    """The catalogue of the reader's language, looked for once in a request: a page asks for a
    thousand wordings.
    """
    try:
        held: NullTranslations = g.messages
    except (AttributeError, RuntimeError):  # not looked for yet, or outside a request
        held = flask_babel.get_translations()
        if g:
            g.messages = held
    return held


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, quote_via=quote, safe="/:,")


def _remember(response: Response) -> Response:
    if not has_words():
        return response
    response.vary.update(("Accept-Language", "Cookie"))
    chosen = request.args.get(CHOICE)
    if chosen in LANGUAGES and chosen != request.cookies.get(CHOICE):
        response.set_cookie(
            CHOICE, chosen, _ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response
