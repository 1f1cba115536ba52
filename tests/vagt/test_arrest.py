"""Events that must reach high on real wires, whatever else is missing."""

from __future__ import annotations

import pytest
from stories import Line, of, second, story

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def high(bed: str, condition: str) -> list[Line]:
    return of(
        story("alarms-arrest"), "alarm", bed=bed, id=condition, state="active", priority="high"
    )


def test_a_monitor_that_stops_while_it_searches_for_the_pulse_is_no_pulse() -> None:
    (line,) = high("Stue 1", "no_pulse")
    (lost,) = of(story("alarms-arrest"), "device", name="nonin-1", state="silent")
    assert second(line) == pytest.approx(35, abs=1)
    assert 32 < second(lost) < second(line), "it had stopped before that was an alarm"
    assert of(story("alarms-arrest"), "alarm", bed="Stue 1", id="no_pulse", state="ended") == []


def test_an_apnoea_in_an_emergency_is_high_before_anybody_enters_an_airway() -> None:
    (line,) = high("Stue 2", "apnoea")
    assert second(line) == pytest.approx(49, abs=2)


def test_an_arrest_is_high_on_an_oximeter_alone() -> None:
    (slow,), (none,) = high("Stue 3", "hr_low"), high("Stue 3", "no_pulse")
    assert second(slow) == pytest.approx(33, abs=2)
    assert second(none) == pytest.approx(45, abs=1)


def test_an_apnoea_in_a_planned_case_is_medium_and_then_high_though_nobody_enters_an_airway() -> (
    None
):
    (begun,) = of(
        story("alarms-arrest"),
        "alarm",
        bed="Stue 4",
        id="apnoea",
        state="active",
        priority="medium",
    )
    (line,) = high("Stue 4", "apnoea")
    assert second(begun) == pytest.approx(49, abs=2)
    assert second(line) - second(begun) == pytest.approx(20, abs=0.5)


def test_a_capnograph_that_stops_in_an_apnoea_is_an_apnoea_all_the_same() -> None:
    (lost,) = of(story("alarms-arrest"), "device", name="capno-5", state="silent")
    (line,) = high("Stue 5", "apnoea")
    assert second(line) == pytest.approx(49, abs=2)
    assert second(lost) < second(line), "it had stopped before that was an alarm"
    assert of(story("alarms-arrest"), "alarm", bed="Stue 5", id="apnoea", state="ended") == []
