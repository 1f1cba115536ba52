from __future__ import annotations

from dataclasses import replace

import pytest
from beds import Watch, bed, cues, oximeter

from monitoring.signals import Cue
from monitoring.view import BedView
from vitals.practice import Gas
from vitals.vocabulary import Priority

O2, N2O = Gas.OXYGEN.value, Gas.NITROUS_OXIDE.value


def fed(**minutes: float | None) -> BedView:
    """Return a bed with a sound probe, and for how long each gas is enough."""
    return replace(bed(oximeter()), gases={Gas(gas): left for gas, left in minutes.items()})


def test_a_gas_that_is_nearly_used_up_is_low_and_then_medium() -> None:
    watch = Watch()
    watch.see(fed(o2=29.9))
    assert watch.pass_s(9.9, fed(o2=29.9)) == []
    (onset,) = watch.pass_s(0.1, fed(o2=29.9))
    assert (onset.key.condition, onset.key.device) == ("gas_low", O2)
    assert (onset.priority, onset.measure, onset.value) == (Priority.LOW, None, None)
    (risen,) = watch.pass_s(0.1, fed(o2=9.9))
    assert (risen.cue, risen.priority) == (Cue.ESCALATED, Priority.MEDIUM)


@pytest.mark.parametrize(("minutes", "alarming"), [(30.0, set()), (29.9, {"gas_low"})])
def test_a_gas_is_low_below_half_an_hour_and_not_at_it(minutes: float, alarming: set[str]) -> None:
    watch = Watch()
    watch.pass_s(11, fed(o2=minutes))
    assert watch.alarming() == alarming


@pytest.mark.parametrize(("minutes", "found"), [(10.0, Priority.LOW), (9.9, Priority.MEDIUM)])
def test_its_end_is_near_below_ten_minutes_and_not_at_them(minutes: float, found: Priority) -> None:
    watch = Watch()
    watch.pass_s(11, fed(o2=minutes))
    assert watch.alarm("gas_low", O2).priority is found


def test_a_gas_that_nobody_entered_never_sounds() -> None:
    watch = Watch()
    watch.pass_s(60, fed())
    assert watch.changes == []


def test_a_gas_of_which_nothing_is_known_never_begins_to_sound() -> None:
    watch = Watch()
    watch.pass_s(60, fed(o2=None))
    assert watch.changes == []


def test_what_is_no_longer_known_does_not_end_the_alarm() -> None:
    watch = Watch()
    watch.pass_s(11, fed(o2=5.0))
    watch.pass_s(60, fed(o2=None))
    assert watch.alarming() == {"gas_low"}


@pytest.mark.parametrize("after", [fed(o2=600.0), fed()])
def test_a_new_cylinder_or_a_closed_valve_ends_it_after_ten_seconds(after: BedView) -> None:
    watch = Watch()
    watch.pass_s(11, fed(o2=5.0))
    watch.see(after)
    assert watch.pass_s(9.8, after) == []
    assert cues(watch.pass_s(0.3, after)) == [("gas_low", Cue.ENDED)]


def test_each_gas_has_an_alarm_of_its_own() -> None:
    watch = Watch()
    watch.pass_s(11, fed(o2=5.0, n2o=20.0, air=600.0))
    found = {key.device: alarm.priority for key, alarm in watch.alarms.items()}
    assert found == {O2: Priority.MEDIUM, N2O: Priority.LOW}
