from __future__ import annotations

import pytest
from conversation import WIRES, Conversation
from suntech_bytes import measured

from devices.contract import Counts
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow
from devices.suntech.driver import SuntechDriver
from devices.suntech.simulator import SuntechSimulator
from devices.suntech.wire import CuffPressure, Inquiry, Request
from vitals.reading import Item, Note, Notes, Quality, Reading

CHILD = PatientRow("Stue 1", "4y", 98, 118, nibp_every_s=60)
EVENTS = [PatientEvent(at_s=70, systolic=71, diastolic=38, over_s=5)]
START = bytes.fromhex("3a20a6")
"""What ak-git's NIBPRequest inflates the cuff with: it must never be written."""
FIRST_S = 35.0
"""When the patient's first measurement is finished; one follows each minute."""


def conversation(wire: str = "whole") -> tuple[Conversation, SuntechSimulator, Patient]:
    patient = Patient(CHILD, EVENTS, seed=3)
    simulator = SuntechSimulator(patient)
    return Conversation(SuntechDriver(), simulator, wire), simulator, patient


def cuff(patient: Patient, at_s: float) -> list[float | None]:
    found = patient.cuff(at_s)
    assert found is not None
    pressures = (found.pressures.systolic, found.pressures.diastolic, found.pressures.mean)
    return [*map(round, pressures), round(found.pulse_rate)]


def said(found: list[Item]) -> list[set[Note]]:
    return [set(item.notes) for item in found if isinstance(item, Notes)]


def test_it_says_nothing_unasked() -> None:
    _, simulator, _ = conversation()
    assert all(simulator.emit(second) == b"" for second in range(300))


def test_it_answers_each_inquiry_once() -> None:
    _, simulator, _ = conversation()
    simulator.receive(Request(Inquiry.RESULT).to_bytes())
    simulator.receive(Request(Inquiry.CUFF_PRESSURE).to_bytes())
    assert [len(simulator.emit(second)) for second in (1, 2)] == [24 + 5, 0]


def test_a_command_to_inflate_is_refused_and_leaves_the_next_inquiry_whole() -> None:
    _, simulator, _ = conversation()
    simulator.receive(START + Request(Inquiry.CUFF_PRESSURE).to_bytes())
    assert simulator.emit(1) == CuffPressure(0).to_bytes()
    assert simulator.refused == len(START)


@pytest.mark.parametrize("wire", WIRES)
def test_each_measurement_of_the_patient_is_published_once(wire: str) -> None:
    talk, _, patient = conversation(wire)
    talk.run(170)
    numbers = [pair for pair in measured(talk.items) if pair[1].usable]
    expected = [cuff(patient, at_s) for at_s in (FIRST_S, FIRST_S + 60, FIRST_S + 120)]
    assert [values for values, _ in numbers] == expected
    assert expected[2][0] == 71


@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_on_a_sound_wire_a_measurement_is_valid_and_a_second_old(wire: str) -> None:
    talk, _, _ = conversation(wire)
    talk.run(100)
    assert [quality for _, quality in measured(talk.items)] == [
        Quality.UNAVAILABLE, Quality.VALID, Quality.VALID,
    ]  # fmt: skip
    delay_s = 2 * talk.back.delay_s
    readings = [item for item in talk.items if isinstance(item, Reading)]
    first = next(item for item in readings if item.quality is Quality.VALID)
    assert FIRST_S <= first.at.monotonic <= FIRST_S + 1 + delay_s


def test_a_measurement_from_before_the_port_was_opened_is_questionable() -> None:
    talk, _, patient = conversation()
    talk.ticks = 500
    talk.run(5)
    assert measured(talk.items) == [(cuff(patient, 50), Quality.QUESTIONABLE)]
    assert said(talk.items) == [{Note.FROM_MEMORY}]


def test_the_cuff_is_said_to_inflate_while_it_does() -> None:
    talk, _, _ = conversation()
    talk.run(34)
    assert said(talk.items)[1:] == [{Note.FROM_MEMORY, Note.CUFF_INFLATING}]
    talk.run(26)
    assert said(talk.items)[-1] == set()


@pytest.mark.parametrize("wire", WIRES)
def test_a_reboot_is_survived(wire: str) -> None:
    talk, simulator, patient = conversation(wire)
    talk.run(60)
    simulator.off = True
    assert measured(talk.run(20)[2:]) == []
    simulator.off = False
    found = measured(talk.run(40))
    assert found[0] == ([None] * 4, Quality.UNAVAILABLE)
    assert found[-1] == (cuff(patient, FIRST_S + 60), Quality.VALID)


def test_a_failed_measurement_has_no_value() -> None:
    talk, simulator, _ = conversation()
    talk.run(60)
    simulator.error = 0x57
    assert measured(talk.run(10)) == [([None] * 4, Quality.INVALID)]


def test_damaged_bytes_publish_nothing_wrong() -> None:
    talk, simulator, patient = conversation()
    simulator.corrupt_every = 31
    talk.run(170)
    right = [cuff(patient, FIRST_S + 60 * minute) for minute in range(3)]
    numbers = [values for values, quality in measured(talk.items) if quality.usable]
    assert numbers == right
    assert talk.driver.counts.bad_frames > 10


def test_a_conversation_never_writes_anything_but_inquiries() -> None:
    talk, simulator, _ = conversation()
    talk.run(120)
    result, pressure = (Request(inquiry).to_bytes() for inquiry in Inquiry)
    assert talk.written == (result + pressure) * 120
    assert simulator.refused == 0
    assert talk.driver.finish() == Counts(240, 0, 0)
