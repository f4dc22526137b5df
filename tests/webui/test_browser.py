"""The pages in a real browser: typing, choosing, keys, and what hostile text can do there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.webui.browser import served
from tests.webui.site import HOSTILE, POET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home")) as own:
        yield own


class Watched:
    """A page that remembers what it should never have done."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: None if r.url.startswith(address) else self.elsewhere.append(r.url),
        )


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    watched = Watched(context.new_page(), address)
    yield watched.page
    assert watched.errors == []
    assert watched.elsewhere == []
    context.close()


def test_a_question_is_typed_and_narrowed(page: Page) -> None:
    page.goto("/")
    page.get_by_role("search").get_by_role("combobox").fill("winter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("46 statements for")
    page.get_by_role("link", name="Kenya, ").first.click()
    expect(page.get_by_role("link", name="Remove Country: Kenya")).to_be_visible()
    page.get_by_role("link", name="Remove Country: Kenya").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("46 statements for")


def test_names_are_completed_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("mara")
    expect(page.get_by_role("option").first).to_contain_text("Mara Lind")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mara Lind")


def test_escape_closes_the_completions(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("mara")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("mara")


def test_more_values_open_in_a_dialog_that_can_be_filtered(page: Page) -> None:
    page.goto("/search?q=winter")
    page.get_by_role("link", name="Topic: ").click()
    dialog = page.get_by_role("dialog", name="Topic")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Find in this list").fill("topic 11")
    expect(dialog.locator("li:visible")).to_have_count(1)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_several_values_are_ticked_and_applied_at_once(page: Page) -> None:
    page.goto("/search?q=winter&topic=Topic+6&not.topic=Topic+2&from=2010")
    page.locator("section[aria-labelledby=facet-topic]").get_by_role("link", name=" more").click()
    dialog = page.get_by_role("dialog", name="Topic")
    dialog.get_by_role("checkbox", name="Topic 6, ").uncheck()
    dialog.get_by_role("checkbox", name="Topic 10, ").check()
    dialog.get_by_label("Find in this list").fill("topic 11")
    dialog.get_by_role("checkbox", name="Topic 11, ").check()
    expect(dialog.get_by_role("checkbox", name="Topic 10, ")).to_be_visible()
    dialog.get_by_role("button", name="Apply").click()
    pills = page.get_by_role("list", name="Filters that are on").get_by_role("listitem")
    labels = ["Topic: Topic 10", "Topic: Topic 11", "Not topic: Topic 2", "From 2010", "Clear all"]
    expect(pills).to_contain_text(labels)


def test_keys_lead_to_the_box_and_through_the_results(page: Page) -> None:
    page.goto("/search?q=winter")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(page.locator(".hit h2 a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("n?")
    expect(page).to_have_url(page.url)


def test_marked_words_are_counted_and_stepped_through(page: Page) -> None:
    page.goto(f"/statement/{POET.id}?q=poet")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".matches")).to_contain_text("1 of 2")
    page.keyboard.press("n")
    expect(page.locator(".matches")).to_contain_text("2 of 2")
    expect(page.locator("mark.here")).to_have_count(1)


@pytest.mark.parametrize(
    "path",
    [
        f"/statement/{HOSTILE.id}?q=hostile",
        "/search?q=hostile",
        "/search?q=hostile&in=quotations",
        "/search?q=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
        "/facet/topic",
        "/speakers",
    ],
)
def test_hostile_text_does_nothing(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("window.hacked") is None
    page.keyboard.press("n")
    box = page.get_by_role("combobox")
    if box.count():
        box.fill("eve")
        expect(page.get_by_role("option").first).to_contain_text("Eve <script>")
    assert page.evaluate("window.hacked") is None


def test_the_saved_page_runs_nothing(browser: Browser, address: str) -> None:
    # Chromium reports the blocked script as an error, as it should: the page is not watched.
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"/statement/{POET.id}/original?view=page")
    frame = page.frame_locator("iframe.saved")
    expect(frame.get_by_text("The saved words & more.")).to_be_visible()
    frame.get_by_text("The saved words & more.").click()
    assert page.evaluate("window.hacked") is None
    page.goto(f"/statement/{POET.id}/original.html")
    assert page.title() == "Saved"
    context.close()


WIDTHS = [390, 1280]
EVERY = [
    "/",
    "/search?q=winter&country=RU",
    "/search?in=quotations",
    "/facet/topic",
    f"/statement/{POET.id}?q=poet",
    f"/statement/{HOSTILE.id}",
    f"/statement/{POET.id}/cite",
    f"/statement/{POET.id}/original",
    "/speaker/Mara%20Lind",
    "/country/RU",
    "/countries",
    "/help",
]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in EVERY:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_is_printed_is_black_on_white(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto(f"/statement/{POET.id}")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("html")).to_have_css("color-scheme", "light")
    expect(page.locator("header.site")).to_have_css("background-color", "rgb(255, 255, 255)")
    for unneeded in (".keep", "header.site nav", "footer.site"):
        expect(page.locator(unneeded).first).to_be_hidden()
    context.close()


def test_every_page_works_without_the_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("winter")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("46 statements")
    page.get_by_role("link", name="Topic: ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Topic")
    page.get_by_role("checkbox", name="Topic 3, ").check()
    page.get_by_label("Find in this list").fill("topic 1")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Topic 10, ").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(f"{address}/search?q=winter&topic=Topic%203&topic=Topic%2010")
    expect(page.get_by_role("link", name="Remove Topic: Topic 3")).to_be_visible()
    page.get_by_label("From").fill("2012")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove From 2012")).to_be_visible()
    context.close()


def test_a_phone_reaches_the_filters_from_the_top(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/search?q=winter&country=RU&from=2010")
    filters = page.get_by_role("link", name="Filters (2)")
    box = filters.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    filters.click()
    expect(page.get_by_role("heading", name="Country")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the results").click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    context.close()


def test_a_list_is_kept_in_the_browser(page: Page) -> None:
    page.goto("/search?q=winter")
    page.get_by_role("checkbox", name="Keep “Winter report").first.check()
    page.goto(f"/statement/{POET.id}")
    page.get_by_role("checkbox", name="Keep “Release the poet”").check()
    page.goto("/search?q=poet")
    expect(page.get_by_role("checkbox", name="Keep “Release the poet”")).to_be_checked()
    page.get_by_role("link", name="My list (2)").click()
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.get_by_role("button", name="Add these")).to_be_hidden()
    page.get_by_role("checkbox", name="Keep “Release the poet”").uncheck()
    page.get_by_role("link", name="My list (1)").click()
    expect(page.locator(".hit")).to_have_count(1)
    page.get_by_role("link", name="Empty the list").click()
    expect(page.get_by_role("link", name="My list", exact=True)).to_be_visible()


def test_a_list_of_somebody_else_can_be_taken_over(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.setItem('kept', '[\"<b>\", 7, \"00000000000000a3\"]')")
    page.goto(f"/list?id={POET.id}&id={POET.id}.1")
    page.get_by_role("button", name="Add these to my list").click()
    expect(page.get_by_role("button", name="Add these to my list")).to_be_hidden()
    page.get_by_role("link", name="My list (3)").click()
    expect(page.locator(".hit")).to_have_count(3)


def test_a_list_is_made_without_the_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=winter")
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(2).check()
    page.get_by_role("button", name="Show what is ticked as a list").click()
    expect(page.locator(".hit")).to_have_count(2)
    page.get_by_role("checkbox").nth(0).uncheck()
    page.get_by_role("button", name="Show what is ticked as a list").click()
    expect(page.locator(".hit")).to_have_count(1)
    context.close()
