"""Sentences of other rooms in the reader's language: why a search cannot be asked, and what was
made of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.results import NamedCountry
from index.sentence import Sentence
from webui.language import gettext, locale
from webui.presenters.words import country


def N_(template: str) -> str:  # noqa: N802 (the name by which gettext's tools find wording)
    """Marks wording that is translated when it is used."""
    return template


TEMPLATES = (
    N_("The question has {count} characters; at most {most} are possible."),
    N_("The question has more than {most} words or phrases."),
    N_("Parentheses are nested deeper than {most}."),
    N_("“{typed}~{edits}” allows {edits} edits; at most 1 is possible."),
    N_("“{typed}*” has {count} letters before the star; at least {least} are needed."),
    N_("“{typed}” stands for more than {most} words: add letters."),
    N_("A phrase may have at most {most} other words in between, not {slop}."),
    N_("A phrase has {count} words; at most {most} are possible."),
    N_("{count} filter values are chosen; at most {most} are possible."),
    N_("A filter value has {count} characters; at most {most} are possible."),
    N_("“{name}” is not a country that we know: {advice}"),
    N_("did you mean “{near}”?"),
    N_("give its English name or ISO code."),
    N_("“{name}” is taken for {one.name} here; {other.name} is {other.code}."),
    N_("The date range is empty: {low} is later than {high}."),
    N_("The date “{name}” cannot be read: {problem}."),
    N_("“{typed}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, as in 2017-07-31"),
    N_("Pages count from 1; {page} is none."),
    N_("A page shows at least 1 result, not {count}."),
    N_("A page of {count} results is asked for; at most {most} are possible."),
    N_(
        "Page {page} lies beyond result {last}, the last that pages reach: "
        "narrow the question, or export everything that matches."
    ),
    N_("“{name}” is no {what}: choose {known}."),
    N_("scope"),
    N_("order"),
    N_("“{text}” is not a number: {name} is counted from 1."),
    N_("{count} entries are listed; at most {most} are possible."),
    N_("Searched literally, word for word: {reason}."),
    N_("There is no word to search for in “{shown}”."),
    N_("a closing parenthesis has no opening one"),
    N_("a parenthesis is not closed"),
    N_("a quotation mark is not closed"),
    N_("nothing to look for follows “{name}:”"),
    N_("“{operator}” needs a word after it"),
    N_("“{operator}” needs a word on each side"),
    N_("a star stands only at the end of a word, after {least} letters or more"),
    N_("“~” follows a single word, and “{typed}” is read as {count}"),
    N_("a star follows a single word, and “{typed}” is read as {count}"),
    N_("“{typed}” is not the name of a country"),
    N_("a date follows “date:”, or two with “..” in between"),
    N_("“{low}” is later than “{high}”"),
    N_("Only the {count} most frequent values of a facet are counted."),
)
"""Every template of a sentence that a reader may meet. A test holds it against the code."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it is shown. ``language``: what it is in, where that is not the page's."""

    text: str
    language: str | None = None


def present_sentence(sentence: str) -> Said:
    """The sentence in the reader's language, or in English where nobody foresaw it."""
    if isinstance(sentence, Sentence):
        return Said(_translated(sentence))
    return Said(sentence, None if locale().language == "en" else "en")


def _translated(sentence: Sentence) -> str:
    values = {name: _value(value) for name, value in sentence.values.items()}
    return gettext(sentence.template).format(**values)


def _value(value: object) -> object:
    """What stands in a sentence, in the reader's language where it can be said in it."""
    if isinstance(value, NamedCountry):
        return NamedCountry(value.code, country(value.code, value.name))
    return _translated(value) if isinstance(value, Sentence) else value
