"""No breath is one event with one owner: whoever has it keeps it until a breath, or the removal."""

from __future__ import annotations

import pytest
from breathers import Breather
from hypothesis import given, settings
from hypothesis import strategies as st

from vitals.vocabulary import Airway, Priority, SignalState

MEDIUM, HIGH = Priority.MEDIUM, Priority.HIGH


def breather(airway: Airway | None = Airway.LMA, **known: object) -> Breather:
    one = Breather(known)
    if airway is not None:
        one.place(airway)
    one.breathe(30)
    return one


def test_an_spo2_that_comes_and_goes_makes_one_alarm_that_is_heard_in_theatre() -> None:
    one = breather()
    for second in range(60):
        one.spo2 = second % 5 != 4
        one.hold(1)
    assert one.onsets() == ["co2_lost"]
    assert one.heard()


def test_an_spo2_that_comes_and_goes_leaves_an_acknowledgement() -> None:
    one = breather()
    one.hold(20)
    one.watch.acknowledge("co2_lost")
    for second in range(60):
        one.spo2 = second % 5 != 4
        one.hold(1)
    assert one.watch.alarm("co2_lost").signal is SignalState.ACKNOWLEDGED


@pytest.mark.parametrize("lost_at_s", [15, 16, 19, 20, 30])
def test_from_the_first_second_on_there_is_none_without_high_whenever_spo2_is_lost(
    lost_at_s: int,
) -> None:
    one = breather()
    for second in range(60):
        one.spo2 = second < lost_at_s
        one.hold(1)
        if second > 19:
            assert one.event() in (("co2_lost", HIGH), ("apnoea", HIGH))
    assert len(one.onsets()) == 1


def test_an_apnoea_stays_one_when_spo2_comes() -> None:
    one = breather()
    one.spo2 = False
    one.hold(25)
    one.spo2 = True
    one.hold(25)
    assert (one.event(), one.onsets()) == (("apnoea", HIGH), ["apnoea"])


def test_another_airway_ends_nothing_without_a_breath_and_the_removal_does() -> None:
    one = breather()
    one.hold(20)
    one.place(Airway.MASK)
    one.hold(10)
    assert one.event() == ("co2_lost", HIGH)
    one.place(Airway.NONE)
    one.hold(60)
    assert (one.event(), one.onsets()) == (None, ["co2_lost"])


@pytest.mark.parametrize("airway", [Airway.MASK, Airway.LMA])
def test_a_removal_at_the_time_the_co2_stopped_ends_it(airway: Airway) -> None:
    one = breather(airway)
    one.hold(25)
    assert one.event() is not None
    one.place(Airway.NONE, ago_s=25.0)
    one.hold(1)
    assert one.event() is None


def test_a_removal_before_it_began_does_not_end_it_when_the_capnograph_is_taken_away() -> None:
    one = breather(Airway.MASK)
    one.place(Airway.NONE)
    one.breathe(10)
    one.hold(25)
    one.there = False
    one.hold(60)
    assert one.event() == ("apnoea", MEDIUM)


def test_before_an_airway_is_recorded_it_is_medium_and_high_if_it_lasts_acknowledged_or_not() -> (
    None
):
    one = breather(None)
    one.hold(21)
    assert one.event() == ("apnoea", MEDIUM)
    one.watch.acknowledge("apnoea")
    one.hold(18)
    assert one.event() == ("apnoea", MEDIUM)
    one.hold(1)
    assert one.event() == ("apnoea", HIGH)
    assert one.watch.alarm("apnoea").signal is SignalState.ON
    one.hold(11)
    assert one.heard()


def test_an_airway_that_is_recorded_meanwhile_makes_it_high_at_once_and_ends_nothing() -> None:
    one = breather(None)
    one.hold(25)
    one.place(Airway.LMA)
    one.hold(1)
    assert (one.event(), one.onsets()) == (("apnoea", HIGH), ["apnoea"])


def test_a_capnograph_that_stops_before_any_airway_leaves_it_to_become_high() -> None:
    one = breather(None)
    one.hold(12)
    one.miss(10)
    assert one.event() == ("apnoea", MEDIUM)
    one.miss(20)
    assert one.event() == ("apnoea", HIGH)


DEEDS = st.one_of(
    st.tuples(st.sampled_from(["hold", "miss", "zero"]), st.integers(1, 30)),
    st.tuples(st.just("breathe"), st.integers(1, 4)),
    st.tuples(st.sampled_from(["spo2", "ack", "restart", "there"]), st.just(0)),
    st.tuples(st.sampled_from([Airway.MASK, Airway.LMA, Airway.TUBE]), st.just(0)),
)


@given(st.lists(DEEDS, max_size=25))
@settings(deadline=None)
def test_whatever_happens_to_monitors_no_breath_is_one_high_event_until_a_breath_comes(
    deeds: list[tuple[str, int]],
) -> None:
    one = breather()
    for what, seconds in deeds:
        before, count = one.event(), len(one.onsets())
        _do(one, what, seconds)
        if before is not None and what != "breathe":
            assert one.event() == before, "neither name nor urgency changes"
            assert len(one.onsets()) == count
        if what == "breathe" and one.there:
            assert one.event() is None


def _do(one: Breather, what: str, seconds: int) -> None:
    match what:
        case "hold" | "miss" | "zero" | "breathe":
            getattr(one, what)(seconds)
        case "spo2":
            one.spo2 = not one.spo2
        case "there":
            one.there = not one.there
        case "restart":
            one.restart()
        case "ack" if (event := one.event()) is not None:
            one.watch.acknowledge(event[0])
        case Airway():
            one.place(what)
        case _:
            pass
