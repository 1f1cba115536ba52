from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.age import AgeError, age


@pytest.mark.parametrize("text", ["20d", "8m", "4y", " 4Y ", "0d", "120y"])
def test_an_age_is_read_in_days_months_or_years(text: str) -> None:
    assert age(text).text == text.strip().lower()


@pytest.mark.parametrize(
    "text", ["", "4", "y", "-1y", "4.5y", "4 y", "4w", "4y2m", "121y", "99999d", "٤y", "04-11-2022"]
)
def test_nonsense_is_refused_in_one_line_that_says_how_to_write_it(text: str) -> None:
    with pytest.raises(AgeError, match="4y, 8m or 20d") as refused:
        age(text)
    assert "\n" not in str(refused.value)


def test_no_completed_year_may_be_any_infant_and_is_asked_back() -> None:
    with pytest.raises(AgeError, match="8m or 20d"):
        age("0y")


@pytest.mark.parametrize("text", ["20d", "23m", "1y", "729d"])
def test_before_the_second_birthday_the_two_year_rule_says_no(text: str) -> None:
    assert age(text).two_years is False


@pytest.mark.parametrize("text", ["24m", "2y", "731d", "40y"])
def test_from_the_second_birthday_on_the_two_year_rule_says_yes(text: str) -> None:
    assert age(text).two_years is True


@pytest.mark.parametrize(("months", "years"), [("12m", "1y"), ("24m", "2y"), ("216m", "18y")])
def test_the_same_age_in_months_and_in_years_is_the_same_age(months: str, years: str) -> None:
    assert age(months) == age(years)
    assert hash(age(months)) == hash(age(years))
    assert not age(months) < age(years)
    assert not age(years) < age(months)


def test_a_child_one_day_short_of_four_weeks_is_younger_than_one_month() -> None:
    assert age("27d") < age("28d") < age("1m") < age("31d")


@given(st.integers(1, 100), st.integers(1, 100))
def test_years_order_ages_as_they_order_numbers(one: int, other: int) -> None:
    assert (age(f"{one}y") < age(f"{other}y")) == (one < other)


@given(st.text(max_size=8))
def test_any_text_is_an_age_or_is_refused(text: str) -> None:
    found = None
    with suppress(AgeError):
        found = age(text)
    assert found is None or found.days >= 0


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("-1y", "age '-1y' is below zero: "),
        ("131y", "age '131y' is above 120 years: "),
        ("99999d", "age '99999d' is above 120 years: "),
        ("4w", "age '4w' cannot be read: "),
        ("730d", "age '730d' may be before or after the second birthday: write 23m or 2y"),
    ],
)
def test_what_is_wrong_with_it_is_said(text: str, wrong: str) -> None:
    with pytest.raises(AgeError) as refused:
        age(text)
    assert str(refused.value).startswith(wrong)
