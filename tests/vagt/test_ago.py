"""When something was so, as a person types it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.clock import SystemClock
from vagt.ago import today, when
from vagt.main import UsageError


def clock(ago: timedelta) -> datetime:
    return datetime.fromtimestamp(SystemClock().now().wall, UTC).astimezone() - ago


def test_nothing_said_is_now_and_minutes_are_counted_back() -> None:
    assert when(None) == (0.0, None)
    assert when("-2") == (120.0, None)
    assert when("-0") == (0.0, None)


def test_a_day_and_time_is_that_time_to_the_second_however_late_it_is_looked_at() -> None:
    text = f"{clock(timedelta(hours=30)):%Y-%m-%dT%H:%M}"
    first, again = when(text), when(text)
    assert first == again
    assert (first.ago_s, first.at) == (0.0, datetime.fromisoformat(text).astimezone())
    assert first.at is not None
    assert first.at.utcoffset() is not None


def test_midnight_today_has_been() -> None:
    at = when("00:00").at
    assert at is not None
    assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def test_a_time_of_another_day_is_told_from_one_of_today() -> None:
    assert today(None)
    assert today("00:00")
    assert not today(f"{clock(timedelta(hours=30)):%Y-%m-%dT%H:%M}")
    assert not today("-2880")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{clock(timedelta(hours=-30)):%Y-%m-%dT%H:%M}", "has not come yet"),
        ("2020-01-01T08:00", "is too long ago: at most 400 days"),
        ("0001-01-01T00:00", "is (no time|too long ago)"),
        ("soon", "is no time: write"),
        ("25:00", "is no time: write"),
        ("2026-13-01T10:00", "is no time: write"),
        ("--2", "is no time: write"),
    ],
)
def test_what_is_no_time_or_lies_ahead_is_told(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        when(text)
