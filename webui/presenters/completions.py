"""What an unfinished word may become, and where each choice leads."""

from __future__ import annotations

from dataclasses import dataclass

from index.engine import CompletionField
from index.query import Query
from index.results import Completion
from webui.params import url_for_query, with_text
from webui.paths import country_path, speaker_path
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class CompletionView:
    """One choice below the search box."""

    kind: str
    label: str
    count: str
    href: str


def present_completion(name: CompletionField, completion: Completion) -> CompletionView:
    """A speaker and a country lead to their page, a title is searched as exact words."""
    match name:
        case "speaker":
            kind, href = "Speaker", speaker_path(completion.value)
        case "country":
            kind, href = "Country", country_path(completion.value)
        case "title":
            quoted = completion.value.replace('"', " ")
            kind, href = "Title", url_for_query(with_text(Query(), f'title:"{quoted}"'))
    return CompletionView(kind, completion.label, words.number(completion.count), href)
