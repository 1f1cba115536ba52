"""History as a table: what a spreadsheet reads is what was measured, and nothing is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tides import BEGIN, series

from telemetry.export import table
from telemetry.series import Point, Series

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def written(*points: Point) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    assert table.write(points, file) == len(points)
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_a_point_is_a_row_with_everything_that_tells_it_from_others() -> None:
    tags = ("agent", "sevoflurane"), ("bed", "1"), ("device", "d"), ("kind", "spot")
    more = ("origin", "simulated"), ("quality", "questionable")
    kind = Series("vitals", "agent_expired", "%", (*tags, *more))
    (row,) = written(Point(kind, BEGIN + 7, 1.25))
    assert row == {
        "at": "2026-11-18T11:06:40.007Z",
        "measure": "agent_expired",
        "value": "1.25",
        "unit": "%",
        "gas": "",
        **dict(kind.tags),
    }


@pytest.mark.parametrize("value", [0.0, 98.0, -3.5, 1_234_567.0, 0.1])
def test_a_value_loses_no_digit(value: float) -> None:
    (row,) = written(Point(series(), BEGIN, value))
    assert float(row["value"]) == value
    assert "e" not in row["value"]


@given(TEXT, st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", '"', ","]))
def test_a_name_comes_back_and_is_never_a_formula(text: str, first: str) -> None:
    name = first + text
    kind = Series("vitals", "spo2", "%", (("bed", name), ("device", "d")))
    (row,) = written(Point(kind, BEGIN, 98.0))
    assert row["bed"].removeprefix("'") == name.removeprefix("'")
    assert not row["bed"].startswith(("=", "+", "-", "@", "\t", "\r"))
