from __future__ import annotations

import pytest
from conversation import WIRES, Conversation
from damage import notes, numbers, told
from manual import at

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.simulator import (
    RecordSimulator,
    display_simulator,
    spot_simulator,
    text_simulator,
)
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import Motion, PatientEvent, PatientRow, Perfusion, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Note, Quality

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
CHILD = PatientRow("Stue 1", "4y", 98, 118)
FALL = [
    PatientEvent(at_s=5, spo2=84, over_s=10),
    PatientEvent(at_s=8, pulse_rate=171, over_s=10),
]
PROBE_OFF = [PatientEvent(at_s=4.2, probe=Probe.OFF), PatientEvent(at_s=20.2, probe=Probe.ON)]
DISPLAYS = ["nonin-df1", "nonin-df8"]
SECONDLY = [*DISPLAYS, "nonin-text"]
PACED = [*SECONDLY, "nonin-df13"]
FRAME_BYTES = {"nonin-df1": 3, "nonin-df8": 4}


def patient(*events: PatientEvent, row: PatientRow = CHILD) -> Patient:
    return Patient(row, events, seed=3)


def joined(name: str, of: Patient, wire: str = "whole", by: str = "") -> Conversation:
    return Conversation(PROTOCOLS[by or name].driver(Options()), SIMULATORS[name](of, 3), wire)


def paced(name: str, of: Patient) -> RecordSimulator:
    simulator = SIMULATORS[name](of, 3)
    assert isinstance(simulator, RecordSimulator)
    return simulator


@pytest.mark.parametrize("name", DISPLAYS)
@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_a_display_shows_what_the_patient_has_and_renews_it_every_second_and_a_half(
    name: str, wire: str
) -> None:
    of = patient(*FALL)
    found = joined(name, of, wire).run(31)
    # First renewed with its first look, half a second after it was switched on.
    renewed = [0.5 + 1.5 * int((second - 0.5) / 1.5) for second in range(1, 31)]
    states = [of.at(at_s) for at_s in renewed]
    assert numbers(found, SPO2) == [round(state.spo2) for state in states][: len(found) // 2]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states][: len(found) // 2]
    assert len(numbers(found, SPO2)) >= 29


@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_text_says_what_the_patient_has(wire: str) -> None:
    of = patient(*FALL)
    found = joined("nonin-text", of, wire).run(32)
    states = [of.at(second) for second in range(1, 31)]
    assert numbers(found, SPO2)[:30] == [round(state.spo2) for state in states]
    assert numbers(found, RATE)[:30] == [round(state.pulse_rate) for state in states]


@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_a_spot_check_says_what_the_patient_has(wire: str) -> None:
    of = patient(*FALL)
    found = joined("nonin-df13", of, wire).run(65)
    states = [of.at(at_s) for at_s in (20, 40, 60)]
    assert numbers(found, SPO2) == [round(state.spo2) for state in states]
    assert numbers(found, RATE) == [round(state.pulse_rate) for state in states]


@pytest.mark.parametrize("name", PACED)
def test_a_lossy_wire_shows_no_number_that_was_not_sent(name: str) -> None:
    conversation = joined(name, patient(*FALL), "lossy")
    conversation.run(120)
    sent = joined(name, patient(*FALL)).run(120)
    assert set(numbers(conversation.items, SPO2)) <= set(numbers(sent, SPO2))
    assert len(numbers(conversation.items, SPO2)) > len(numbers(sent, SPO2)) / 3


@pytest.mark.parametrize("name", DISPLAYS)
def test_no_held_number_reaches_a_reading(name: str) -> None:
    of = patient(*PROBE_OFF)
    sent = paced(name, of).emit(19)
    size = FRAME_BYTES[name]
    codes = [sent[place + 2] for place in range(0, len(sent), size)]
    assert set(codes[4:13]) == {codes[3]}
    assert set(codes[14:]) == {127}
    found = joined(name, of).run(26)
    qualities = [quality for _, quality in told(found, SPO2)]
    assert qualities == [Quality.VALID] * 4 + [INVALID] * 16 + [Quality.VALID] * 5
    assert notes(found) == [set(), {Note.PROBE_OFF}, set()]


def test_text_has_dashes_while_the_probe_is_off() -> None:
    found = joined("nonin-text", patient(*PROBE_OFF)).run(26)
    values = numbers(found, SPO2)
    assert values[4:20] == [None] * 16
    assert None not in values[:4] + values[20:]


@pytest.mark.parametrize("name", SECONDLY)
def test_a_lost_pulse_is_missing(name: str) -> None:
    of = patient(PatientEvent(at_s=3.2, pulse=Pulse.LOST))
    found = joined(name, of).run(9)
    assert told(found, SPO2)[3:] == [(None, UNAVAILABLE)] * 5
    assert told(found, RATE)[3:] == [(None, UNAVAILABLE)] * 5


@pytest.mark.parametrize("name", DISPLAYS)
def test_movement_leaves_the_numbers_in_doubt(name: str) -> None:
    found = joined(name, patient(PatientEvent(at_s=0, motion=Motion.ON))).run(5)
    assert {quality for _, quality in told(found, SPO2)} == {Quality.QUESTIONABLE}


@pytest.mark.parametrize("name", DISPLAYS)
@pytest.mark.parametrize(
    ("perfusion", "noted"),
    [(Perfusion.GOOD, set()), (Perfusion.MARGINAL, set()), (Perfusion.LOW, {Note.LOW_PERFUSION})],
)
def test_low_perfusion_is_noted(name: str, perfusion: Perfusion, noted: set[Note]) -> None:
    row = PatientRow("Stue 1", "4y", 98, 118, perfusion)
    assert notes(joined(name, patient(row=row)).run(5)) == [noted]


def test_stored_spot_checks_come_whenever_it_is_connected_and_are_never_live() -> None:
    of = patient()
    simulator, driver = spot_simulator(of, 3), PROTOCOLS["nonin-df13"].driver(Options())
    for expected in (2, 4):
        assert numbers(driver.receive(simulator.emit(1), at(expected)), SPO2) == []
        assert driver.counts.frames == expected
        simulator.connecting = True


def test_no_spot_check_is_made_without_a_finger_and_none_succeeds_without_a_pulse() -> None:
    off = patient(PatientEvent(at_s=0, probe=Probe.OFF))
    lost = patient(PatientEvent(at_s=0, pulse=Pulse.LOST))
    for of, frames in ((off, 2), (lost, 5)):
        conversation = joined("nonin-df13", of)
        assert numbers(conversation.run(61), SPO2) == []
        assert conversation.driver.counts.frames == frames


def test_text_has_a_heading_whenever_it_is_switched_on() -> None:
    simulator = text_simulator(patient(), 3)
    first = simulator.emit(1)
    assert first.startswith(b"11/21/26 08:00:00\r\nSPO2=")
    assert simulator.emit(2).startswith(b"SPO2=")
    simulator.connecting = True
    assert simulator.emit(2) == b"11/21/26 08:00:00\r\n"


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    for name in PACED:
        often, seldom = paced(name, patient(*PROBE_OFF)), paced(name, patient(*PROBE_OFF))
        assert b"".join(often.emit(step * 0.02) for step in range(2001)) == seldom.emit(40)


def test_a_record_comes_each_second_and_none_twice() -> None:
    simulator = display_simulator(Df8Frame, patient(), 3)
    assert simulator.emit(0.99) == b""
    assert len(simulator.emit(1)) == 4
    assert simulator.emit(1.5) == simulator.emit(0.2) == b""
    assert len(simulator.emit(61)) == 240


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulator = display_simulator(Df1Frame, patient(), 3)
    simulator.receive(b"\x02\x70\x02\x02\x08\x03")
    assert simulator.heard == 6
    assert simulator.emit(9) == display_simulator(Df1Frame, patient(), 3).emit(9)


@pytest.mark.parametrize("name", PACED)
def test_a_worn_cable_flips_one_bit_of_every_so_many_bytes(name: str) -> None:
    good, worn = paced(name, patient()), paced(name, patient())
    worn.corrupt_every = 7
    pairs = list(zip(good.emit(60), worn.emit(60), strict=True))
    changed = [place for place, (one, other) in enumerate(pairs, 1) if one != other]
    assert changed == list(range(7, len(pairs) + 1, 7))
    assert {(one ^ other).bit_count() for one, other in pairs} == {0, 1}


@pytest.mark.parametrize("name", ["nonin-df13", "nonin-text"])
def test_what_is_worn_is_counted(name: str) -> None:
    conversation = joined(name, patient())
    simulator = conversation.simulator
    assert isinstance(simulator, RecordSimulator)
    simulator.corrupt_every = 50
    conversation.run(121)
    counts = conversation.driver.finish()
    assert counts.frames > 0
    assert counts.bad_frames > 0
    assert counts.discarded_bytes > 0


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("name", ["nonin-df2", "nonin-df7", "nonin-df13", "nonin-text", "nonin"])
def test_nonin_finds_whatever_format_is_simulated(name: str, wire: str) -> None:
    conversation = joined(name, patient(), wire, by="nonin")
    values = [value for value in numbers(conversation.run(62), SPO2) if value is not None]
    assert values
    assert 96 <= min(values) <= max(values) <= 100


@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_nonin_finds_format_8_on_a_line_that_is_live(wire: str) -> None:
    found = joined("nonin-df8", patient(), wire, by="nonin").run(10)
    assert len(numbers(found, SPO2)) >= 8


def test_nonin_never_finds_format_1() -> None:
    assert joined("nonin-df1", patient(), by="nonin").run(60) == []
