"""A capnograph that stops and comes back, second by second: since when silence is no breath."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from breathers import Breather

from vitals.vocabulary import Airway, DeviceState, Priority

APNOEA, LOST = ("apnoea", Priority.HIGH), ("co2_lost", Priority.HIGH)
DEVICES = [(Airway.MASK, 20, APNOEA), (Airway.LMA, 15, LOST)]
"""An airway, after how many seconds no breath is an alarm, and which."""


def breather(airway: Airway | None = Airway.LMA) -> Breather:
    """Return somebody who has breathed through an airway for a while."""
    one = Breather()
    if airway is not None:
        one.place(airway)
    one.breathe(30)
    return one


@pytest.mark.parametrize(("airway", "limit_s", "alarm"), DEVICES)
@pytest.mark.parametrize("missing_s", [10, 12])
def test_what_was_missing_when_the_capnograph_stopped_goes_on_counting(
    airway: Airway, limit_s: int, alarm: tuple[str, Priority], missing_s: int
) -> None:
    one = breather(airway)
    one.hold(missing_s)
    one.miss(limit_s - missing_s - 1)
    assert one.event() is None
    one.miss(2)
    assert one.event() == alarm
    one.miss(300)
    assert one.event() == alarm
    one.hold(5)
    assert one.event() == alarm, "it comes back and sees no breath either"
    one.breathe(2)
    assert one.event() is None
    assert len(one.onsets()) == 1


@pytest.mark.parametrize("airway", [Airway.MASK, Airway.LMA])
def test_a_capnograph_that_stops_sooner_after_a_breath_tells_of_none(airway: Airway) -> None:
    one = breather(airway)
    one.hold(9)
    one.miss(600)
    assert one.onsets() == []


@pytest.mark.parametrize("airway", [Airway.MASK, Airway.LMA])
def test_the_seconds_until_a_monitor_is_known_to_be_silent_are_not_missing(airway: Airway) -> None:
    one = breather(airway)
    one.hold(4)
    one.miss(15, told=False)
    one.miss(60)
    assert one.onsets() == []


def test_what_is_missing_goes_on_counting_where_the_capnograph_is_taken_away() -> None:
    one = breather()
    one.hold(12)
    one.there = False
    one.hold(4)
    assert one.event() == LOST
    one.hold(300)
    assert one.event() == LOST


def cable(one: Breather) -> None:
    one.miss(30)


def zeroing(one: Breather) -> None:
    one.zero(25)


def moving(one: Breather) -> None:
    one.miss(30)
    one.move()


def restart(one: Breather) -> None:
    one.miss(30)
    one.restart()


def wave(one: Breather) -> None:
    """Only its wave stops."""
    one.miss(60, told=False)


def lost(one: Breather) -> None:
    one.state = DeviceState.LOST
    one.miss(30)
    one.state = DeviceState.RECEIVING


@pytest.mark.parametrize("away", [cable, zeroing, moving, restart, wave, lost])
@pytest.mark.parametrize(("airway", "limit_s", "alarm"), DEVICES)
def test_a_capnograph_that_comes_back_has_as_long_as_one_that_saw_a_breath(
    airway: Airway, limit_s: int, alarm: tuple[str, Priority], away: Callable[[Breather], None]
) -> None:
    one = breather(airway)
    away(one)
    one.hold(limit_s - 1)
    assert one.onsets() == []
    one.hold(2)
    assert one.event() == alarm


@pytest.mark.parametrize(("airway", "limit_s", "alarm"), DEVICES)
def test_a_capnograph_that_is_attached_late_counts_from_then(
    airway: Airway, limit_s: int, alarm: tuple[str, Priority]
) -> None:
    one = Breather(there=False)
    one.place(airway)
    one.hold(300)
    one.there = True
    one.hold(limit_s)
    assert one.onsets() == []
    one.hold(2)
    assert one.event() == alarm


def test_a_second_capnograph_or_a_cable_that_flickers_hides_no_apnoea() -> None:
    one = breather()
    for _ in range(4):
        one.hold(8)
        one.miss(4)
    assert one.event() == LOST
    assert one.onsets() == ["co2_lost"]


def test_a_short_break_itself_is_not_missing() -> None:
    """Nobody knows whether a breath came in it."""
    one = breather()
    one.hold(9)
    one.miss(9)
    one.hold(5)
    assert one.onsets() == []
    one.hold(2)
    assert one.event() == LOST


def test_after_a_long_break_nothing_that_was_missing_before_is_kept() -> None:
    one = breather()
    one.hold(8)
    one.miss(12)
    one.hold(14)
    assert one.onsets() == []


def test_what_the_patient_before_was_missing_is_nobody_s() -> None:
    one = breather(Airway.MASK)
    one.hold(15)
    one.move()
    one.miss(300)
    assert one.onsets() == []


def test_after_a_restart_an_alarm_stays_until_a_breath_is_seen() -> None:
    one = breather()
    one.hold(20)
    one.restart()
    one.miss(40)
    one.hold(40)
    assert (one.event(), one.onsets()) == (LOST, ["co2_lost"])
    one.breathe(1)
    assert one.event() is None
