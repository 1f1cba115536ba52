from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.elapsed import ElapsedError, elapsed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("60", 3600),
        ("60.5", 3630),
        ("60:30", 3630),
        (" 15:00 ", 900),
        ("120.0", 7200),
        ("0:59.5", Fraction(119, 2)),
        ("60:00.001", Fraction(3600001, 1000)),
        ("1440", 86400),
    ],
)
def test_minutes_are_read_with_decimals_or_with_seconds(text: str, seconds: Fraction) -> None:
    assert elapsed(text) == seconds


def test_a_tenth_of_a_minute_is_six_seconds_and_not_nearly_so() -> None:
    assert [elapsed(f"60.{n}") - 3600 for n in range(10)] == [6 * n for n in range(10)]


@pytest.mark.parametrize(
    "text",
    ["", "-5", "nan", "inf", "1e3", "60:60", "60:5", "60,5", "1:2:3", ".5", "60.", "٦٠", "1 h"],
)
def test_nonsense_is_refused_in_one_line_that_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ElapsedError, match=r"write 60, 60\.5 or 60:30") as refused:
        elapsed(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["1440:00.001", "1440.1", "9999"])
def test_longer_than_a_day_is_a_slip_of_the_hand(text: str) -> None:
    with pytest.raises(ElapsedError, match="longer than a day"):
        elapsed(text)


@given(st.text())
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    with suppress(ElapsedError):
        assert 0 <= elapsed(text) <= 86400


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("-5", "minutes '-5' are below zero: "),
        ("-0:30", "minutes '-0:30' are below zero: "),
        ("1440:01", "minutes '1440:01' are longer than a day: "),
        ("99999", "minutes '99999' are longer than a day: "),
        ("nan", "minutes 'nan' cannot be read: "),
    ],
)
def test_what_is_wrong_with_it_is_said(text: str, wrong: str) -> None:
    with pytest.raises(ElapsedError) as refused:
        elapsed(text)
    assert str(refused.value).startswith(wrong)
