from __future__ import annotations

import pytest
from contec_packets import (
    GOOD,
    NEW,
    NEW_65,
    NEW_ERROR,
    NEW_INDEX,
    NEW_PACKETS,
    OLD,
    OLD_DROPPING,
    OLD_FAST,
    OLD_OUT,
    OLD_PACKETS,
    SHAPES,
)
from damage import captured
from hypothesis import given
from hypothesis import strategies as st

from devices.contec.framing import Frame, FrameDecoder, Shape
from devices.contec.newer import MISSING_INDEX, NewFrame, packed, unpacked
from devices.contec.wire import MISSING_RATE, MISSING_SPO2, OldFrame

FOUR_BITS, SEVEN_BITS, BYTES = st.integers(0, 15), st.integers(0, 127), st.integers(0, 255)
SATURATIONS = st.one_of(st.integers(0, 100), st.just(MISSING_SPO2))
SHOWN = {
    "beep": st.booleans(),
    "dropping": st.booleans(),
    "finger_out": st.booleans(),
    "strength": FOUR_BITS,
    "pleth": SEVEN_BITS,
    "searching": st.booleans(),
    "probe_error": st.booleans(),
    "bar": FOUR_BITS,
    "pulse_rate": BYTES,
    "spo2": SATURATIONS,
}
OLD_FRAMES = st.builds(OldFrame, **SHOWN)
NEW_FRAMES = st.builds(
    NewFrame, **SHOWN, index_flag=st.booleans(), perfusion_index=st.integers(0, 0xFFFF)
)


def decoded(shape: Shape, data: bytes) -> tuple[list[Frame], tuple[int, int, int]]:
    decoder = FrameDecoder(shape)
    decoder.feed(data)
    frames = []
    while (frame := decoder.next_frame()) is not None:
        frames.append(frame)
    decoder.finish()
    return frames, (decoder.frames, decoder.bad_frames, decoder.discarded_bytes)


def new(data: bytes) -> NewFrame:
    frame = NewFrame.parse(data)
    assert frame is not None
    return frame


def old(data: bytes) -> OldFrame:
    frame = OldFrame.parse(data)
    assert frame is not None
    return frame


@given(OLD_FRAMES)
def test_an_old_frame_survives_the_wire(frame: OldFrame) -> None:
    assert OldFrame.WHOLE.fullmatch(frame.to_bytes())
    assert OldFrame.parse(frame.to_bytes()) == frame


@given(NEW_FRAMES)
def test_a_new_frame_survives_the_wire(frame: NewFrame) -> None:
    assert NewFrame.WHOLE.fullmatch(frame.to_bytes())
    assert NewFrame.parse(frame.to_bytes()) == frame


@pytest.mark.parametrize("packet", OLD_PACKETS)
def test_an_old_packet_is_written_back_to_the_letter(packet: bytes) -> None:
    assert old(packet).to_bytes() == packet


@pytest.mark.parametrize("packet", NEW_PACKETS)
def test_a_new_packet_is_written_back_to_the_letter(packet: bytes) -> None:
    assert new(packet).to_bytes() == packet


def test_the_recorded_packets_are_read() -> None:
    first, second = new(NEW), new(NEW_65)
    assert (first.strength, first.pleth, first.bar) == (4, 19, 2)
    assert (first.pulse_rate, first.spo2, first.perfusion_index) == (60, 99, MISSING_INDEX)
    assert (second.strength, second.pleth, second.bar) == (5, 51, 6)
    assert (second.pulse_rate, second.spo2) == (65, 97)


def test_high_bits_travel_in_the_second_byte() -> None:
    frame = new(NEW_INDEX)
    assert (frame.beep, frame.strength, frame.pleth, frame.bar) == (True, 6, 85, 9)
    assert (frame.pulse_rate, frame.spo2, frame.perfusion_index) == (172, 99, 425)


def test_the_index_flag_is_set_with_and_without_an_index() -> None:
    assert new(NEW).index_flag
    assert new(NEW_INDEX).index_flag


def test_a_probe_error_of_the_newer_device_is_read() -> None:
    frame = new(NEW_ERROR)
    assert frame.probe_error
    assert (frame.pulse_rate, frame.spo2) == (MISSING_RATE, MISSING_SPO2)
    assert frame.perfusion_index == MISSING_INDEX


def test_an_old_packet_is_read() -> None:
    frame = old(OLD)
    assert (frame.beep, frame.strength, frame.pleth, frame.bar) == (True, 6, 50, 7)
    assert (frame.pulse_rate, frame.spo2) == (72, 97)


def test_a_rate_above_127_has_its_highest_bit_in_the_third_byte() -> None:
    assert (old(OLD_FAST).pulse_rate, old(OLD_FAST).spo2) == (172, 99)


def test_a_finger_that_is_out_is_read() -> None:
    frame = old(OLD_OUT)
    assert (frame.finger_out, frame.searching, frame.probe_error) == (True, True, False)
    assert (frame.pulse_rate, frame.spo2) == (127, MISSING_SPO2)


def test_a_saturation_that_drops_is_no_fault() -> None:
    frame = old(OLD_DROPPING)
    assert frame.dropping
    assert (frame.finger_out, frame.searching, frame.probe_error) == (False, False, False)
    assert (frame.pulse_rate, frame.spo2) == (60, 88)


@pytest.mark.parametrize("pleth", [0, 100, 127])
def test_the_pleth_has_seven_bits(pleth: int) -> None:
    assert old(bytes((0x80, pleth, 0x0F, 72, 97))).pleth == pleth
    assert new(packed(1, bytes((0, 0x80 | pleth, 0, 72, 97, 0, 0)))).pleth == pleth


@given(st.integers(0, 127), st.binary(min_size=7, max_size=7))
def test_seven_bytes_survive_being_packed(kind: int, data: bytes) -> None:
    wire = packed(kind, data)
    assert wire[0] == kind
    assert min(wire[1:]) >= 0x80
    assert unpacked(wire) == data


@pytest.mark.parametrize("spo2", [101, 126])
def test_a_saturation_beyond_all_blood_is_a_bad_frame(spo2: int) -> None:
    assert decoded(OldFrame, bytes((0x80, 0, 0, 72, spo2)))[1] == (0, 1, 5)
    assert decoded(NewFrame, packed(1, bytes((0, 0, 0, 72, spo2, 0, 0))))[1] == (0, 1, 9)


@pytest.mark.parametrize("spo2", [0, 100, 127])
def test_the_outermost_saturations_are_frames(spo2: int) -> None:
    assert decoded(OldFrame, bytes((0x80, 0, 0, 72, spo2)))[1] == (1, 0, 0)
    assert decoded(NewFrame, packed(1, bytes((0, 0, 0, 72, spo2, 0, 0))))[1] == (1, 0, 0)


@pytest.mark.parametrize("kind", [0x00, 0x09, 0x0C, 0x0D, 0x0F])
@pytest.mark.parametrize("length", [2, 8, 9, 14])
def test_packets_of_other_types_are_passed_over(kind: int, length: int) -> None:
    other = bytes((kind, *[0x80] * (length - 1)))
    frames, counts = decoded(NewFrame, NEW + other + NEW_65)
    assert frames == [new(NEW), new(NEW_65)]
    assert counts == (2, 0, length)


@pytest.mark.parametrize("length", range(1, 9))
def test_a_short_run_is_passed_over(length: int) -> None:
    assert decoded(NewFrame, NEW[:length] + NEW_65) == ([new(NEW_65)], (1, 0, length))


@pytest.mark.parametrize("length", range(1, 5))
def test_a_short_packet_of_the_older_device_is_passed_over(length: int) -> None:
    assert decoded(OldFrame, OLD[:length] + OLD_FAST) == ([old(OLD_FAST)], (1, 0, length))


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_a_stream_that_begins_within_a_packet_is_found(shape: Shape, packet: bytes) -> None:
    for slip in range(1, len(packet)):
        frames, counts = decoded(shape, packet[slip:] + packet * 2)
        assert frames == [shape.parse(packet)] * 2
        assert counts == (2, 0, len(packet) - slip)


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_every_surplus_byte_is_discarded(shape: Shape, packet: bytes) -> None:
    surplus = packet[-1:]
    frames, counts = decoded(shape, packet + surplus + packet)
    assert len(frames) == 2
    assert counts == (2, 0, 1)


@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.binary(max_size=300))
def test_every_byte_is_in_a_frame_or_discarded(shape: Shape, data: bytes) -> None:
    frames, (count, _, discarded) = decoded(shape, data)
    assert len(frames) == count
    assert count * shape.BYTES + discarded == len(data)


def test_the_captures_hold_every_packet() -> None:
    assert captured("contec", "new-packets") == b"".join(NEW_PACKETS)
    assert captured("contec", "old-packets") == b"".join(OLD_PACKETS)
