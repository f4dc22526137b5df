"""Pages stand still while they load, and can be read at 200 % and on the narrowest window."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.webui.test_accessibility import PAGES

pytestmark = pytest.mark.browser

# The sum of all shifts that no input caused, as Chromium reports them to a page.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map(({ node }) => node?.className || node?.nodeName);
    if (!shift.hadRecentInput) window.shifts.push([shift.value, moved]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# What a reader would have to scroll sideways for, or cannot see at all.
CUT = """
() => [...document.querySelectorAll("body *:not(.sr, .skip, option, svg *)")].filter((element) => {
  if (!element.checkVisibility() || element.closest(".sr")) return false;
  const { left, right } = element.getBoundingClientRect();
  const hides = getComputedStyle(element).overflowX !== "visible";
  const cut = hides && element.scrollWidth > element.clientWidth + 1;
  return left < -1 || right > innerWidth + 1 || (cut && !element.matches("input, svg"));
}).map((element) => element.outerHTML.slice(0, 100))
"""
LATE = 0.15


def late(route: Route) -> None:
    """The script arrives after the page was painted, as over a slow line."""
    time.sleep(LATE)
    route.continue_()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 844})
    context.add_init_script(SHIFTS)
    context.add_init_script('localStorage.setItem("kept", \'["00000000000000a1"]\')')
    context.route("**/static/script.js*", late)
    page = context.new_page()
    moved = {}
    for path in PAGES:
        page.goto(path)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))")
        if shifts := page.evaluate("window.shifts"):
            moved[path] = shifts
    context.close()
    assert moved == {}


@pytest.mark.parametrize(
    ("width", "scale"), [(640, 2), (320, 4)], ids=["200 percent of 1280", "400 percent of 1280"]
)
def test_nothing_is_cut_when_magnified(
    browser: Browser, address: str, width: int, scale: int
) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 512 if width == 640 else 256},
        device_scale_factor=scale,
    )
    page: Page = context.new_page()
    cut = {}
    for path in PAGES:
        page.goto(path)
        if found := page.evaluate(CUT):
            cut[path] = found
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            cut[path] = [f"{wide} pixels wide", *found]
    context.close()
    assert cut == {}
