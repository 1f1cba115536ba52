"""The last day of use, as labels print it and people type it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.expiry import plausible, stamped, written

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("271130", date(2027, 11, 30)),
        ("270200", date(2027, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("280229", date(2028, 2, 29)),
        ("270229", None),
        ("271350", None),
        ("270012", None),
        ("76", None),
        ("", None),
        ("27113O", None),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("990101", date(1999, 1, 1)),
        ("000101", date(2000, 1, 1)),
    ],
)
def test_six_digits_are_a_day_in_the_nearest_century(digits: str, day: date | None) -> None:
    assert stamped(digits, TODAY) == day


def test_the_century_turns_with_today() -> None:
    assert stamped("010131", date(2095, 5, 1)) == date(2101, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-11-30", date(2027, 11, 30)),
        ("30.11.2027", date(2027, 11, 30)),
        ("30/11/2027", date(2027, 11, 30)),
        ("2027-11", date(2027, 11, 30)),
        ("2028-02", date(2028, 2, 29)),
        ("02/2027", date(2027, 2, 28)),
        (" 11-2027 ", date(2027, 11, 30)),
        ("31.11.2027", None),
        ("2027-13", None),
        ("0000-01", None),
        ("11/27", None),
        ("tomorrow", None),
    ],
)
def test_a_month_alone_is_its_last_day(text: str, day: date | None) -> None:
    assert written(text) == day


@given(st.dates())
def test_a_day_as_it_is_written_is_read_back(day: date) -> None:
    assert written(day.isoformat()) == day
    assert written(f"{day.day:02d}.{day.month:02d}.{day.year:04d}") == day


@given(st.text(max_size=12))
def test_no_text_makes_it_raise(text: str) -> None:
    written(text)
    stamped(text, TODAY)


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (date(2016, 11, 20), False),
        (date(2016, 11, 21), True),
        (date(2036, 11, 21), True),
        (date(2036, 11, 22), False),
        (date.max, False),
        (date.min, False),
    ],
)
def test_ten_years_to_the_day_are_plausible(day: date, *, near: bool) -> None:
    assert plausible(day, TODAY) is near


def test_a_leap_day_has_its_ten_years_too() -> None:
    assert plausible(date(2038, 2, 28), date(2028, 2, 29))
    assert not plausible(date(2038, 3, 1), date(2028, 2, 29))
