"""No reading of words takes superlinear time: each is fed 100 kB of its worst input.

What is measured is the growth: four times the text may take twelve times as long at most (a
quadratic reading takes sixteen), and a tenth of a second is always granted for noise.
"""

from collections.abc import Callable

import pytest

from archive.bylines import locate_byline
from archive.countries import find_countries
from archive.language import guess_language
from archive.markup import Markup
from archive.quotations import find_quotations
from archive.references import find_references
from archive.roles import split_role
from archive.shown_dates import ShownDates
from tests.archive.timing import cpu_seconds

READERS: dict[str, Callable[[str], object]] = {
    "quotations": find_quotations,
    "Spanish quotations": lambda text: find_quotations(text, language="es"),
    "references": find_references,
    "byline": lambda text: locate_byline(text.splitlines()),
    "countries": lambda text: find_countries(text, text),
    "language": guess_language,
    "role": split_role,
}
SEEDS = [
    "“", '"', "'a ", 'a","', "‘a ", "“a” ", "''", "«", "„a“ ", "“a\n\n", "”a ", "″a ", "``a ",
    "Jane “Jo” ", "Jane Roe and ", "“a,” he said. Jane Roe and ", "her brother Jane Roe ",
    "—a ", "—A —dijo Ana Roe.\n\n",
    "said ", "said, ", "Jane Roe, ", "Jane Roe, said ", "Jane de la ", "of ", "a spokesman for ",
    "he said “a b c d e f,” ", ", said “no,” ", "“a b c d e f”\n\nhe said\n\n", "said (", "J. ",
    "Georgia Jordan ", "New ", "Mr ", "Director of the Union, ", " at the A", "The Jane Roe of ",
    "A/RES/1/", "EUR 46/", "UA  ", "OJ L 1, ", "resolution 1", "A/B/C/D/", "1/",
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("reader", READERS)
def test_linear(reader: str, seed: str) -> None:
    read = READERS[reader]
    small, large = (seed * (size // len(seed)) for size in (25_000, 100_000))
    read(seed)
    assert cpu_seconds(read, large) < 12 * cpu_seconds(read, small) + 0.1


@pytest.mark.parametrize("others", ["", ", a pilot of ours,"])
def test_many_people_are_linear(others: str) -> None:
    """A hearing, in which everybody is named once and "the minister" goes on all the time."""
    small, large = (
        "\n\n".join(
            "“The harbour is shut for good,” the minister said. "
            f"Minister Jane {_surname(i)}{others} came."
            for i in range(count)
        )
        for count in (150, 600)
    )
    assert len(find_quotations(small)) == 150
    assert cpu_seconds(find_quotations, large) < 12 * cpu_seconds(find_quotations, small) + 0.1


def test_many_dated_lines_of_one_paragraph_are_linear() -> None:
    small, large = ("Posted by Jo on 3 May 2012<br>" * count for count in (400, 1600))

    def read(lines: str) -> object:
        page = Markup(f"<body><h1>The quay</h1><p>{lines}</p></body>", None)
        return ShownDates(page, None, "The quay").published

    assert cpu_seconds(read, large) < 12 * cpu_seconds(read, small) + 0.1


def _surname(number: int) -> str:
    """A name of its own for each number below 676."""
    return f"Ro{chr(97 + number // 26)}{chr(97 + number % 26)}"
