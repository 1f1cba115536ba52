from __future__ import annotations

from damage import notes, numbers, received, told

from devices.contract import Counts
from devices.nellcor.driver import NellcorDriver
from devices.nellcor.simulator import HEADING, NellcorSimulator
from devices.simulated.patient import Patient
from devices.simulated.rows import Motion, PatientEvent, PatientRow, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
CHILD = PatientRow("Stue 1", "4y", 98, 118)


def simulator(*events: PatientEvent) -> NellcorSimulator:
    return NellcorSimulator(Patient(CHILD, events, seed=1), 1)


def heard(simulated: NellcorSimulator, seconds: float) -> list[Item]:
    return received(NellcorDriver(), simulated.emit(seconds))


def test_the_driver_reads_what_the_patient_has() -> None:
    events = [PatientEvent(at_s=5, spo2=84, pulse_rate=171, over_s=20)]
    patient = Patient(CHILD, events, seed=3)
    driver = NellcorDriver()
    found = received(driver, NellcorSimulator(patient, 3).emit(60))
    states = [patient.at(second) for second in range(2, 61, 2)]
    assert told(found, SPO2) == [(round(state.spo2), Quality.VALID) for state in states]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states]
    assert driver.finish() == Counts(30 + 2 * 3, 0, 0)


def test_a_heading_comes_every_twenty_five_lines() -> None:
    lines = simulator().emit(120).split(b"\r\n")
    assert [place for place, line in enumerate(lines) if b"VERSION" in line] == [0, 28, 56]
    assert simulator().emit(2).startswith(HEADING)


def test_the_stream_is_the_same_however_often_it_is_asked_for() -> None:
    often, seldom = simulator(), simulator()
    assert often.emit(1.9) == b""
    assert b"".join(often.emit(step * 0.02) for step in range(3001)) == seldom.emit(60)


def test_a_low_saturation_is_starred_and_coded() -> None:
    data = simulator(PatientEvent(at_s=1, spo2=80)).emit(4)
    assert data.count(b"* ") >= 1
    assert b" SL " in data


def test_a_sensor_that_is_off_prints_dashes() -> None:
    found = heard(simulator(PatientEvent(at_s=3, probe=Probe.OFF)), 6)
    assert told(found, SPO2)[1:] == [(None, Quality.INVALID)] * 2
    assert notes(found) == [set(), {Note.PROBE_OFF}]


def test_a_lost_pulse_prints_held_values_then_noughts_and_none_is_published() -> None:
    events = [PatientEvent(at_s=3, pulse=Pulse.LOST), PatientEvent(at_s=9, pulse=Pulse.FOUND)]
    data = simulator(*events).emit(10)
    spo2 = [line[18:24].strip() for line in data.split(b"\r\n") if line[2:3] == b"-"]
    assert spo2[1] == spo2[0]
    assert spo2[2:4] == [b"0", b"0"]
    values = numbers(received(NellcorDriver(), data), SPO2)
    assert [value is None for value in values] == [False, True, True, True, False]


def test_movement_leaves_the_numbers_in_doubt() -> None:
    found = heard(simulator(PatientEvent(at_s=1, motion=Motion.ON)), 2)
    assert [quality for _, quality in told(found, SPO2)] == [Quality.QUESTIONABLE]


def test_an_empty_battery_is_told() -> None:
    simulated = simulator()
    simulated.battery_low = True
    assert notes(heard(simulated, 2)) == [{Note.LOW_BATTERY}]


def test_it_is_silent_from_xoff_to_xon() -> None:
    simulated = simulator()
    simulated.receive(b"\x13")
    assert simulated.emit(10) == b""
    simulated.receive(b"\x11")
    assert simulated.emit(12) != b""


def test_after_a_restart_it_is_silent_and_then_begins_with_its_heading() -> None:
    simulated = simulator()
    simulated.emit(4)
    simulated.reboot = True
    assert simulated.emit(12) == b""
    assert simulated.emit(14).startswith(HEADING)


def test_corrupted_bytes_cost_lines_and_give_nothing_out_of_range() -> None:
    simulated = simulator()
    simulated.corrupt_every = 200
    driver = NellcorDriver()
    found = received(driver, simulated.emit(1200))
    counts = driver.finish()
    assert 450 < counts.frames < 672
    assert counts.bad_frames > 50
    assert all(0 < value <= 100 for value in numbers(found, SPO2) if value is not None)
