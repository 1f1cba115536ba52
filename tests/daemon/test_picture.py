from __future__ import annotations

import pytest
from manual import at

from daemon import library, views
from daemon.config import Device
from daemon.picture import NEXT, Picture, Station, Turn
from devices.catalogue import PROTOCOLS
from devices.contract import Counts
from monitoring.view import Ages
from vitals.measure import Measure
from vitals.reading import Note, Quality, Reading
from vitals.vocabulary import DeviceState, Fault

STATES = {
    (DeviceState.OPENING, Turn.FRAME): DeviceState.RECEIVING,
    (DeviceState.OPENING, Turn.QUIET): DeviceState.SILENT,
    (DeviceState.RECEIVING, Turn.QUIET): DeviceState.SILENT,
    (DeviceState.SILENT, Turn.FRAME): DeviceState.RECEIVING,
    (DeviceState.LOST, Turn.OPENED): DeviceState.OPENING,
    (DeviceState.DEFECTIVE, Turn.FRAME): DeviceState.RECEIVING,
}


def station(name: str = "nonin", bed: str = "Stue 1") -> Station:
    device = Device(name, "nonin-df2", "/dev/ttyUSB0", bed)
    return Station(device, PROTOCOLS["nonin-df2"], library.load().alarms.freshness, at(0))


def spot_checks() -> Station:
    device = Device("nonin", "nonin-df13", "/dev/ttyUSB0", "Stue 1")
    return Station(device, PROTOCOLS["nonin-df13"], library.load().alarms.freshness, at(0))


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize("state", DeviceState)
def test_every_turn_in_every_state_leads_where_it_should(state: DeviceState, turn: Turn) -> None:
    down = {Turn.LOST: DeviceState.LOST, Turn.FAILED: DeviceState.DEFECTIVE}
    expected = down.get(turn) or STATES.get((state, turn), state)
    assert NEXT[state].get(turn, state) is expected


def test_a_turn_tells_whether_the_state_changed_and_since_when() -> None:
    device = station()
    assert device.turn(Turn.FRAME, at(2))
    assert not device.turn(Turn.FRAME, at(3))
    assert device.since == at(2)


def test_the_reason_goes_when_the_device_is_back() -> None:
    device = station()
    device.turn(Turn.LOST, at(1), "unplugged", Fault.UNPLUGGED)
    assert (device.reason, device.fault(at(1))) == ("unplugged", Fault.UNPLUGGED)
    device.turn(Turn.OPENED, at(2))
    assert (device.reason, device.fault(at(2))) == ("", None)


def test_a_defective_device_is_so_until_it_has_been_read_again() -> None:
    device = station()
    assert device.turn(Turn.FAILED, at(1), "driver defect", Fault.DEFECT)
    changes = [
        device.turn(turn, at(2), "driver defect", Fault.DEFECT)
        for turn in (Turn.OPENED, Turn.QUIET, Turn.FAILED) * 3
    ]
    assert not any(changes)
    assert (device.since, device.reason) == (at(1), "driver defect")
    assert device.turn(Turn.FRAME, at(9))
    assert (device.state, device.reason) == (DeviceState.RECEIVING, "")


def test_the_reason_stays_while_a_lost_device_is_silent() -> None:
    device = station()
    device.turn(Turn.LOST, at(1), "unplugged")
    assert device.quiet(at(60))
    device.turn(Turn.QUIET, at(60))
    assert (device.state, device.reason) == (DeviceState.LOST, "unplugged")


def test_a_device_is_quiet_only_after_its_own_longest_silence() -> None:
    device = station()
    device.turn(Turn.FRAME, at(5))
    device.heard = at(5)
    assert not device.quiet(at(6.0))
    assert device.quiet(at(6.01))


def test_a_device_that_speaks_when_somebody_measures_is_never_quiet() -> None:
    device = spot_checks()
    device.turn(Turn.FRAME, at(5))
    device.heard = at(5)
    assert not device.quiet(at(100_000))


def test_a_spot_check_grows_old_and_is_forgotten_as_any_saturation() -> None:
    (_, spot), (_, live) = (each.ages.popitem() for each in (spot_checks(), station()))
    assert spot == live


def test_a_device_that_was_just_opened_gets_time_to_speak() -> None:
    device = station()
    device.heard = at(1)
    device.turn(Turn.LOST, at(2))
    device.turn(Turn.OPENED, at(60))
    assert not device.quiet(at(60.9))
    assert device.quiet(at(61.1))


def test_counts_add_up_over_reconnections() -> None:
    device = station()
    device.counts = Counts(10, 1, 5)
    device.earlier, device.counts = device.totals(), Counts(2, 0, 1)
    assert device.totals() == Counts(12, 1, 6)


def test_the_rules_see_ages_instead_of_moments() -> None:
    device = station()
    device.readings[Measure.SPO2, None] = Reading(Measure.SPO2, 97, Quality.VALID, at(4))
    view = device.view(at(6.5))
    assert view.samples[Measure.SPO2].age_s == 2.5
    assert view.ages[Measure.SPO2] == Ages(3, 10)


def test_the_rules_see_nothing_of_what_was_measured_once_or_is_remembered() -> None:
    device = spot_checks()
    device.turn(Turn.FRAME, at(4))
    spot = Reading(Measure.SPO2, 97, Quality.VALID, at(4), live=False)
    device.readings[Measure.SPO2, None] = spot
    assert device.view(at(4)).samples == {}
    assert views.reading(device, spot, at(9)).live is False
    assert views.reading(device, spot, at(9)).age_s == 5


def test_a_device_that_is_silent_or_lost_says_nothing_of_itself_and_says_it_again_after() -> None:
    device = station()
    device.turn(Turn.FRAME, at(1))
    device.notes = frozenset({Note.LOW_BATTERY})
    assert views.device(device, at(1)).notes == (Note.LOW_BATTERY,)
    for turn in (Turn.QUIET, Turn.LOST):
        device.turn(turn, at(5))
        assert views.device(device, at(5)).notes == ()
    device.turn(Turn.OPENED, at(6))
    device.turn(Turn.FRAME, at(7))
    assert views.device(device, at(7)).notes == (Note.LOW_BATTERY,)


def test_the_rules_see_what_a_device_says_of_itself_while_it_is_heard() -> None:
    device = station()
    device.turn(Turn.FRAME, at(1))
    device.notes = frozenset({Note.CUFF_INFLATING})
    assert device.view(at(1)).notes == {Note.CUFF_INFLATING}
    device.turn(Turn.LOST, at(5))
    assert device.view(at(5)).notes == frozenset()


def test_a_bed_sees_its_own_devices_alone() -> None:
    picture = Picture([station("a"), station("b", "Stue 2"), station("c")])
    assert [found.device.name for found in picture.at("Stue 1")] == ["a", "c"]
    assert [view.name for view in picture.views("Stue 2", at(0))] == ["b"]


def test_numbers_stay_behind_when_a_device_is_moved_and_not_when_it_is_replugged() -> None:
    device, other = station(), station("b", "Stue 2")
    device.readings[Measure.NIBP_MEAN, None] = Reading(Measure.NIBP_MEAN, 65, Quality.VALID, at(4))
    device.stand("Stue 1", "/dev/ttyUSB1")
    assert (len(device.readings), device.port) == (1, "/dev/ttyUSB1")
    device.stand("Stue 2", "/dev/ttyUSB1")
    assert (device.readings, device.device.bed) == ({}, "Stue 1")
    picture = Picture([device, other])
    assert [found.device.name for found in picture.at("Stue 2")] == ["nonin", "b"]
    assert picture.at("Stue 1") == ()


@pytest.mark.parametrize("state", [DeviceState.RECEIVING, DeviceState.SILENT])
def test_a_search_that_a_protocol_calls_a_fault_is_a_search_to_the_rules_and_stays_one(
    state: DeviceState,
) -> None:
    device = station()
    device.state = state
    lost = Reading(Measure.PULSE_RATE, None, Quality.INVALID, at(1))
    device.readings[(Measure.PULSE_RATE, None)] = lost
    assert device.view(at(2)).samples[Measure.PULSE_RATE].quality is Quality.INVALID
    device.notes = frozenset({Note.NO_PULSE})
    assert device.view(at(2)).samples[Measure.PULSE_RATE].quality is Quality.UNAVAILABLE
