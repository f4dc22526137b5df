"""Nothing from an archived page runs in a reader's browser, and nothing is asked of another host.

Chromium looks at pages on which every payload stands in every field. Other hosts lead to a
server of ours that counts who comes.
"""

from __future__ import annotations

import shutil
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Error, Page, sync_playwright
from werkzeug.serving import make_server

from archive.document import Attachment, Byline, Document
from tests.security.payloads import EVIL, PAYLOADS
from tests.webui.browser import chromium
from tests.webui.site import EARLIER, POET, document, make_site, put
from tests.webui.site import quote as quotation
from webui.headers import CONTENT_POLICY

pytestmark = pytest.mark.browser


@dataclass
class Seen:
    """What happened in the browser that must not."""

    page: Page
    address: str
    ran: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)

    def look_at(self, path: str) -> None:
        """Open a page and wait until it is at rest. A file to save is no page."""
        try:
            self.page.goto(self.address + path, wait_until="load")
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            return
        self.page.wait_for_timeout(20)
        assert self.page.url.startswith(self.address), path
        if not path.endswith("/original.html"):  # the saved page itself, in its sandbox
            assert self.page.evaluate(_MARKUP) == [], path
        assert self.ran == [], path
        assert self.came == [], path


# What no text may become: handlers, addresses that run, frames and scripts that are not ours.
_MARKUP = """() => [...document.querySelectorAll('*')].flatMap(e => [
    ...[...e.attributes].filter(a => /^on/i.test(a.name)
        || /^\\s*(javascript|data|vbscript):/i.test(a.value) && /^(href|src|action)$/.test(a.name)),
    ...(/^(base|object|embed|style|svg|math|video|x:script)$/i.test(e.localName)
        && !e.closest('svg[aria-hidden], figure') ? [e] : []),
    ...(e.localName === 'script' && e.src && new URL(e.src).host !== location.host ? [e] : []),
]).map(x => x.outerHTML || x.name + '=' + x.value)"""


def _hostile(number: int, payload: str) -> Document:
    """A statement with the payload in every field."""
    body = f"{payload} stands here.\n\n“{payload}” said somebody."
    made = document(
        f"{number:016x}",
        f"{payload} title",
        body,
        published="2016-02-01",
        countries=["TR"],
        topics=[payload],
        quotations=[quotation(body, payload, f"Eve {payload}", payload, payload)],
    )
    return replace(
        made,
        url=payload if number % 2 else f"https://watch.example/{quote(payload)}",
        listed_on=(payload,),
        site=payload,
        category=payload,
        byline=Byline(payload, payload, payload),
        references=(payload,),
        attachments=(Attachment(payload, payload),),
        evidence={"title": payload},
        source=replace(made.source, path=f"pages/{payload}.html"),
        language=payload,
    )


@contextmanager
def _trap(came: list[str]) -> Iterator[int]:
    """A server that other hosts lead to; its port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            came.append(self.rfile.readline(500).decode("latin-1"))
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _watched(home: Path, documents: Sequence[Document]) -> Iterator[Seen]:
    """A browser before an archive of these."""
    with chromium():  # skips where there is none
        pass
    came: list[str] = []
    site = make_site(home, [POET, *documents], earlier=[EARLIER])
    captured = "".join(f"<p>{payload}</p>" for payload in PAYLOADS)
    with site.store, _trap(came) as trap, sync_playwright() as playwright:
        put(site.store, POET, captured.encode())
        server = make_server("127.0.0.1", 0, site.client.application, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=[
                *("--no-sandbox", "--disable-quic", "--disable-background-networking"),
                f"--host-resolver-rules=MAP {EVIL} 127.0.0.1:{trap}",
            ],
        )
        try:
            context = browser.new_context()
            page = context.new_page()
            seen = Seen(page, f"http://127.0.0.1:{server.server_port}", came=came)
            context.expose_binding("hacked", lambda source, *n: seen.ran.append(f"{n}"))
            page.on("dialog", lambda dialog: seen.ran.append(dialog.message))
            yield seen
        finally:
            browser.close()
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [_hostile(number, payload) for number, payload in enumerate(PAYLOADS, 4096)]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Iterator[Seen]:
    with _watched(tmp_path_factory.mktemp("home"), documents) as seen:
        yield seen


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_the_trap_would_notice(seen: Seen) -> None:
    """Without our headers the same payloads run and reach the other host."""
    for html in (PAYLOADS[0], PAYLOADS[36], "<img src=http://evil.example/control.png>"):
        seen.page.set_content(f"<!doctype html><p>{html}")
        seen.page.wait_for_timeout(200)
    assert seen.ran
    assert any("control" in line for line in seen.came)
    seen.ran.clear()
    seen.came.clear()


PAGES = [
    *(
        f"/search?per_page=100&page={n}{scope}"
        for scope in ("", "&in=quotations")
        for n in (1, 2, 3, 4)
    ),
    *(f"/search.{form}?per_page=100" for form in ("json", "jsonl", "csv", "atom")),
    *(
        "/",
        "/speakers",
        "/countries",
        "/country/TR",
        "/facet/speaker",
        "/facet/topic",
        "/facet/category",
    ),
    *(
        f"/statement/{POET.id}{end}"
        for end in ("", "/cite", "/versions", "/original", ".json", ".ris")
    ),
    f"/statement/{POET.id}/original?view=page",
    f"/statement/{POET.id}/original.html",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_every_payload_runs_none(seen: Seen, path: str) -> None:
    seen.look_at(path)


def _echoes(payload: str, held: Document) -> Iterator[str]:
    """The pages of one payload: asked for in every place of an address, and its statement."""
    asked = quote(payload, safe="")
    yield f"/search?q={asked}"
    yield f"/search?topic={asked}&category={asked}&not.speaker={asked}&from={asked}"
    yield f"/search?speaker={asked}&page={asked}&sort={asked}&{asked}={asked}"
    yield f"/facet/speaker?find={asked}&starts={asked}&order={asked}"
    yield f"/search.json?q={asked}"
    yield f"/search.atom?q={asked}"
    yield f"/speaker/{quote(f'Eve {payload}', safe='')}"
    yield f"/statement/{held.id}?q={asked}&hit=1"
    yield f"/statement/{held.id}/cite"
    yield f"/statement/{held.id}/original"
    yield f"/{asked}"


def test_some_payloads_in_addresses(seen: Seen, documents: list[Document]) -> None:
    for payload, held in list(zip(PAYLOADS, documents, strict=True))[::180]:
        for path in _echoes(payload, held):
            seen.look_at(path)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_payload_in_addresses_and_by_itself(
    seen: Seen, documents: list[Document], part: int
) -> None:
    for payload, held in list(zip(PAYLOADS, documents, strict=True))[part::4]:
        for path in _echoes(payload, held):
            seen.look_at(path)


def test_the_policy_stops_what_got_in(seen: Seen) -> None:
    """Were a text markup after all, the policy would still keep it from running."""
    assert CONTENT_POLICY == (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    seen.look_at("/help")
    seen.page.evaluate(
        """() => { for (const html of [
            '<img src=x onerror=hacked(1)>', '<img src=http://evil.example/1.png>',
            '<iframe srcdoc="<script>parent.hacked(2)</script>"></iframe>']) {
            const p = document.createElement('p'); p.innerHTML = html; document.body.append(p) }
          for (const set of [s => s.textContent = 'hacked(3)',
                             s => s.src = 'http://evil.example/3.js']) {
            const s = document.createElement('script'); set(s); document.body.append(s) } }"""
    )
    seen.page.wait_for_timeout(200)
    assert (seen.ran, seen.came) == ([], [])
