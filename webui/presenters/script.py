"""What the small script says: it has no wording of its own."""

from __future__ import annotations

from webui.language import gettext


def script_words() -> dict[str, str]:
    """Name in the script -> wording; {n} and {m} are filled in there."""
    return {
        "previous": gettext("Previous match"),
        "next": gettext("Next match"),
        "place": gettext("{n} of {m}"),
        "close": gettext("Close"),
        "suggestions": gettext("Suggestions"),
        "copy": gettext("Copy"),
        "copied": gettext("Copied"),
        "kept": gettext("My list ({n})"),
        "keptNone": gettext("My list"),
    }
