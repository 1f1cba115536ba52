from __future__ import annotations

from itertools import pairwise

import pytest
from damage import notes, numbers, received, told, waves

from devices.berry.driver import BerryDriver
from devices.berry.simulator import BerrySimulator
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
CHILD = PatientRow("Stue 1", "4y", 98, 118)
SECONDS = 4


def simulator(*events: PatientEvent) -> BerrySimulator:
    return BerrySimulator(Patient(CHILD, events, seed=1), 1)


def heard(simulated: BerrySimulator) -> list[Item]:
    return received(BerryDriver(), simulated.emit(SECONDS))


def test_the_driver_reads_what_the_patient_has() -> None:
    events = [PatientEvent(at_s=1, spo2=84, pulse_rate=171, over_s=2)]
    found = heard(simulator(*events))
    patient = Patient(CHILD, events, seed=1)
    states = [patient.at(frame / 100) for frame in range(SECONDS * 100)]
    assert numbers(found, SPO2) == [round(state.spo2) for state in states]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states]
    assert told(found, SPO2)[-1][1] is Quality.VALID


def test_the_pleth_is_the_patients_and_never_nought() -> None:
    patient = Patient(CHILD, seed=1)
    samples = [patient.pleth(frame / 100) or 0 for frame in range(SECONDS * 100)]
    assert waves(heard(simulator())) == [max(round(100 * share), 1) for share in samples]


def test_a_finger_that_is_out_gives_nothing() -> None:
    found = heard(simulator(PatientEvent(at_s=2, probe=Probe.OFF)))
    assert set(told(found, SPO2)[200:]) == {(None, Quality.INVALID)}
    assert waves(found)[200:] == [None] * 200
    assert notes(found) == [set(), {Note.PROBE_OFF}]


def test_an_unplugged_probe_gives_nothing() -> None:
    simulated = simulator()
    simulated.unplugged = True
    found = heard(simulated)
    assert set(told(found, SPO2)) == {(None, Quality.INVALID)}
    assert set(waves(found)) == {None}
    assert notes(found) == [{Note.PROBE_OFF}]


def test_a_lost_pulse_is_searched_for() -> None:
    found = heard(simulator(PatientEvent(at_s=2, pulse=Pulse.LOST)))
    assert set(told(found, RATE)[200:]) == {(None, Quality.INVALID)}
    assert None not in waves(found)


def test_the_beep_comes_once_a_beat() -> None:
    beeps = [bool(first & 0x40) for first in simulator().emit(10)[::5]]
    onsets = sum(now and not before for before, now in pairwise(beeps))
    assert onsets == pytest.approx(10 * 118 / 60, abs=1.5)


def test_the_stream_is_the_same_however_often_it_is_asked_for() -> None:
    often, seldom = simulator(), simulator()
    assert b"".join(often.emit(step * 0.02) for step in range(201)) == seldom.emit(4)


def test_corrupted_bytes_give_nothing_out_of_range_that_is_believed() -> None:
    simulated = simulator()
    simulated.corrupt_every = 37
    driver = BerryDriver()
    found = received(driver, simulated.emit(SECONDS))
    sure = [value for value, quality in told(found, SPO2) if quality is Quality.VALID]
    assert len(sure) > 100
    assert all(value and 96 <= value <= 100 for value in sure)
    assert driver.finish().discarded_bytes > 0


def test_it_is_silent_while_it_restarts() -> None:
    simulated = simulator()
    simulated.emit(1)
    simulated.reboot = True
    assert simulated.emit(1.5) == b""
    assert len(simulated.emit(3.5)) == 100 * 5


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = simulator()
    simulated.receive(b"\x7d\x81")
    assert simulated.heard == 2
    assert simulated.emit(2) == simulator().emit(2)
