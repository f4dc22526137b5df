"""A question from loose parts: checked once, here, for the command line and the web alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from archive.calendar import parse_date
from archive.country_codes import all_countries, country_code, country_name, other_of_name
from index.atoms import not_a_date
from index.errors import BadQuery, QueryLimit
from index.parse import parse
from index.query import LIMITS, UNKNOWN, Limits, Query, Scope, Selection, Sort
from index.results import NamedCountry
from index.sentence import Sentence

T = TypeVar("T")

_SCOPES: dict[str, Scope] = {"documents": "documents", "quotations": "quotations"}
_SORTS: dict[str, Sort] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}


def build_query(
    text: str = "",
    *,
    scope: str = "documents",
    country: Iterable[str] = (),
    speaker: Iterable[str] = (),
    topic: Iterable[str] = (),
    category: Iterable[str] = (),
    not_country: Iterable[str] = (),
    not_speaker: Iterable[str] = (),
    not_topic: Iterable[str] = (),
    not_category: Iterable[str] = (),
    date_from: str | None = None,
    date_to: str | None = None,
    sort: str | None = None,
    page: int = 1,
    per_page: int = 20,
    limits: Limits = LIMITS,
) -> Query:
    """A checked :class:`Query`. Raises BadQuery with a sentence that says what to change.

    Countries may be given by name, alias or code and become ISO codes; a notice tells which is
    meant by the name of two. Blank values count as not given, repeated ones once.
    """
    parsed = parse(text, limits)
    include = _selection(country, speaker, topic, category)
    exclude = _selection(not_country, not_speaker, not_topic, not_category)
    _check_filters(include, exclude, limits)
    first, last = _date(date_from, "from"), _date(date_to, "to")
    if first and last and parse_date(first).first > parse_date(last).last:
        raise BadQuery(
            Sentence("The date range is empty: {low} is later than {high}.", low=first, high=last)
        )
    _check_page(page, per_page, limits)
    return Query(
        tree=parsed.tree,
        text=text.strip(),
        scope=_one_of(scope, _SCOPES, Sentence("scope")),
        include=include,
        exclude=exclude,
        date_from=first,
        date_to=last,
        sort=_one_of(sort, _SORTS, Sentence("order")) if sort else None,
        page=page,
        per_page=per_page,
        notice=parsed.notice or _of_two((*_given(country), *_given(not_country))),
        limits=limits,
    )


def _selection(
    country: Iterable[str],
    speaker: Iterable[str],
    topic: Iterable[str],
    category: Iterable[str],
) -> Selection:
    return Selection(
        country=tuple(dict.fromkeys(_country(name) for name in _given(country))),
        speaker=_given(speaker),
        topic=_given(topic),
        category=_given(category),
    )


def _given(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _country(name: str) -> str:
    if name.lower() == UNKNOWN:
        return UNKNOWN
    code = country_code(name)
    if code is not None:
        return code
    known = {label.lower(): label for _, label in all_countries()}
    near = get_close_matches(name.lower()[: LIMITS.characters], known, n=1, cutoff=0.75)
    advice = (
        Sentence("did you mean “{near}”?", near=known[near[0]])
        if near
        else Sentence("give its English name or ISO code.")
    )
    raise BadQuery(
        Sentence("“{name}” is not a country that we know: {advice}", name=name, advice=advice)
    )


def _of_two(names: Iterable[str]) -> Sentence | None:
    """What the first name is taken for that is that of two countries."""
    for name in names:
        code, other = country_code(name), other_of_name(name)
        if code and other:
            return Sentence(
                "“{name}” is taken for {one.name} here; {other.name} is {other.code}.",
                name=name,
                one=NamedCountry(code, country_name(code)),
                other=NamedCountry(other, country_name(other)),
            )
    return None


def _check_filters(include: Selection, exclude: Selection, limits: Limits) -> None:
    values = [
        value
        for chosen in (include, exclude)
        for value in (*chosen.country, *chosen.speaker, *chosen.topic, *chosen.category)
    ]
    if len(values) > limits.filter_values:
        raise QueryLimit(
            Sentence(
                "{count} filter values are chosen; at most {most} are possible.",
                count=len(values),
                most=limits.filter_values,
            )
        )
    longest = max(map(len, values), default=0)
    if longest > limits.characters:
        raise QueryLimit(
            Sentence(
                "A filter value has {count} characters; at most {most} are possible.",
                count=f"{longest:,}",
                most=limits.characters,
            )
        )


def _date(typed: str | None, name: str) -> str | None:
    date = (typed or "").strip()
    if not date:
        return None
    try:
        parse_date(date)
    except ValueError as error:
        problem = not_a_date(date)
        raise BadQuery(
            Sentence("The date “{name}” cannot be read: {problem}.", name=name, problem=problem)
        ) from error
    return date


def _check_page(page: int, per_page: int, limits: Limits) -> None:
    if page < 1:
        raise BadQuery(Sentence("Pages count from 1; {page} is none.", page=page))
    if per_page < 1:
        raise BadQuery(Sentence("A page shows at least 1 result, not {count}.", count=per_page))
    if per_page > limits.page_size:
        raise QueryLimit(
            Sentence(
                "A page of {count} results is asked for; at most {most} are possible.",
                count=f"{per_page:,}",
                most=limits.page_size,
            )
        )
    if (page - 1) * per_page > limits.offset:
        raise QueryLimit(
            Sentence(
                "Page {page} lies beyond result {last}, the last that pages reach: "
                "narrow the question, or export everything that matches.",
                page=f"{page:,}",
                last=f"{limits.offset:,}",
            )
        )


def _one_of(name: str, known: Mapping[str, T], what: Sentence) -> T:
    if name not in known:
        raise BadQuery(
            Sentence(
                "“{name}” is no {what}: choose {known}.",
                name=name,
                what=what,
                known=", ".join(known),
            )
        )
    return known[name]
