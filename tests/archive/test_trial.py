from pathlib import Path

import pytest

from archive.errors import ProfileError
from archive.page import Page
from archive.profiles import Profiles, load_profiles
from archive.trial import Trial, Use, try_profile

PROFILE = """
hosts = ["watch.example"]
[listing]
item = [".row", ".item"]
title = "h2"
link = "h2 a"
date = ["time", ".day"]
category = ".kind"
[article]
title = "h1"
body = [".none", ".text"]
"""

LISTING = """<html lang="en"><body><h1>Statements</h1>
<div class="row"><h2><a href="/1">Wells reopened in the valley</a></h2>
<p class="day">3 May 2016</p><p>The wells were closed for a year.</p></div>
<div class="row"><h2><a href="/2">A letter to the harbour master</a></h2>
<time datetime="2016-05-01">1 May 2016</time> <p>It has not been answered.</p></div>
</body></html>"""

ARTICLE = """<html lang="en"><head><title>Wells</title></head><body><h1>Wells reopened</h1>
<div class="text"><p>The wells of the valley were opened again on Monday, after a year in which
people had to walk to the river for each bucket.</p></div></body></html>"""


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    (tmp_path / "watch.toml").write_text(PROFILE, "utf-8")
    return load_profiles(tmp_path)


def trial(profiles: Profiles, html: str, url: str | None, *, profile: str | None = None) -> Trial:
    return try_profile(Page("page.html", html.encode(), url), profiles, profile=profile)


def test_a_listing_tells_in_how_many_rows_each_selector_was_the_first(profiles: Profiles) -> None:
    done = trial(profiles, LISTING, "https://watch.example/news")
    assert (done.profile, done.why) == ("watch", "it owns the host watch.example")
    assert done.uses == (
        Use("listing.item", ".row", 2, None, done.uses[0].first),
        Use("listing.item", ".item", 0, None, None),
        Use("listing.title", "h2", 2, 2, "Wells reopened in the valley"),
        Use("listing.link", "h2 a", 2, 2, "Wells reopened in the valley"),
        Use("listing.date", "time", 1, 2, "1 May 2016"),
        Use("listing.date", ".day", 1, 2, "3 May 2016"),
        Use("listing.category", ".kind", 0, 2, None),
    )
    assert [d.published for d in done.extraction.documents] == ["2016-05-03", "2016-05-01"]


def test_an_article_also_tells_that_no_row_was_found(profiles: Profiles) -> None:
    done = trial(profiles, ARTICLE, "https://watch.example/1")
    assert [(use.key, use.selector, use.took) for use in done.uses] == [
        ("listing.item", ".row", 0),
        ("listing.item", ".item", 0),
        ("article.body", ".none", 0),
        ("article.body", ".text", 1),
        ("article.title", "h1", 1),
    ]


@pytest.mark.parametrize(
    ("html", "url", "profile", "why"),
    [
        (ARTICLE, "https://other.example/1", "watch", "it was named"),
        (
            ARTICLE,
            "https://other.example/1",
            None,
            "no profile owns the host other.example, and the signs of none are there",
        ),
        (ARTICLE, None, None, "the page has no address, and the signs of none are there"),
        (
            ARTICLE.replace("<title>", '<meta name="generator" content="WordPress 5"><title>'),
            None,
            None,
            "the page shows its signs: the generator “WordPress”",
        ),
    ],
)
def test_the_reason_of_the_choice_is_told(
    profiles: Profiles, html: str, url: str | None, profile: str | None, why: str
) -> None:
    assert trial(profiles, html, url, profile=profile).why == why


def test_plain_text_has_nothing_to_select(profiles: Profiles) -> None:
    page = Page("page.txt", b"A title\n\nA paragraph of a statement.", media_type="text/plain")
    assert try_profile(page, profiles).uses == ()


def test_an_unknown_profile_is_refused(profiles: Profiles) -> None:
    with pytest.raises(ProfileError, match="no profile “nope”"):
        trial(profiles, ARTICLE, None, profile="nope")
