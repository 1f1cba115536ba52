from __future__ import annotations

from datetime import UTC, datetime

import pytest

from words.catalogue import Language
from words.forms import Forms, elapsed, lasting

DA, NB, EN = (Forms(language) for language in Language)
MOMENT = datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC)


def test_danish_and_norwegian_have_a_decimal_comma() -> None:
    assert [forms.number(5.1, 1) for forms in (DA, NB, EN)] == ["5,1", "5,1", "5.1"]


def test_thousands_are_marked_as_the_language_does() -> None:
    assert [forms.number(6850) for forms in (DA, NB, EN)] == ["6.850", "6\u00a0850", "6,850"]
    assert DA.number(-1234567.25, 2) == "-1.234.567,25"


def test_a_date_is_weekday_day_month_and_time() -> None:
    assert DA.moment(MOMENT) == "lør 21. nov 10:42:07"
    assert NB.moment(MOMENT) == "lør 21. nov 10:42:07"
    assert EN.moment(MOMENT) == "Sat 21 Nov 10:42:07"


def test_months_differ_between_danish_and_norwegian() -> None:
    may, december = MOMENT.replace(month=5), MOMENT.replace(month=12)
    assert DA.moment(may).split()[2] == "maj"
    assert NB.moment(may).split()[2] == "mai"
    assert (DA.moment(december).split()[2], NB.moment(december).split()[2]) == ("dec", "des")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0,0 s"),
        (0.34, "0,3 s"),
        (9.94, "9,9 s"),
        (9.96, "9 s"),
        (59.9, "59 s"),
        (60.0, "1 min"),
        (3599.0, "59 min"),
        (3600.0, "1 t"),
    ],
)
def test_an_age_grows_coarser_as_it_grows(seconds: float, text: str) -> None:
    assert DA.age(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1.0, "00:00:00"), (761.9, "00:12:41"), (3600.0, "01:00:00"), (400_000.0, "111:06:40")],
)
def test_elapsed_time_is_hours_minutes_and_seconds(seconds: float, text: str) -> None:
    assert elapsed(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(6.9, "6 s"), (59.99, "59 s"), (60.0, "01:00"), (3599.0, "59:59"), (3600.0, "01:00:00")],
)
def test_an_alarm_lasts_in_seconds_and_then_on_a_clock(seconds: float, text: str) -> None:
    assert lasting(seconds) == text
