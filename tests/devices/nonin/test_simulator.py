from __future__ import annotations

import pytest
from nonin_packets import SHAPES, items, pairs, waves

from devices.nonin.framing import FrameDecoder
from devices.nonin.packet import MISSING_RATE, MISSING_SPO2, Packet, PacketAssembler
from devices.nonin.simulator import NoninSimulator
from devices.nonin.wire import Df2Frame, Shape, Status
from devices.simulated.patient import Patient
from devices.simulated.rows import (
    Motion,
    PatientEvent,
    PatientRow,
    Perfusion,
    Probe,
    Pulse,
)
from vitals.reading import Quality, Reading

CHILD = PatientRow("Stue 1", "4y", 98, 118)
PROBE_OFF = [
    PatientEvent(at_s=4.1, probe=Probe.OFF),
    PatientEvent(at_s=5, spo2=88, pulse_rate=150),
    PatientEvent(at_s=18.1, probe=Probe.ON),
]
NO_SENSOR = Status.SNSA | Status.SNSD


def simulator(shape: Shape, *events: PatientEvent, seed: int = 1) -> NoninSimulator:
    return NoninSimulator(shape, Patient(CHILD, events, seed=seed), seed)


def sent(shape: Shape, simulated: NoninSimulator, seconds: float) -> list[Packet]:
    """Return the packets of the first seconds, as frames that were not lost on the way."""
    decoder, assembler = FrameDecoder(shape), PacketAssembler()
    found = []
    for step in range(1, round(seconds * 3) + 1):
        decoder.feed(simulated.emit(step / 3))
        while (frame := decoder.next_frame()) is not None:
            packet = assembler.add(frame, decoder.discarded_bytes)
            found += [packet] if packet else []
    assert decoder.bad_frames == decoder.discarded_bytes == 0
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_the_driver_reads_what_the_patient_has(shape: Shape) -> None:
    events = [
        PatientEvent(at_s=5, spo2=84, over_s=10),
        PatientEvent(at_s=8, pulse_rate=171, over_s=10),
    ]
    patient = Patient(CHILD, events, seed=3)
    found = pairs(items(shape, NoninSimulator(shape, patient, 3).emit(30)))
    states = [patient.at(packet / 3) for packet in range(90)]
    assert found == [(round(state.spo2), round(state.pulse_rate)) for state in states]
    assert min(found)[0] == 84
    assert max(rate for _, rate in found if rate) > 165


@pytest.mark.parametrize("shape", SHAPES)
def test_the_pleth_is_the_patients_at_full_scale(shape: Shape) -> None:
    patient = Patient(CHILD, seed=3)
    found = waves(items(shape, NoninSimulator(shape, patient, 3).emit(4)))
    samples = [sample for block in found for sample in block]
    wave = [patient.pleth(frame / 75) or 0 for frame in range(300)]
    assert samples == [round(shape.FULL_SCALE * share) for share in wave]
    assert all(0 <= sample <= shape.FULL_SCALE for sample in samples if sample is not None)


@pytest.mark.parametrize("shape", SHAPES)
def test_seventy_five_frames_come_each_second(shape: Shape) -> None:
    simulated = simulator(shape)
    assert simulated.emit(0) == b""
    assert len(simulated.emit(1)) == 375
    assert len(simulated.emit(1.009)) == 0
    assert len(simulated.emit(1.014)) == 5
    assert simulated.emit(1.014) == simulated.emit(0.5) == b""
    assert len(simulated.emit(61)) == 60 * 375 - 5


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    often, seldom = simulator(Df2Frame, *PROBE_OFF), simulator(Df2Frame, *PROBE_OFF)
    assert b"".join(often.emit(step * 0.02) for step in range(1001)) == seldom.emit(20)


def test_another_seed_is_another_stream() -> None:
    assert simulator(Df2Frame, seed=1).emit(2) != simulator(Df2Frame, seed=2).emit(2)


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = simulator(Df2Frame)
    simulated.receive(b"\x02\x70\x02\x02\x07\x03")
    assert simulated.heard == 6
    assert simulated.emit(2) == simulator(Df2Frame).emit(2)


@pytest.mark.parametrize("shape", SHAPES)
def test_held_numbers_are_sent_for_ten_seconds_after_the_finger_has_gone(shape: Shape) -> None:
    packets = sent(shape, simulator(shape, *PROBE_OFF), 18)
    off = [packet.numbers for packet in packets if packet.statuses[0] & NO_SENSOR]
    assert all(numbers.spo2 == MISSING_SPO2 and numbers.hr == MISSING_RATE for numbers in off)
    held = [n for n in off if (n.spo2_d, n.hr_d) != (MISSING_SPO2, MISSING_RATE)]
    assert len(held) == 30
    assert held == off[:30]
    assert {(n.spo2_d, n.hr_d) for n in held} == {(held[0].spo2_d, held[0].hr_d)}
    assert 97 <= held[0].spo2_d <= 99
    assert held[0].e_spo2_d != MISSING_SPO2


@pytest.mark.parametrize("shape", SHAPES)
def test_no_held_number_reaches_a_reading(shape: Shape) -> None:
    found = items(shape, simulator(shape, *PROBE_OFF).emit(22))
    readings = [item for item in found if isinstance(item, Reading)]
    qualities = [reading.quality for reading in readings[::2]]
    # Off within packet 12, on again within packet 54: both still hold frames without a sensor.
    invalid = [Quality.INVALID] * (54 - 12 + 1)
    assert qualities == [Quality.VALID] * 12 + invalid + [Quality.VALID] * 11
    assert {reading.value for reading in readings if reading.quality is Quality.INVALID} == {None}
    assert pairs(found)[-1][0] == pytest.approx(88, abs=1)


def test_a_lost_pulse_is_missing_and_out_of_track() -> None:
    events = [PatientEvent(at_s=2, pulse=Pulse.LOST), PatientEvent(at_s=4, pulse=Pulse.FOUND)]
    packets = sent(Df2Frame, simulator(Df2Frame, *events), 6)
    lost = packets[6:12]
    assert {packet.status for packet in lost} == {Status.ALWAYS | Status.OOT | Status.SYNC}
    assert {(p.numbers.spo2, p.numbers.hr) for p in lost} == {(MISSING_SPO2, MISSING_RATE)}
    assert {p.numbers.spo2_d for p in lost} == {MISSING_SPO2}
    assert not packets[5].status & Status.OOT
    assert packets[12].numbers.spo2 == pytest.approx(98, abs=1)


def test_movement_marks_artefacts_and_leaves_the_numbers_in_doubt() -> None:
    events = [PatientEvent(at_s=2, motion=Motion.ON), PatientEvent(at_s=4, motion=Motion.OFF)]
    packets = sent(Df2Frame, simulator(Df2Frame, *events), 6)
    moving = [status for packet in packets[6:12] for status in packet.statuses]
    assert all(status & Status.OOT for status in moving)
    in_pulse = [bool(status & Status.GPRF) for status in moving]
    assert [bool(status & Status.ARTF) for status in moving] == in_pulse
    assert any(in_pulse)
    assert not all(in_pulse)
    assert not any(packet.status & Status.ARTF for packet in packets[:6] + packets[12:])


@pytest.mark.parametrize(
    ("perfusion", "code"),
    [
        (Perfusion.GOOD, Status.GPRF),
        (Perfusion.MARGINAL, Status.RPRF | Status.GPRF),
        (Perfusion.LOW, Status.RPRF),
    ],
)
def test_the_perfusion_code_stands_for_twelve_frames_a_beat(
    perfusion: Perfusion, code: Status
) -> None:
    patient = Patient(PatientRow("Stue 1", "4y", 98, 118, perfusion), seed=1)
    packets = sent(Df2Frame, NoninSimulator(Df2Frame, patient), 60)
    codes = [s & (Status.RPRF | Status.GPRF) for p in packets for s in p.statuses]
    assert set(codes) == {0, code}
    onsets = [frame for frame in range(1, len(codes)) if codes[frame] and not codes[frame - 1]]
    assert len(onsets) == int(patient.beats(59.99))
    assert all(all(codes[frame : frame + 12]) for frame in onsets[:-1])
    assert not any(codes[frame + 12] for frame in onsets[:-1])


def test_the_timer_counts_packets_and_reserved_bits_move() -> None:
    packets = sent(Df2Frame, simulator(Df2Frame), 10)
    assert [packet.numbers.tmr for packet in packets] == list(range(30))
    decoder = FrameDecoder(Df2Frame)
    decoder.feed(simulator(Df2Frame).emit(10))
    frames = [frame for _ in range(750) if (frame := decoder.next_frame()) is not None]
    assert len({frame.number for frame in frames[4::25]}) > 10
    assert len({frame.number & 0x7C for frame in frames[0::25]}) > 10
    assert {packet.numbers.hr for packet in packets} <= set(range(115, 122))
