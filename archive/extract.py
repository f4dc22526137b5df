"""A page -> what it says: the one place where the parts of the archive come together.

decode -> parse -> profile -> entries (a listing) or one article -> documents
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archive.article import article_of
from archive.bylines import locate_byline
from archive.calendar import is_yet_to_come
from archive.countries import find_countries
from archive.decode import decode
from archive.document import EXTRACTOR_VERSION, Byline, Document, Kind, Source
from archive.entries import Entry, once, refuse_too_many
from archive.identity import canonical_url, document_id, entry_id, first_words, host_of
from archive.language import guess_language
from archive.limits import LIMITS, Limits
from archive.listed import listed_countries
from archive.markup import Markup
from archive.page import Page
from archive.people import speakers_of
from archive.plaintext import read_text
from archive.profiles import Profile, Profiles
from archive.quotations import explain_quotations
from archive.references import find_references
from archive.refusals import refuse_blank_page, refuse_error_page, refuse_error_text, refuse_message
from archive.segment import by_profile, by_structure
from archive.titles import derive_title, main_heading, page_title


@dataclass(frozen=True)
class Extraction:
    """What a page turned out to be. ``documents`` may be empty: a page without a statement."""

    url: str | None
    kind: Literal["listing", "article"]
    profile: str
    title: str | None
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class _Context:
    """What holds for all documents of one page."""

    page: Page
    profile: Profile
    url: str | None
    organisation: str | None
    language: str | None
    listed: tuple[str, ...] = ()


def extract(
    page: Page, profiles: Profiles, *, profile: str | None = None, limits: Limits = LIMITS
) -> Extraction:
    """Read a page.

    ``profile`` names the profile to use instead of choosing one. Raises PageError
    (UnreadablePage, PageLimitExceeded), and ProfileError for an unknown profile name.
    """
    text = decode(page, limits)
    forced = profiles.named(profile) if profile else None
    if page.media_type == "text/plain":
        return _plain(page, text, forced or profiles.named("generic"), limits)
    refuse_message(text)
    markup = Markup(text, page.url, limits)
    refuse_blank_page(markup)
    refuse_error_page(markup)
    url = _own_url(page, markup)
    chosen = forced or profiles.choose(markup, url or page.url)
    context = _Context(
        page,
        chosen,
        url,
        chosen.organisation or markup.meta.get("og:site_name"),
        chosen.language or markup.language,
    )
    return _listing(markup, context) or _article(markup, context)


def _own_url(page: Page, markup: Markup) -> str | None:
    """The page's canonical URL: what it calls itself, if that is the site it came from."""
    known = _known_url(page)
    declared = markup.canonical
    if declared is None or known is None:
        return declared or known
    same_site = _domain(declared) == _domain(known)
    is_front = declared.rstrip("/").count("/") == 2 and known.rstrip("/").count("/") > 2
    return declared if same_site and not is_front else known


def _known_url(page: Page) -> str | None:
    """The address from outside; what is none of the web (a WARC's "urn:...") counts as unknown."""
    try:
        return canonical_url(page.url) if page.url else None
    except ValueError:
        return None


def _domain(url: str) -> str:
    return ".".join((host_of(url) or "").split(".")[-2:])


def _plain(page: Page, text: str, profile: Profile, limits: Limits) -> Extraction:
    refuse_error_text(text)
    read = read_text(text, profile.date_order)
    url = _known_url(page)
    listed = listed_countries([read.heading], url) if read.listing else ()
    context = _Context(page, profile, url, profile.organisation, profile.language, listed)
    kind: Literal["listing", "article"] = "listing" if read.listing else "article"
    refuse_too_many(read.entries, limits)
    entries = once(read.entries)
    if not read.listing:
        entries = tuple(replace(entry, url=url) for entry in entries)
    documents = _documents(entries, context, "teaser" if read.listing else "article")
    return Extraction(url, kind, profile.name, read.heading, documents)


def _listing(markup: Markup, context: _Context) -> Extraction | None:
    entries = by_profile(markup, context.profile)
    if entries is None and not (context.profile.hosts and _has_article(markup, context.profile)):
        entries = by_structure(markup)
    if entries is None:
        return None
    heading = main_heading(markup)
    title = None if heading else page_title(markup)  # which looks at all headings of the page
    name = heading or (title[0] if title else None)
    listed = listed_countries((heading, markup.title, name), context.url)
    documents = _documents(once(entries), replace(context, listed=listed), "teaser")
    return Extraction(context.url, "listing", context.profile.name, name, documents)


def _has_article(markup: Markup, profile: Profile) -> bool:
    return profile.article is not None and any(
        markup.selection.all(selector) for selector in profile.article.body
    )


def _article(markup: Markup, context: _Context) -> Extraction:
    entry = article_of(markup, context.profile, context.url)
    documents = _documents((entry,), context, "article") if entry.body else ()
    return Extraction(context.url, "article", context.profile.name, entry.title, documents)


def _documents(entries: Sequence[Entry], context: _Context, kind: Kind) -> tuple[Document, ...]:
    found: dict[str, Document] = {}
    for entry in entries:
        document = _document(entry, context, kind)
        if document.id in found and entry.link and entry.url is None:
            # Two rows in the same words lead to two places, on a page whose address is not known.
            words = f"{first_words(entry.title, document.body)} {entry.link}"
            document = replace(document, id=entry_id(context.url, entry.published, words))
        found.setdefault(document.id, document)
    return tuple(found.values())


def _document(entry: Entry, context: _Context, kind: Kind) -> Document:
    byline, body = _byline(entry)
    published, updated = (_past(date, context.page) for date in (entry.published, entry.updated))
    title = entry.title or derive_title(body)
    guessed = guess_language(body)
    language = guessed or context.language
    told = explain_quotations(body, organisation=context.organisation, language=language)
    quotations = tuple(quotation for quotation, _ in told)
    speakers = speakers_of(quotations)
    gone = {name for name, date in (("published", published), ("updated", updated)) if not date}
    evidence = {name: how for name, how in entry.evidence.items() if how and name not in gone}
    if entry.title is None:
        evidence["title"] = "first sentence"
    if byline:
        evidence["byline"] = "selector" if entry.byline else "line of the text"
    if language:
        evidence["language"] = "words of the text" if guessed else "page's lang"
    if any(how for _, how in told):
        evidence["quotations"] = "\n".join(how for _, how in told)
    text = "\n\n".join((title, *entry.notes, *(a.label for a in entry.attachments), body))
    identifier = (
        document_id(entry.url)
        if entry.url
        else entry_id(context.url, entry.published, first_words(entry.title, body))
    )
    return Document(
        id=identifier,
        kind=kind,
        url=entry.url,
        listed_on=(context.url,) if kind == "teaser" and context.url else (),
        site=host_of(entry.url or context.url) or _site(context.profile),
        title=title,
        title_derived=entry.title is None,
        body=body,
        published=published,
        updated=updated,
        language=language,
        byline=byline,
        category=entry.category,
        topics=entry.topics,
        references=find_references(text),
        attachments=entry.attachments,
        countries=find_countries(
            title,
            body,
            listed=(*context.listed, *entry.places),
            language=language,
            people=[it.name for it in speakers if it.kind == "person" and it.name],
        ),
        speakers=speakers,
        quotations=quotations,
        source=Source(
            context.page.path,
            context.page.captured_at,
            context.page.sha256,
            context.profile.name,
            EXTRACTOR_VERSION,
        ),
        evidence=evidence,
    )


def _past(date: str | None, page: Page) -> str | None:
    """The date, unless it lies after the day on which the page was captured."""
    return None if date and is_yet_to_come(date, page.captured_at) else date


def _site(profile: Profile) -> str | None:
    return None if profile.name == "generic" else profile.name


def _byline(entry: Entry) -> tuple[Byline | None, str]:
    """The byline, and the body without the line that was it."""
    lines = entry.body.split("\n\n")
    located = locate_byline(lines)
    if located:
        number, byline = located
        body = "\n\n".join(lines[:number] + lines[number + 1 :])
        return (byline, body) if body else (byline, entry.body)
    if entry.byline:
        given = locate_byline([entry.byline]) or locate_byline([f"By {entry.byline}"])
        return (given[1] if given else None), entry.body
    return None, entry.body
