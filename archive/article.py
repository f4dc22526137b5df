"""The page of one statement -> its entry."""

from __future__ import annotations

from collections.abc import Sequence

from archive.body import (
    attachments_in,
    by_layout_cell,
    by_selector,
    by_trafilatura,
    notes_in,
    notes_of,
    surroundings,
    tidy,
    without_tail,
)
from archive.dates import Order, page_order
from archive.entries import Entry, date_of
from archive.labels import category_of, topics_of
from archive.lines import line
from archive.markup import Markup
from archive.profiles import Article, Profile
from archive.prose import by_prose
from archive.publication import PageDates
from archive.titles import page_title


def article_of(markup: Markup, profile: Profile, url: str | None) -> Entry:
    """The only statement of a page: by the profile's selectors, else by rules.

    Its body is empty where the page has no text.
    """
    article = profile.article or Article(body=())
    evidence: dict[str, str] = {}
    title = _selected(markup, article.title)
    if title:
        evidence["title"] = f"selector {title[1]}"
    elif title := page_title(markup):
        evidence["title"] = title[1]
    chosen = by_selector(markup, article.body, article.remove)
    if chosen:
        lines, roots, selector = chosen
        evidence["body"] = f"selector {selector}"
    elif prose := by_prose(markup):
        lines, roots = without_tail(prose[0]), [prose[1]]
        evidence["body"] = "element with the running text"
    elif cell := by_layout_cell(markup):
        lines, roots = cell[0], [cell[1]]
        evidence["body"] = "cell of the page's layout table"
    else:
        lines, roots = by_trafilatura(markup, url), []
        evidence["body"] = "trafilatura"
    order = profile.date_order or _order(markup)
    dates = PageDates(markup, order, title and title[0])
    published, updated = _dates(markup, article, order, url, dates, evidence)
    byline = _selected(markup, article.byline)
    category = category_of(markup, article)
    topics = topics_of(markup, article)
    found = (("category", category), ("topics", topics))
    around = surroundings(markup, roots)
    evidence |= {name: labels[1] for name, labels in found if labels}
    return Entry(
        title=title[0] if title else None,
        url=url,
        body="\n\n".join(tidy(lines, title=title[0] if title else None)),
        published=published,
        updated=updated,
        category=category[0] if category else None,
        topics=topics[0] if topics else (),
        byline=byline[0] if byline else None,
        attachments=attachments_in(markup, around, url),
        notes=(
            *notes_of(lines),
            *notes_in(markup, [element for element in around if element not in roots]),
        ),
        evidence=evidence,
    )


def _selected(markup: Markup, selectors: Sequence[str]) -> tuple[str, str] | None:
    """The text that the first matching selector finds, and the selector."""
    for selector in selectors:
        element = markup.selection.first(selector)
        text = "" if element is None else line(element)
        if text:
            return text, selector
    return None


def _order(markup: Markup) -> Order | None:
    """How the page's numeric dates are meant, where its language tells."""
    known = markup.language not in (None, "en")
    return page_order((text for text, _ in markup.texts), markup.language) if known else None


def _dates(
    markup: Markup,
    article: Article,
    order: Order | None,
    url: str | None,
    page_dates: PageDates,
    evidence: dict[str, str],
) -> tuple[str | None, str | None]:
    values: dict[str, str] = {}
    for name, selectors in (("published", article.date), ("updated", article.updated)):
        for selector in selectors:
            element = markup.selection.first(selector)
            value = None if element is None else date_of(element, order)
            if value:
                values[name], evidence[name] = value, f"selector {selector}"
                break
    # What a selector finds may be the month above a calendar's leaf.
    partly = values.get("published", "")
    found = page_dates.published(url) if len(partly) < len("2017-07-31") else None
    if found and found.value.startswith(partly):
        values["published"], evidence["published"] = found.value, found.evidence
    if "updated" not in values and (found := page_dates.updated()):
        values["updated"], evidence["updated"] = found.value, found.evidence
    updated = values.get("updated")
    return values.get("published"), updated if updated != values.get("published") else None
