"""Which language a reader sees: chosen in the footer, else what their browser asks for.

The choice is kept in a cookie, the only one there is, so that addresses stay the same in every
language: a link that is passed on opens in the language of whoever opens it. What leaves as
data is the same for everybody.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations
from urllib.parse import quote, urlencode

import flask_babel
from babel import Locale
from flask import Flask, Response, has_request_context, request
from markupsafe import Markup

LANGUAGES = {"en": "English", "fr": "Français"}
"""Code and own name; the first one is what the messages are written in."""

CHOICE = "lang"
"""The URL parameter that chooses a language, and the cookie that remembers it."""

_DATA = (".json", ".jsonl", ".csv", ".atom", ".bib", ".ris", ".xml", ".txt", ".bin", ".html")
_FOR_THE_PAGE = "/complete.json"
_ONE_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the current request is answered in."""

    locale: Locale
    messages: NullTranslations


_SPOKEN: ContextVar[_Spoken | None] = ContextVar("spoken", default=None)
"""Looked for once in a request: a page asks for hundreds of wordings."""


def install(app: Flask) -> None:
    """Answer every request in its reader's language."""
    flask_babel.Babel(app, locale_selector=reader_language)
    app.before_request(_forget)
    app.teardown_request(_forget)
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    # Jinja's own wrappers look for these again, and format, at each wording.
    app.jinja_env.globals |= {"_": _marked, "gettext": _marked, "ngettext": _marked_number}
    app.after_request(_remember)
    app.context_processor(lambda: {"language": locale().language, "languages": LANGUAGES})
    app.jinja_env.globals["language_href"] = language_href


def locale() -> Locale:
    """The reader's locale; English outside a request."""
    return _spoken().locale


def gettext(message: str, /, **values: str) -> str:
    """Fixed wording in the reader's language, with values for its ``%(name)s``."""
    said = _spoken().messages.gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: str) -> str:
    """The same for wording that depends on a number."""
    said = _spoken().messages.ngettext(one, many, number)
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


def _spoken() -> _Spoken:
    held = _SPOKEN.get()
    if held is None:
        held = _Spoken(flask_babel.get_locale() or Locale("en"), flask_babel.get_translations())
        if has_request_context():
            _SPOKEN.set(held)
    return held


def _forget(_error: BaseException | None = None) -> None:
    _SPOKEN.set(None)


def _marked(message: str, /, **values: object) -> Markup:
    """Wording for a template, whose values are escaped."""
    return _filled(_spoken().messages.gettext(message), values)


def _marked_number(one: str, many: str, num: int, /, **values: object) -> Markup:
    """The same for wording that depends on a number, which it may name ``num``."""
    return _filled(_spoken().messages.ngettext(one, many, num), {"num": num, **values})


def _filled(said: str, values: dict[str, object]) -> Markup:
    wording = Markup(said)  # noqa: S704 (ours; a translation is part of the program)
    return wording % values if "%" in said else wording


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
