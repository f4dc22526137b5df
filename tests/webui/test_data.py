import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from index.encode import DOCUMENT_COLUMNS, QUOTATION_COLUMNS
from tests.webui.site import DOCUMENTS, POET, Site, make_site, put
from webui import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
FILTERED = "q=report&country=RU&country=TR&not.topic=Topic+1&from=2011&to=2018"


def ids(site: Site, form: str, filters: str) -> set[str]:
    response = site.client.get(f"/search.{form}?{filters}")
    assert response.status_code == 200
    match form:
        case "json":
            return {hit["id"] for hit in response.get_json()["hits"]}
        case "jsonl":
            return {json.loads(line)["id"] for line in response.text.splitlines()}
        case "csv":
            return {row["id"] for row in csv.DictReader(io.StringIO(response.text, newline=""))}
        case _:
            entries = ET.fromstring(response.text).findall(f"{ATOM}entry/{ATOM}id")  # noqa: S314
            return {str(entry.text).rpartition("/")[2] for entry in entries}


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "atom"])
def test_no_form_ignores_a_filter(site: Site, form: str) -> None:
    whole = ids(site, "json", f"{FILTERED}&per_page=100")
    assert 0 < len(whole) < len(DOCUMENTS)
    assert ids(site, form, f"{FILTERED}&per_page=100") == whole


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_is_complete_whatever_the_page(site: Site, form: str) -> None:
    assert len(ids(site, form, "per_page=5&page=2")) == len(DOCUMENTS)


def test_json_is_one_page_with_facets(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=winter&per_page=5&page=2").get_json()
    assert list(answer) == [
        "query",
        "total",
        "took_ms",
        "hits",
        "facets",
        "suggestion",
        "notice",
        "truncated",
    ]
    assert answer["query"] == "winter"
    assert len(answer["hits"]) == 5
    assert list(answer["facets"]) == ["country", "speaker", "year", "topic", "category"]


def test_csv_has_its_header_even_when_empty(client: FlaskClient) -> None:
    assert client.get("/search.csv?q=xyzzy").text == ",".join(DOCUMENT_COLUMNS) + "\r\n"
    quotations = client.get("/search.csv?q=xyzzy&in=quotations").text
    assert quotations == ",".join(QUOTATION_COLUMNS) + "\r\n"


def test_no_cell_of_a_csv_is_a_formula(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv").text, newline="")))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "atom"])
def test_what_cannot_be_asked_is_400_in_every_form(client: FlaskClient, form: str) -> None:
    assert client.get(f"/search.{form}?from=never").status_code == 400


def test_errors_of_data_are_data(client: FlaskClient) -> None:
    error = client.get("/search.json?from=never").get_json()["error"]
    assert error["status"] == 400
    assert "never" in error["message"]


def test_a_feed_is_wellformed_and_ordered_by_entry(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    site = make_site(tmp_path, DOCUMENTS[:5])
    with site.store:
        put(site.store, DOCUMENTS[10])
        site.engine.rebuild(site.store.documents(), revision=1, extractor_version="1")
        for path in ("/search.atom", "/search.atom?q=report+OR+poet"):
            feed = ET.fromstring(site.client.get(path).text)  # noqa: S314 (made by us)
            titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
            assert titles[0] == DOCUMENTS[10].title
            times = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
            assert times == sorted(times, key=str, reverse=True)
            assert feed.findtext(f"{ATOM}updated") == times[0]


def test_a_feed_survives_control_characters(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/search.atom?q=hostile").text)  # noqa: S314 (made by us)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert "hostile\ufffd\ufffd title" in str(entry.findtext(f"{ATOM}title"))


def test_a_feed_is_called_by_its_question(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/search.atom?q=poet&country=RU&from=2017").text)  # noqa: S314
    expected = "Test Archive: poet, Country: Russia, From 2017"
    assert feed.findtext(f"{ATOM}title") == expected


def test_a_feed_has_at_most_fifty_entries(site: Site) -> None:
    assert len(ids(site, "atom", "")) == min(50, len(DOCUMENTS))


def test_quotations_have_a_feed(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/search.atom?q=winter&in=quotations").text)  # noqa: S314
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Mara Lind in “Release the poet”"
    assert str(entry.findtext(f"{ATOM}id")).endswith(f"/statement/{POET.id}#q1")


@pytest.mark.parametrize("path", ["/speaker/Mara%20Lind", "/country/RU"])
@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "atom"])
def test_speakers_and_countries_leave_as_data(client: FlaskClient, path: str, form: str) -> None:
    response = client.get(f"{path}.{form}")
    assert response.status_code == 200
    assert "poet" in response.text
    assert "winter report 2" not in response.text.lower() or path != "/speaker/Mara%20Lind"


def test_a_statement_leaves_as_the_agreed_json(client: FlaskClient, site: Site) -> None:
    held = site.store.get(POET.id)
    assert held is not None
    assert client.get(f"/statement/{POET.id}.json").get_json() == held.to_json()


def test_streams_are_compressed_too(client: FlaskClient) -> None:
    import gzip

    packed = client.get("/search.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get("/search.csv").data


@pytest.mark.parametrize("scope", ["documents", "quotations"])
def test_the_described_data_is_the_data(client: FlaskClient, scope: str) -> None:
    described = client.get("/openapi.json").get_json()
    schemas = described["components"]["schemas"]
    answer = client.get(f"/search.json?q=winter&in={scope}").get_json()
    assert list(answer) == schemas["Results"]["required"]
    assert list(answer["facets"]) == list(schemas["Results"]["properties"]["facets"]["properties"])
    name = "Hit" if scope == "documents" else "QuotationHit"
    assert list(answer["hits"][0]) == schemas[name]["required"]
    for path, said in described["paths"].items():
        found = path.replace("{id}", POET.id)
        found = found.replace("{name}", "RU" if "country" in path else "Mara%20Lind")
        response = client.get(found)
        assert response.status_code == 200, found
        assert [response.mimetype] == list(said["get"]["responses"]["200"]["content"]), found


def test_openapi_has_every_address_of_data_and_no_other(client: FlaskClient) -> None:
    def paths(rule: str) -> list[str]:
        """A rule of the router in OpenAPI's terms, once for each ending that it takes."""
        rule = re.sub(r"<(?:path:)?(\w+?)_?>", r"{\1}", rule)
        ending = re.search(r"<any\((.*)\):\w+>", rule)
        if not ending:
            return [rule]
        return [rule.replace(ending[0], form.strip()) for form in ending[1].split(",")]

    routes = [path for rule in client.application.url_map.iter_rules() for path in paths(rule.rule)]
    data = {path for path in routes if re.search(r"\.(?!xml|txt)\w+$", path)}
    assert data == set(client.get("/openapi.json").get_json()["paths"])


def test_a_feed_of_many_results_considers_those_published_last(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "CONSIDERED", 2)
    answer = client.get("/search.atom?q=winter").text
    dates = [text.partition(".")[0] for text in re.findall(r"<summary>(.*?)</summary>", answer)]
    assert sorted(dates) == ["11 April 2019", "11 March 2019"]
