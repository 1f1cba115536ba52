from __future__ import annotations

import pytest
from damage import notes, numbers, received, told

from devices.contract import Counts
from devices.masimo.driver import MasimoDriver
from devices.masimo.simulator import MasimoSimulator
from devices.simulated.patient import Patient
from devices.simulated.rows import Motion, PatientEvent, PatientRow, Perfusion, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

SPO2, RATE, PI = Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX
CHILD = PatientRow("Stue 1", "4y", 98, 118)


def simulator(*events: PatientEvent, perfusion: Perfusion = Perfusion.GOOD) -> MasimoSimulator:
    row = PatientRow("Stue 1", "4y", 98, 118, perfusion)
    return MasimoSimulator(Patient(row, events, seed=1), 1)


def heard(simulated: MasimoSimulator, seconds: float) -> list[Item]:
    return received(MasimoDriver(), simulated.emit(seconds))


def test_the_driver_reads_what_the_patient_has() -> None:
    events = [PatientEvent(at_s=5, spo2=84, pulse_rate=171, over_s=10)]
    patient = Patient(CHILD, events, seed=3)
    found = heard(MasimoSimulator(patient, 3), 30)
    states = [patient.at(second) for second in range(1, 31)]
    assert told(found, SPO2) == [(round(state.spo2), Quality.VALID) for state in states]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states]
    assert all(value and 3.4 < value < 3.8 for value in numbers(found, PI))
    assert notes(found) == [set()]


def test_a_line_comes_each_second_however_often_it_is_asked_for() -> None:
    often, seldom = simulator(), simulator()
    assert often.emit(0.99) == b""
    assert often.emit(1).count(b"\r\n") == 1
    later = b"".join(often.emit(1 + step * 0.02) for step in range(1, 451))
    assert later == seldom.emit(10)[len(simulator().emit(1)) :]
    assert often.emit(10) == often.emit(3) == b""


@pytest.mark.parametrize("newer", [False, True])
def test_old_digits_stay_on_the_wire_after_the_sensor_has_come_off(*, newer: bool) -> None:
    simulated = simulator(PatientEvent(at_s=3.5, probe=Probe.OFF))
    simulated.newer = newer
    data = simulated.emit(6)
    digits = [line.partition(b"SPO2=")[2][:3] for line in data.split(b"\r\n")[:-1]]
    assert digits[3:] == [digits[2]] * 3
    assert digits[2].isdigit()
    found = received(MasimoDriver(), data)
    assert told(found, SPO2)[3:] == [(None, Quality.INVALID)] * 3
    assert notes(found) == [set(), {Note.PROBE_OFF}]


def test_a_lost_pulse_is_searched_for() -> None:
    events = [PatientEvent(at_s=2.5, pulse=Pulse.LOST), PatientEvent(at_s=4.5, pulse=Pulse.FOUND)]
    found = heard(simulator(*events), 6)
    valid, gone = Quality.VALID, Quality.INVALID
    assert [quality for _, quality in told(found, RATE)] == [valid, valid, gone, gone, valid, valid]


def test_movement_leaves_the_numbers_in_doubt() -> None:
    found = heard(simulator(PatientEvent(at_s=0.5, motion=Motion.ON)), 2)
    assert [quality for _, quality in told(found, SPO2)] == [Quality.QUESTIONABLE] * 2


def test_a_cold_finger_is_told() -> None:
    found = heard(simulator(perfusion=Perfusion.LOW), 2)
    assert notes(found) == [{Note.LOW_PERFUSION}]
    assert all(value and value < 0.2 for value in numbers(found, PI))


def test_an_empty_battery_is_told() -> None:
    simulated = simulator()
    simulated.on_battery = True
    assert notes(heard(simulated, 2)) == [{Note.LOW_BATTERY}]


def test_the_newer_form_says_the_same() -> None:
    newer = simulator()
    newer.newer = True
    data = newer.emit(5)
    assert b"EXC1=" in data
    assert received(MasimoDriver(), data) == heard(simulator(), 5)


def test_the_factory_setting_of_many_is_read_and_never_live() -> None:
    simulated = simulator(PatientEvent(at_s=2.5, pulse=Pulse.LOST))
    simulated.from_memory = True
    found = heard(simulated, 4)
    assert [quality for _, quality in told(found, SPO2)[:2]] == [Quality.QUESTIONABLE] * 2
    assert numbers(found, SPO2)[2:] == [None, None]
    assert notes(found) == [{Note.FROM_MEMORY}, {Note.FROM_MEMORY, Note.NO_PULSE}]


def test_after_a_restart_it_is_silent_then_searches_then_measures() -> None:
    simulated = simulator()
    driver = MasimoDriver()
    received(driver, simulated.emit(5))
    simulated.reboot = True
    assert simulated.emit(11) == b""
    found = received(driver, simulated.emit(17))
    assert [value is None for value in numbers(found, SPO2)] == [True] * 4 + [False] * 2
    assert driver.finish() == Counts(11, 0, 0)


def test_corrupted_bytes_cost_lines_and_nothing_else() -> None:
    simulated = simulator()
    simulated.corrupt_every = 500
    driver = MasimoDriver()
    received(driver, simulated.emit(300))
    counts = driver.finish()
    assert 200 < counts.frames < 300
    assert counts.bad_frames > 10


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = simulator()
    simulated.receive(b"\x03\x03")
    assert simulated.heard == 2
    assert simulated.emit(2) == simulator().emit(2)
