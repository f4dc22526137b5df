"""Addresses that ask for more than they should, made by chance from what hurts.

Made from a seeded random source: a failure is repeated by its seed.
"""

from __future__ import annotations

from random import Random
from urllib.parse import quote

_PIECES = (
    *(
        "word",
        "release",
        "poet",
        "wor*",
        "w*",
        "*",
        "*or*",
        "poet~",
        "poet~2",
        "a~",
        "~9",
        '"',
        "“",
        "”",
    ),
    *(
        "(",
        ")",
        "((((((((",
        "[",
        "]",
        "{",
        "}",
        "AND",
        "OR",
        "NOT",
        "-",
        "--",
        "+",
        "&&",
        "||",
        "!",
    ),
    *(
        '"a b"~5',
        '"the poet"~99999999999',
        "title:",
        "body:",
        "speaker:",
        "country:",
        "date:",
        "x:",
    ),
    *("date:2017..", "date:..2016-02-30", "date:0000", "date:9999-12-31..0001", "^9", "/a+/", "\\"),
    *(
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\ufdfa" * 40,
        "e" + "\u0316\u0301" * 90,
        "\ud800",
        "\uffff",
        "𝔘" * 40,
    ),
    *(
        "İ",
        "ß",
        "ﬁ",
        "ＷＯＲＤ",
        "字" * 60,
        "a." * 60,
        "a'" * 60,
        "x" * 300,
        "<script>",
        "{{7*7}}",
        "%s%n",
    ),
    *(
        "' OR 1=1--",
        "../../etc/passwd",
        "1e999",
        "-1",
        "0",
        "99999999999999999999",
        "unknown",
        "RU",
        "Chad",
    ),
)
_PATHS = (
    *("/search", "/search.json", "/search.jsonl", "/search.csv", "/search.atom", "/complete.json"),
    *(
        "/facet/speaker",
        "/facet/topic",
        "/facet/{}",
        "/speaker/{}",
        "/speaker/{}.json",
        "/country/{}",
    ),
    *(
        "/country/{}.csv",
        "/statement/{}",
        "/statement/{}.json",
        "/statement/{}/original",
        "/{}",
        "/",
    ),
    *("/speakers", "/countries", "/sitemap-{}.xml", "/statement/{}/versions", "/statement/{}.bib"),
)
_PARAMETERS = (
    *("q", "q", "q", "q", "country", "speaker", "topic", "category", "not.country", "not.speaker"),
    *("not.topic", "not.category", "from", "to", "sort", "page", "per_page", "in", "order", "find"),
    *("starts", "lang", "hit", "quotation", "view", "years", "{}"),
)
_PLAIN = (
    "documents",
    "quotations",
    "newest",
    "oldest",
    "relevance",
    "1",
    "2",
    "100",
    "2017",
    "2017-07",
)


def hostile_text(random: Random) -> str:
    """A few pieces, joined or not."""
    pieces = random.choices(_PIECES, k=random.choice((1, 1, 2, 3, 5, 9, 30)))
    return random.choice((" ", " ", "", " OR ")).join(pieces)


def hostile_address(random: Random) -> str:
    """A path with parameters; most are questions."""
    path = random.choice(_PATHS[:5] if random.random() < 0.6 else _PATHS)
    pairs = []
    for _ in range(random.choice((0, 1, 1, 2, 3, 4, 25))):
        name = random.choice(_PARAMETERS)
        value = random.choice(_PLAIN) if random.random() < 0.3 else hostile_text(random)
        pairs.append(f"{_quoted(name.format(value))}={_quoted(value)}")
    address = path.format(_quoted(hostile_text(random)[:200]))
    return address + ("?" + "&".join(pairs) if pairs else "")


def _quoted(text: str) -> str:
    """Percent-encoded; what is no UTF-8 becomes bytes that are none."""
    return quote(text, safe="", errors="surrogatepass")
