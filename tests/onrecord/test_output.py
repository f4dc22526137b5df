"""What pages say cannot break a table, nor run in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from onrecord.cli.output import print_facts, print_rows

ROWS = [
    {"path": "a/new\nline\u2028.html", "note": "=HYPERLINK()", "count": 3, "names": ["-a", "b"]}
]


def test_a_row_of_a_table_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(tuple(ROWS[0]), ROWS, "table")
    assert len(capsys.readouterr().out.splitlines()) == 2
    print_facts(ROWS[0], "table")
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(tuple(ROWS[0]), ROWS, "csv")
    _, row = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row == ["a/new\nline\u2028.html", "'=HYPERLINK()", "3", "'-a; b"]
