from __future__ import annotations

import pytest
from cylinders import O2, ROOM, at, rules
from hypothesis import given
from hypothesis import strategies as st

from checklists.ledger import Read
from checklists.trend import Trend, trend


def reads(*found: tuple[float, float], live: bool = True) -> list[Read]:
    """Return what was read of a cylinder: minutes after the morning, and litres."""
    return [
        Read(
            cylinder="ilt 1",
            spot=(ROOM, O2),
            epoch=1,
            at=at(minutes),
            litres=litres,
            sensed=live,
            alone=True,
        )
        for minutes, litres in found
    ]


def line(*found: tuple[float, float], now: float = 10.0, live: bool = True) -> Trend | None:
    return trend(reads(*found, live=live), rules().trend, at(now))


def test_a_line_through_three_readings_tells_how_fast_a_gas_goes() -> None:
    found = line((0, 1_000), (5, 970), (10, 940))
    assert found is not None
    assert found.l_min == pytest.approx(6)
    assert found.readings == 3
    assert found.fit == pytest.approx(1)


def test_readings_that_scatter_fit_less_well() -> None:
    found = line((0, 1_000), (4, 950), (7, 990), (10, 940))
    assert found is not None
    assert 0 < found.fit < 0.9


def test_two_readings_are_no_line() -> None:
    assert line((0, 1_000), (10, 940)) is None


@pytest.mark.parametrize("last", [1_000, 1_001, 1_060])
def test_a_line_that_does_not_fall_is_none(last: float) -> None:
    assert line((0, 1_000), (5, (1_000 + last) / 2), (10, last)) is None


def test_readings_of_less_than_five_minutes_say_nothing_yet() -> None:
    assert line((5.1, 1_000), (7, 990), (10, 940)) is None
    assert line((5.0, 1_000), (7, 990), (10, 940)) is not None


def test_what_was_read_more_than_ten_minutes_ago_is_left_out() -> None:
    assert line((0, 9_000), (10.5, 960), (15, 930), (20, 900), now=20.4) == line(
        (10.5, 960), (15, 930), (20, 900), now=20.4
    )


def test_what_people_read_makes_no_line() -> None:
    assert line((0, 1_000), (5, 970), (10, 940), live=False) is None


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(0, 12_000)), max_size=30, unique=True),
)
def test_whatever_is_read_a_line_falls_or_is_none(found: list[tuple[float, float]]) -> None:
    seen = line(*found)
    assert seen is None or (seen.l_min > 0 and 0 <= seen.fit <= 1.000001)
