"""Helpers: extract a page that is written down in a test."""

from archive.document import Document
from archive.extract import Extraction, extract
from archive.page import Page
from archive.profiles import load_profiles

PROFILES = load_profiles()


def read(text: str, url: str | None = None, profile: str | None = None) -> Extraction:
    return extract(Page("page.html", text.encode(), url=url), PROFILES, profile=profile)


def read_text(text: str) -> Extraction:
    return extract(Page("page.txt", text.encode(), media_type="text/plain"), PROFILES)


def read_one(text: str, url: str | None = None) -> Document:
    extraction = read(text, url)
    assert extraction.kind == "article"
    (document,) = extraction.documents
    return document
