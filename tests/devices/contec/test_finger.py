from __future__ import annotations

from itertools import pairwise

import pytest
from contec_packets import SHAPES
from damage import notes, numbers, received, told, waves

from devices.contec.commands import START_LIVE, request
from devices.contec.driver import ContecDriver
from devices.contec.framing import Shape
from devices.contec.newer import NewFrame
from devices.contec.simulator import ContecSimulator
from devices.contec.wire import OldFrame
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

SPO2, RATE, PI = Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX
CHILD = PatientRow("Stue 1", "4y", 98, 118)
SECONDS = 5


def simulator(shape: Shape, *events: PatientEvent) -> ContecSimulator:
    simulated = ContecSimulator(shape, Patient(CHILD, events, seed=1), 1)
    simulated.receive(request(START_LIVE))
    return simulated


def heard(simulated: ContecSimulator, shape: Shape) -> list[Item]:
    return received(ContecDriver(shape), simulated.emit(SECONDS))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_driver_reads_what_the_patient_has(shape: Shape) -> None:
    events = [PatientEvent(at_s=1, spo2=84, pulse_rate=171, over_s=3)]
    found = heard(simulator(shape, *events), shape)
    patient = Patient(CHILD, events, seed=1)
    states = [patient.at(frame / 60) for frame in range(SECONDS * 60)]
    assert numbers(found, SPO2) == [round(state.spo2) for state in states]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states]
    assert told(found, SPO2)[-1][1] is Quality.VALID


@pytest.mark.parametrize("shape", SHAPES)
def test_the_pleth_is_the_patients_at_full_scale(shape: Shape) -> None:
    patient = Patient(CHILD, seed=1)
    samples = [patient.pleth(frame / 60) or 0 for frame in range(SECONDS * 60)]
    assert waves(heard(simulator(shape), shape)) == [round(127 * share) for share in samples]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_finger_that_is_out_gives_nothing(shape: Shape) -> None:
    found = heard(simulator(shape, PatientEvent(at_s=2, probe=Probe.OFF)), shape)
    assert set(told(found, SPO2)[120:]) == {(None, Quality.INVALID)}
    assert waves(found)[120:] == [None] * 180
    assert notes(found) == [set(), {Note.PROBE_OFF}]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_lost_pulse_is_searched_for(shape: Shape) -> None:
    found = heard(simulator(shape, PatientEvent(at_s=2, pulse=Pulse.LOST)), shape)
    assert set(told(found, RATE)[120:]) == {(None, Quality.INVALID)}
    assert None not in waves(found)


def test_a_falling_saturation_is_marked_and_still_read() -> None:
    simulated = simulator(OldFrame, PatientEvent(at_s=1, spo2=80, over_s=3))
    data = simulated.emit(SECONDS)
    assert data[-5] & 0x20
    assert numbers(received(ContecDriver(OldFrame), data), SPO2)[-1] == pytest.approx(80, abs=1)


def test_the_beep_comes_once_a_beat() -> None:
    data = simulator(OldFrame).emit(SECONDS)
    beeps = [bool(first & 0x40) for first in data[::5]]
    onsets = sum(now and not before for before, now in pairwise(beeps))
    assert onsets == pytest.approx(SECONDS * 118 / 60, abs=1.5)


def test_most_devices_have_no_perfusion_index() -> None:
    assert set(told(heard(simulator(NewFrame), NewFrame), PI)) == {(None, Quality.UNAVAILABLE)}


def test_some_devices_have_a_perfusion_index() -> None:
    simulated = simulator(NewFrame)
    simulated.perfusion_index = True
    assert told(heard(simulated, NewFrame), PI)[-1] == (4.25, Quality.VALID)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_stream_is_the_same_however_often_it_is_asked_for(shape: Shape) -> None:
    often, seldom = simulator(shape), simulator(shape)
    assert b"".join(often.emit(step * 0.02) for step in range(251)) == seldom.emit(5)


@pytest.mark.parametrize("shape", SHAPES)
def test_corrupted_bytes_give_nothing_out_of_range_that_is_believed(shape: Shape) -> None:
    simulated = simulator(shape)
    simulated.corrupt_every = 37
    driver = ContecDriver(shape)
    found = received(driver, simulated.emit(SECONDS))
    sure = [value for value, quality in told(found, SPO2) if quality is Quality.VALID]
    assert len(sure) > 30
    assert all(value and 96 <= value <= 100 for value in sure)
    assert driver.finish().discarded_bytes > 0


def test_the_older_device_is_silent_while_it_restarts() -> None:
    simulated = simulator(OldFrame)
    simulated.emit(1)
    simulated.reboot = True
    assert simulated.emit(1.5) == b""
    assert len(simulated.emit(4.5)) == 60 * 5
