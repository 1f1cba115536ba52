from __future__ import annotations

from collections.abc import Sequence

import pytest
from capnostream_bytes import decoded
from conversation import WIRES, Conversation
from damage import notes, numbers, told, waves
from manual import at

from devices.capnostream.driver import CapnostreamDriver
from devices.capnostream.numerics import Numerics, Unit
from devices.capnostream.simulator import CapnostreamSimulator
from devices.capnostream.wire import Command, FastStatus, Identity, Wave, Withheld
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

CHILD = PatientRow("Stue 1", "4y", 98, 118, respiratory_rate=24)
ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
SPO2, PULSE = Measure.SPO2, Measure.PULSE_RATE
ENABLE, START = Command.ENABLE.to_bytes(), Command.START.to_bytes()
INVALID, UNAVAILABLE = (None, Quality.INVALID), (None, Quality.UNAVAILABLE)


def patient(*events: PatientEvent) -> Patient:
    return Patient(CHILD, events, seed=3)


def joined(
    wire: str = "whole", *events: PatientEvent, keep_alive: bool = False
) -> tuple[Conversation, CapnostreamSimulator]:
    simulator = CapnostreamSimulator(patient(*events), 3)
    return Conversation(CapnostreamDriver(keep_alive=keep_alive), simulator, wire), simulator


def valid(found: Sequence[Item], measure: Measure) -> list[float]:
    return [value for value in numbers(found, measure) if value is not None]


@pytest.mark.parametrize("wire", WIRES)
def test_the_first_numbers_come_soon_whatever_the_wire(wire: str) -> None:
    conversation, simulator = joined(wire)
    found = conversation.run(15 if wire == "lossy" else 5)
    assert valid(found, ETCO2)[0] == pytest.approx(5.1, abs=0.07)
    assert simulator.streaming


@pytest.mark.parametrize("wire", WIRES)
def test_the_handshake_survives_a_reboot(wire: str) -> None:
    conversation, simulator = joined(wire)
    assert valid(conversation.run(15), ETCO2) != []
    simulator.off = True
    conversation.run(2)
    assert numbers(conversation.run(5), ETCO2) == []
    simulator.off = False
    assert valid(conversation.run(15), ETCO2) != []
    assert simulator.streaming


def test_a_power_cut_too_short_to_be_noticed_costs_three_seconds() -> None:
    conversation, simulator = joined()
    conversation.run(10)
    simulator.off = True
    conversation.run(0.5)
    simulator.off = False
    assert len(valid(conversation.run(6), ETCO2)) >= 2


@pytest.mark.parametrize("wire", ["whole", "byte by byte"])
def test_the_numbers_are_the_patients_once_a_second(wire: str) -> None:
    conversation, _ = joined(wire)
    conversation.run(3)
    found = conversation.run(30)
    assert set(valid(found, ETCO2)) == {5.066}
    assert set(valid(found, FICO2)) == {0}
    assert set(valid(found, RATE)) == {24}
    assert len(valid(found, SPO2)) == 30
    state = patient().at(conversation.now_s)
    assert valid(found, SPO2)[-1] == pytest.approx(state.spo2, abs=1)
    assert valid(found, PULSE)[-1] == pytest.approx(state.pulse_rate, abs=2)


@pytest.mark.parametrize("unit", [Unit.MMHG, Unit.KPA])
def test_the_wave_is_the_patients_in_each_unit(unit: Unit) -> None:
    simulator = CapnostreamSimulator(patient())
    simulator.unit = unit
    driver = CapnostreamDriver()
    simulator.receive(ENABLE + START)
    found = [*driver.receive(simulator.emit(0), at(0))]
    found += driver.receive(simulator.emit(10), at(10))
    wave = [patient().co2(sample / 20) for sample in range(201)]
    assert waves(found) == [pytest.approx(kpa, abs=0.001) for kpa in wave]
    assert driver.lost_samples == 0


def test_in_vol_percent_nothing_of_carbon_dioxide_is_shown() -> None:
    conversation, simulator = joined()
    simulator.unit = Unit.PERCENT
    found = conversation.run(10)
    assert set(told(found, ETCO2)) == set(told(found, FICO2)) == {UNAVAILABLE}
    assert set(waves(found)) == {None}
    assert set(valid(found, RATE)) == {24}


def test_in_apnoea_the_numbers_of_the_last_breath_are_not_shown() -> None:
    events = [PatientEvent(at_s=10, respiratory_rate=0), PatientEvent(at_s=20, respiratory_rate=20)]
    conversation, _ = joined("whole", *events)
    conversation.run(11.5)
    found = conversation.run(8)
    assert set(told(found, ETCO2)) == set(told(found, RATE)) == {INVALID}
    assert valid(conversation.run(4), RATE)[-1] == 20
    assert notes(conversation.items) == [set(), {Note.NO_BREATH}, set()]


def test_a_probe_taken_off_or_without_a_pulse_leaves_no_number() -> None:
    events = [
        PatientEvent(at_s=10, probe=Probe.OFF),
        PatientEvent(at_s=20, probe=Probe.ON, pulse=Pulse.LOST),
    ]
    conversation, _ = joined("whole", *events)
    conversation.run(11.5)
    found = conversation.run(16)
    assert set(told(found, SPO2)) == set(told(found, PULSE)) == {INVALID}
    assert len(valid(found, ETCO2)) == 16
    assert notes(conversation.items) == [set(), {Note.PROBE_OFF}, {Note.NO_PULSE}]


def test_a_monitor_without_an_oximeter_has_no_saturation() -> None:
    conversation, simulator = joined()
    simulator.oximeter = False
    found = conversation.run(5)
    assert set(told(found, SPO2)) == set(told(found, PULSE)) == {UNAVAILABLE}


@pytest.mark.parametrize(
    ("fault", "note"),
    [
        ("line_off", Note.CHECK_SAMPLING_LINE),
        ("occluded", Note.CHECK_SAMPLING_LINE),
    ],
)
def test_a_fault_of_the_line_leaves_neither_numbers_nor_wave(fault: str, note: Note) -> None:
    conversation, simulator = joined()
    conversation.run(5)
    setattr(simulator, fault, True)
    conversation.run(1)
    found = conversation.run(5)
    assert set(told(found, ETCO2)) == {UNAVAILABLE}
    assert set(waves(found)) == {None}
    assert notes(conversation.items)[-1] == {note}
    setattr(simulator, fault, False)
    conversation.run(2)
    assert notes(conversation.items)[-1] == set()


def test_a_pump_that_is_off_and_a_flow_to_check_are_told_apart() -> None:
    conversation, simulator = joined()
    simulator.check_flow = True
    assert set(told(conversation.run(5), ETCO2)) == {(5.066, Quality.QUESTIONABLE)}
    simulator.pump_off = True
    conversation.run(1)
    assert set(told(conversation.run(5), ETCO2)) == {INVALID}


def test_a_monitor_that_warms_up_says_so() -> None:
    conversation, simulator = joined()
    simulator.warm_up_s = 10
    early = conversation.run(9)
    assert valid(early, ETCO2) == []
    assert notes(early)[-1] == {Note.WARMING_UP}
    assert valid(conversation.run(5), ETCO2) != []
    assert notes(conversation.items)[-1] == set()


def test_a_monitor_that_must_be_kept_alive_streams_on_where_it_is() -> None:
    kept, monitor = joined(keep_alive=True)
    monitor.needs_keep_alive = True
    kept.run(30)
    assert len(valid(kept.run(30), ETCO2)) == 30
    left, monitor = joined()
    monitor.needs_keep_alive = True
    left.run(30)
    assert len(valid(left.run(30), ETCO2)) < 30


def test_damaged_bytes_give_gaps_and_no_wrong_number() -> None:
    conversation, simulator = joined()
    simulator.corrupt_every = 61
    found = conversation.run(60)
    assert set(valid(found, ETCO2)) == {5.066}
    assert set(valid(found, RATE)) == {24}
    assert conversation.driver.counts.bad_frames > 20


def test_a_monitor_is_silent_until_enabled_and_streams_when_started() -> None:
    simulator = CapnostreamSimulator(patient())
    simulator.receive(START)
    assert simulator.emit(1) == b""
    simulator.receive(ENABLE)
    assert [type(one) for one in decoded(simulator.emit(2))[0]] == [Identity]
    simulator.receive(START)
    found = decoded(simulator.emit(3))[0]
    assert [type(one) for one in found] == [Withheld, Numerics, Wave]
    found = decoded(simulator.emit(5))[0]
    assert [type(one) for one in found].count(Wave) == 40
    assert [type(one) for one in found].count(Numerics) == 2
    simulator.receive(Command.STOP.to_bytes())
    assert simulator.emit(6) == b""


def test_disabling_ends_everything() -> None:
    simulator = CapnostreamSimulator(patient())
    simulator.receive(ENABLE + START)
    simulator.emit(0)
    simulator.receive(Command.DISABLE.to_bytes() + START)
    assert simulator.emit(1) == b""


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    often, seldom = CapnostreamSimulator(patient()), CapnostreamSimulator(patient())
    for simulator in (often, seldom):
        simulator.receive(ENABLE + START)
        simulator.emit(0)
    assert b"".join(often.emit(step * 0.02) for step in range(501)) == seldom.emit(10)


def test_the_end_of_each_breath_is_marked_once() -> None:
    simulator = CapnostreamSimulator(patient())
    simulator.receive(ENABLE + START)
    found = decoded(simulator.emit(0) + simulator.emit(60))[0]
    ends = [one for one in found if isinstance(one, Wave) and one.status & FastStatus.END_OF_BREATH]
    assert len(ends) == int(patient().breaths(60))


def test_a_patients_identity_is_sent_and_thrown_away() -> None:
    conversation, simulator = joined()
    simulator.patient_id = "NOBODYS NAME"
    conversation.run(5)
    assert simulator.streaming
    assert "NOBODY" not in repr(conversation.items)
