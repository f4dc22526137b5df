"""The command line that gives the same answer as a page."""

from __future__ import annotations

import shlex

from index.query import Query


def command_line(query: Query) -> str:
    """As in ``onrecord search "internet freedom" --country RU --from 2017``."""
    parts = ["onrecord", "quotes" if query.scope == "quotations" else "search"]
    for name, value in query.parameters():
        match name:
            case "q":
                # A query that begins with a dash is no option.
                parts += ["--", value] if value.startswith("-") else [value]
            case "in":
                pass
            case "per_page":
                parts += ["--limit", value]
            case _:
                parts += [f"--{name.replace('.', '-')}", value]
    if "--" in parts:  # options stand before it
        dashes = parts.index("--")
        parts = parts[:dashes] + parts[dashes + 2 :] + parts[dashes : dashes + 2]
    return shlex.join(parts)
