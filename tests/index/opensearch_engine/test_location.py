import pytest

from index.credentials import Credentials
from index.errors import Unsupported
from index.opensearch_engine.location import check_credentials, parse_location, redact

LOGIN = Credentials("reader", "hunter2")


def test_hosts_ports_alias_and_shards() -> None:
    found = parse_location("opensearch+https://a.example,b.example:9201,[::1]:1/news?shards=3")
    assert found.hosts == (("a.example", 9200), ("b.example", 9201), ("::1", 1))
    assert (found.secure, found.alias, found.shards) == (True, "news", 3)
    assert str(found) == "opensearch+https://a.example:9200,b.example:9201,[::1]:1/news"


@pytest.mark.parametrize(
    "location",
    [
        "opensearch://host/news",
        "opensearch+ftp://host/news",
        "opensearch+https://host",
        "opensearch+https:///news",
        "opensearch+https://host/",
        "opensearch+https://host/News",
        "opensearch+https://host/_all",
        "opensearch+https://host/news,old",
        "opensearch+https://host/news*",
        "opensearch+https://host:port/news",
        "opensearch+https://host,,other/news",
        "opensearch+https://host/news?shards=0",
        "opensearch+https://host/news?replicas=1",
    ],
)
def test_a_bad_location_is_refused_with_advice(location: str) -> None:
    with pytest.raises(Unsupported, match=r"opensearch|shards"):
        parse_location(location)


@pytest.mark.parametrize("scheme", ["opensearch+https", "opensearch+http", "opensearch"])
def test_a_password_in_a_location_is_refused_and_not_repeated(scheme: str) -> None:
    with pytest.raises(Unsupported) as caught:
        parse_location(f"{scheme}://reader:hunter2@host/news")
    assert "hunter2" not in str(caught.value)
    assert "***@host" in str(caught.value)


def test_credentials_do_not_show_their_password() -> None:
    assert "hunter2" not in repr(LOGIN)
    assert redact("opensearch+https://a:b@host/x") == "opensearch+https://***@host/x"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3:9201", "[::1]"])
def test_a_password_may_stay_on_this_machine(host: str) -> None:
    check_credentials(parse_location(f"opensearch+http://{host}/news"), LOGIN)


@pytest.mark.parametrize("host", ["search.example", "127.0.0.1.example", "localhost,other.example"])
def test_a_password_over_plain_http_is_refused(host: str) -> None:
    location = parse_location(f"opensearch+http://{host}/news")
    with pytest.raises(Unsupported, match="in the open"):
        check_credentials(location, LOGIN)
    check_credentials(location, Credentials())
    check_credentials(parse_location(f"opensearch+https://{host}/news"), LOGIN)
