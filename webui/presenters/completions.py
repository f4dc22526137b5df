"""What an unfinished word may become, and where each choice leads."""

from __future__ import annotations

from dataclasses import dataclass

from index.results import Completion, Hit
from webui.language import gettext
from webui.paths import country_path, speaker_path, statement_path
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class CompletionView:
    """One choice below the search box; ``note`` tells how much there is, or when it was."""

    kind: str
    label: str
    note: str
    href: str


def present_speaker_completion(completion: Completion) -> CompletionView:
    """A person, leading to what they are quoted with."""
    return CompletionView(
        gettext("Speaker"),
        completion.label,
        words.number(completion.count),
        speaker_path(completion.value),
    )


def present_country_completion(completion: Completion) -> CompletionView:
    """A country, leading to what is about it."""
    return CompletionView(
        gettext("Country"),
        words.country(completion.value, completion.label),
        words.number(completion.count),
        country_path(completion.value),
    )


def present_title_completion(hit: Hit) -> CompletionView:
    """A statement, leading to it."""
    title = "".join(span.text for span in hit.title)
    return CompletionView(
        gettext("Statement"), title, words.date(hit.published), statement_path(hit.id)
    )
