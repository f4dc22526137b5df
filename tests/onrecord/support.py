"""A small archive of our own writing, and the command as people start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ARTICLE = """<!doctype html>
<html lang="en"><head>
<meta charset="utf-8">
<title>{title} | Lantern Watch</title>
<link rel="canonical" href="https://lantern.example/{name}">
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="{date}T09:00:00+01:00">
<meta property="article:tag" content="{topic}">
</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>{title}</h1>
{body}
</article>
<footer>Share this page</footer>
</body></html>
"""

PAGES = {
    "chad-radio": (
        "Chad: Radio stations silenced before the vote",
        "2016-04-08",
        "Press Freedom",
        """<p>Six radio stations in Chad went silent two days before the vote, Lantern Watch said
        today. Nobody has said who gave the order, or when the stations may speak again.</p>
        <p>“Freedom of expression does not take a holiday for an election,” said Amina Doubaye,
        Africa Director at Lantern Watch.</p>""",
    ),
    "georgia-law": (
        "Georgia: New law would close small newspapers",
        "2018-11-02",
        "Press Freedom",
        """<p>A law before the parliament of Georgia would fine newspapers that do not register
        each reader by name, Lantern Watch said in Tbilisi. Most could not pay the first fine.</p>
        <p>“A newspaper is not a tax office, and freedom of expression is not a crime,” said Nino
        Kvernadze, Legal Adviser at Lantern Watch.</p>""",
    ),
    "norway-archive": (
        "Norway: Public archive opens its cellar",
        "2020-05-14",
        "Archives",
        """<p>The national archive of Norway has opened eleven kilometres of shelves to the
        public. Lantern Watch asks other countries to look into their own cellars.</p>
        <p>“We found letters that everybody thought were lost,” said Ingrid Solbakken, Head of
        Archives at Lantern Watch.</p>""",
    ),
}


def write_pages(folder: Path) -> Path:
    """Three statements and a page that is none, as a mirror of an invented site."""
    site = folder / "lantern.example"
    site.mkdir(parents=True)
    for name, (title, date, topic, body) in PAGES.items():
        html = ARTICLE.format(title=title, name=name, date=date, topic=topic, body=body)
        (site / f"{name}.html").write_text(html, "utf-8")
    (site / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    return folder


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Onrecord = Callable[..., Done]
"""The command within this process, see the fixture of that name."""


def command(*arguments: str) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "onrecord", *arguments]


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without what would configure On Record, and with changes."""
    ours = ("ONRECORD_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {**inherited, "PYTHONPATH": str(Path(__file__).parents[2]), **changes}


def start(*arguments: str, cwd: Path | None = None, **changes: str) -> Done:
    """Run the command in a process of its own until it ends."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=cwd,
        env=environment(**changes),
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
