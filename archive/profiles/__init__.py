"""Profiles: what a maintainer knows about a site, written down as data.

A profile is a TOML file; its name is the file's name. Everything is optional but a
``[listing]`` or an ``[article]`` table::

    hosts = ["example.org"]               # these hosts and their subdomains
    organisation = "Example Watch"
    language = "en"
    date_order = "dmy"                    # or "mdy": how 03/04/2017 is meant

    [detect]                              # for software rather than one site: all must hold
    generator = "Drupal 7"                # <meta name="generator"> contains this
    selector = ".view-content"            # the page has such an element

    [listing]                             # CSS selectors; of a list the first that matches counts
    page = "body.archive"                 # says that a page is a listing, even an empty one
    item = ".views-row"                   # one per statement; the others are looked up inside it
    title, link, date, updated, excerpt, category, topics, location, byline = ...

    [article]
    title, body, date, updated, byline, category, topics, remove = ...
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.dates import Order
from archive.errors import ProfileError
from archive.identity import host_of
from archive.markup import Markup
from archive.selectors import compiled

Selectors = tuple[str, ...]

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class Detect:
    """How a page shows which software made it."""

    generator: str | None = None
    selector: Selectors = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a listing page keeps its statements. ``item`` is required."""

    item: Selectors
    page: Selectors = ()
    title: Selectors = ()
    link: Selectors = ()
    date: Selectors = ()
    updated: Selectors = ()
    excerpt: Selectors = ()
    category: Selectors = ()
    topics: Selectors = ()
    location: Selectors = ()
    byline: Selectors = ()


@dataclass(frozen=True, slots=True)
class Article:
    """Where the page of one statement keeps its fields. ``body`` is required."""

    body: Selectors
    title: Selectors = ()
    date: Selectors = ()
    updated: Selectors = ()
    byline: Selectors = ()
    category: Selectors = ()
    topics: Selectors = ()
    remove: Selectors = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known about the pages of one site or one kind of software."""

    name: str
    hosts: tuple[str, ...] = ()
    organisation: str | None = None
    language: str | None = None
    date_order: Order | None = None
    detect: Detect = field(default_factory=Detect)
    listing: Listing | None = None
    article: Article | None = None

    def owns(self, host: str | None) -> bool:
        """Whether the host, or a domain above it, is one of the profile's."""
        return host is not None and any(
            host == own or host.endswith("." + own) for own in self.hosts
        )

    def detects(self, page: Markup) -> bool:
        """Whether the page shows all the signs of ``[detect]``."""
        generator, selectors = self.detect.generator, self.detect.selector
        if not generator and not selectors:
            return False
        if generator and generator.lower() not in page.meta.get("generator", "").lower():
            return False
        return not selectors or any(map(page.selection.all, selectors))


GENERIC = Profile("generic")


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles that are known, in the order in which they are asked."""

    known: tuple[Profile, ...]

    def named(self, name: str) -> Profile:
        """The profile of this name. Raises ProfileError when there is none."""
        for profile in (*self.known, GENERIC):
            if profile.name == name:
                return profile
        names = ", ".join(sorted(profile.name for profile in (*self.known, GENERIC)))
        raise ProfileError(
            f"there is no profile “{name}”: the known ones are {names}; one of your own is a file "
            "in the folder profiles of the archive"
        )

    def choose(self, page: Markup, url: str | None) -> Profile:
        """The profile that owns the host, else one that detects the software, else generic."""
        host = host_of(url)
        for profile in self.known:
            if profile.owns(host):
                return profile
        return next((p for p in self.known if not p.hosts and p.detects(page)), GENERIC)


def load_profiles(extra: Path | None = None) -> Profiles:
    """The profiles that ship with the package and those of a folder, which are asked first.

    A profile in the folder replaces the shipped one of its name. Raises ProfileError,
    naming the file and the key, when one is not valid.
    """
    shipped = {
        entry.name.removesuffix(".toml"): _read(entry.name, entry.read_text("utf-8"))
        for entry in sorted(files("archive.profiles").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
    own: dict[str, Profile] = {}
    if extra is not None:
        if not extra.is_dir():
            raise ProfileError(
                f"{extra} is no folder, and no link to one: mend it, or take it away"
            )
        own = {path.stem: read_profile(path) for path in sorted(extra.glob("*.toml"))}
    return Profiles((*own.values(), *(p for name, p in shipped.items() if name not in own)))


def read_profile(path: Path) -> Profile:
    """The profile in one file. Raises ProfileError when it is none."""
    try:
        return _read(str(path), path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ProfileError(f"{path} cannot be read: {why}") from error


def _read(path: str, text: str) -> Profile:
    name = Path(path).stem
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(f"{path} is not valid TOML: {error}") from error
    known = {"hosts", "organisation", "language", "date_order", "detect", "listing", "article"}
    _refuse_unknown(path, "", table, known)
    order = table.get("date_order")
    if order not in (None, "dmy", "mdy"):
        raise ProfileError(f"{path}: date_order is “{order}”: write “dmy” or “mdy”")
    detect = _table(path, table, "detect")
    _refuse_unknown(path, "detect.", detect, {"generator", "selector"})
    listing, article = _table(path, table, "listing"), _table(path, table, "article")
    if not listing and not article:
        raise ProfileError(f"{path}: there is neither a [listing] nor an [article] table")
    return Profile(
        name=name,
        hosts=_hosts(path, table),
        organisation=_string(path, "organisation", table),
        language=_string(path, "language", table),
        date_order=order,
        detect=Detect(
            _string(path, "generator", detect), _selectors(path, "detect.selector", detect)
        ),
        listing=Listing(**_section(path, "listing", listing, Listing)) if listing else None,
        article=Article(**_section(path, "article", article, Article)) if article else None,
    )


def _section(path: str, name: str, table: Mapping[str, Any], kind: type) -> dict[str, Selectors]:
    allowed = [f.name for f in fields(kind)]
    _refuse_unknown(path, f"{name}.", table, set(allowed))
    required = allowed[0]
    if required not in table:
        raise ProfileError(f"{path}: [{name}] needs “{required}”")
    return {key: _selectors(path, f"{name}.{key}", table) for key in table}


def _refuse_unknown(path: str, prefix: str, table: Mapping[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            raise ProfileError(
                f"{path}: “{prefix}{key}” is unknown; known are {', '.join(sorted(known))}"
            )


def _table(path: str, parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = parent.get(key, {})
    if not isinstance(table, Mapping):
        raise ProfileError(f"{path}: “{key}” must be a table: write [{key}]")
    return table


def _string(path: str, key: str, table: Mapping[str, Any]) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise ProfileError(f"{path}: “{key}” must be a text in quotation marks")
    return value


def _strings(path: str, key: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    value = table.get(key.rpartition(".")[2], [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise ProfileError(f"{path}: “{key}” must be a text or a list of texts")
    return tuple(values)


def _hosts(path: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    hosts = [host.strip().lower().removeprefix("www.") for host in _strings(path, "hosts", table)]
    for host in hosts:
        if not _HOST.fullmatch(host):  # it would own nothing, and nobody would be told
            raise ProfileError(
                f"{path}: “hosts” has “{host}”, which is no host: write it as “example.org”"
            )
    return tuple(hosts)


def _selectors(path: str, key: str, table: Mapping[str, Any]) -> Selectors:
    selectors = _strings(path, key, table)
    for selector in selectors:
        try:
            compiled(selector)
        except ValueError as error:
            raise ProfileError(
                f"{path}: “{key}” is not a CSS selector: “{selector}” ({error})"
            ) from error
    return selectors
