"""axe-core finds nothing on any kind of page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.webui.site import AWKWARD, HOSTILE, POET

pytestmark = pytest.mark.browser

# The standard's own rules, and axe's good practices beside them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark a page has the same elements in other colours.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
PAGES = [
    "/",
    "/search?q=report&country=RU&not.topic=Topic+1&from=2010",
    "/search?q=report&in=quotations&page=1",
    "/search?from=2017&to=2017",
    "/search?q=%22unclosed+winter&share=1",
    "/search?q=wintre",
    "/search?q=poet&country=KE",
    "/facet/topic?q=report&order=name",
    f"/statement/{POET.id}?q=poet&hit=1",
    f"/statement/{HOSTILE.id}",
    f"/statement/{AWKWARD[0].id}",
    f"/statement/{AWKWARD[1].id}",
    f"/statement/{POET.id}/cite",
    f"/statement/{POET.id}/versions",
    f"/statement/{POET.id}/original",
    f"/statement/{POET.id}/original?view=page",
    "/speaker/Mara%20Lind",
    "/country/RU",
    "/countries?order=name",
    f"/list?id={POET.id}&id={POET.id}.1",
    "/list",
    "/speakers",
    "/help",
    "/search?from=yesterday",
    "/nothing/here",
]
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [
    (width, scheme) for width in (1280, 390) for scheme in ("light", "dark")
]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def problems(page: Page) -> list[str]:
    """What axe finds on the page as it is, with the elements that it complains about."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.evaluate(AXE_SCRIPT)
    # A frame of its own is the archived page, as its publisher made it.
    found: list[dict[str, Any]] = page.evaluate(
        "only => axe.run({exclude: [['iframe']]}, {runOnly: only, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        OF_COLOUR if dark else RULES,
    )
    return [
        f"{page.url}: {violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def test_axe_finds_nothing(page: Page) -> None:
    found = []
    for path in PAGES:
        page.goto(path)
        found += problems(page)
    assert found == []


def test_axe_finds_nothing_in_french(page: Page) -> None:
    found = []
    for path in (PAGES[1], PAGES[8], "/help"):
        page.goto(f"{path}{'&' if '?' in path else '?'}lang=fr")
        found += problems(page)
    assert found == []


def test_axe_finds_nothing_in_what_the_script_opens(page: Page) -> None:
    page.goto("/search")
    page.get_by_role("combobox").press_sequentially("mara")
    expect(page.get_by_role("option").first).to_be_visible()
    found = problems(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Topic: ").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert [*found, *problems(page)] == []
