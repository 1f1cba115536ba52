from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.birthday import birthday, reached

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("birth", "on", "is_two"),
    [
        (date(2024, 11, 22), date(2026, 11, 21), False),
        (date(2024, 11, 22), date(2026, 11, 22), True),
        (date(2024, 2, 29), date(2026, 2, 28), False),
        (date(2024, 2, 29), date(2026, 3, 1), True),
        (date(2024, 3, 1), date(2026, 2, 28), False),
        (date(2022, 2, 28), date(2024, 2, 28), True),
        (date(2022, 3, 1), date(2024, 2, 29), False),
    ],
    ids=["eve", "day", "leap eve", "leap day", "1 March", "28 Feb", "29 Feb"],
)
def test_the_second_birthday_is_reached_on_the_day_itself(
    *, birth: date, on: date, is_two: bool
) -> None:
    assert reached(birth, on, 2) is is_two


def test_a_child_of_23_months_and_30_days_has_not_had_the_second_birthday() -> None:
    birth, months_23 = date(2025, 1, 1), date(2026, 12, 1)
    assert not reached(birth, months_23 + timedelta(days=30), 2)
    assert reached(birth, months_23 + timedelta(days=31), 2)


def test_who_was_born_on_a_leap_day_has_it_again_in_a_leap_year() -> None:
    assert birthday(date(2020, 2, 29), 4) == date(2024, 2, 29)
    assert birthday(date(2020, 2, 29), 3) == date(2023, 3, 1)
    assert birthday(date(1896, 2, 29), 4) == date(1900, 3, 1)


@given(DAYS, st.integers(0, 120))
def test_a_birthday_parts_the_days_into_before_and_from_then_on(birth: date, years: int) -> None:
    day = birthday(birth, years)
    assert reached(birth, day, years)
    assert not reached(birth, day - timedelta(days=1), years)
    assert (day.month, day.day) in {(birth.month, birth.day), (3, 1)}
