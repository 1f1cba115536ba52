from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.age import age
from monitoring.birthday import reached
from tui.birth import completed

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("211122", "4y"),
        ("221122", "3y"),
        ("211124", "2y"),
        ("221124", "23m"),
        ("210326", "8m"),
        ("011126", "20d"),
        ("211126", "0d"),
        ("231127", "98y"),
        ("290224", "2y"),
    ],
)
def test_a_date_of_birth_is_a_completed_age(typed: str, found: str) -> None:
    assert completed(typed, TODAY) == found


@pytest.mark.parametrize("typed", ["", "4", "2111", "320122", "300223", "2111222", "21112x"])
def test_what_is_no_day_is_no_age(typed: str) -> None:
    assert completed(typed, TODAY) is None


@pytest.mark.parametrize("typed", ["221126", "311226", "010127", "221127"])
def test_a_day_that_is_still_to_come_is_a_slip_and_no_old_man(typed: str) -> None:
    assert completed(typed, TODAY) is None


@given(st.dates(date(1930, 1, 1), TODAY))
def test_it_is_an_age_the_daemon_takes_and_agrees_about_the_second_birthday(born: date) -> None:
    found = completed(f"{born:%d%m%y}", TODAY)
    assert found is not None
    assert age(found).two_years is reached(born, TODAY, 2)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 1200))
def test_nobody_grows_younger(today: date, days: int) -> None:
    typed = f"{today - timedelta(days):%d%m%y}"
    before, after = completed(typed, today), completed(typed, today + timedelta(1))
    assert before is not None
    assert after is not None
    assert age(before) <= age(after)
