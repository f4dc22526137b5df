"""Sentences for a reader: English, and for another language what they were made of."""

from __future__ import annotations


class Sentence(str):
    """An English sentence that remembers its ``template`` and the ``values`` within it.

    Values that are sentences too ("“{name}” cannot be read: {reason}.") can be said in another
    language with it.
    """

    template: str
    values: dict[str, object]

    __slots__ = ("template", "values")

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """``template`` with each ``{name}`` replaced by its value."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made
