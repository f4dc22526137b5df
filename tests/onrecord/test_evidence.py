"""What ``show`` prints of a document's fields."""

from archive.extract import extract
from archive.page import Page
from archive.profiles import load_profiles
from onrecord.cli.evidence import told_speakers

PAGE = """<html lang="en"><h1>Kenya: the pans are closed</h1>
<p>The salt pans stay closed, although forty workers stand at the gate every morning.</p>
<p>“The pans open when the workers sign,” said a spokesperson for Brine Ltd.</p>
<p>“We have waited for thirty years,” said Amina Odhiambo, chair of the Pan Workers Union.</p>"""


def test_a_spokesperson_without_a_name_is_told_once() -> None:
    (document,) = extract(Page("page.html", PAGE.encode()), load_profiles()).documents
    assert told_speakers(document) == (
        "spokesperson, Brine Ltd; Amina Odhiambo, chair, Pan Workers Union"
    )
