from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nonin_packets import SHAPES, captured, stream

from devices.nonin.framing import FrameDecoder
from devices.nonin.wire import Df2Frame, Df7Frame, Frame, Shape, Status

LINE_RATE = 960
"""Bytes a second that 9600 baud can carry."""

STATUSES = st.integers(0x80, 0xFF)
BYTES = st.integers(0, 0xFF)
STREAMS = st.lists(st.one_of(st.binary(max_size=12), st.just(stream(Df2Frame, 1)[0][:20])))


def decoded(
    shape: Shape, data: bytes, portion: int = 64
) -> tuple[list[Frame], FrameDecoder[Frame]]:
    decoder: FrameDecoder[Frame] = FrameDecoder(shape)
    frames: list[Frame] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (frame := decoder.next_frame()) is not None:
            frames.append(frame)
    decoder.finish()
    return frames, decoder


def counted(shape: Shape, data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(shape, data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_the_makers_sum_closes_a_frame() -> None:
    assert Df2Frame(0x81, 0x64, 0x00).to_bytes() == bytes.fromhex("01 81 64 00 E6")
    assert Df2Frame(0x80, 0x65, 0x48).to_bytes() == bytes.fromhex("01 80 65 48 2E")
    assert Df7Frame(0xA7, 0x1234, 0x01).to_bytes() == bytes.fromhex("A7 12 34 01 EE")


@given(STATUSES, BYTES, BYTES)
def test_a_format_2_frame_survives_the_wire(status: int, pleth: int, number: int) -> None:
    frame = Df2Frame(status, pleth, number)
    assert Df2Frame.parse(frame.to_bytes()) == frame


@given(STATUSES, st.integers(0, 0xFFFF), BYTES)
def test_a_format_7_frame_survives_the_wire(status: int, pleth: int, number: int) -> None:
    frame = Df7Frame(status, pleth, number)
    assert Df7Frame.parse(frame.to_bytes()) == frame


@pytest.mark.parametrize("name", ["bad-sum-df2", "status-bit-clear-df2"])
def test_the_second_frame_is_refused(name: str) -> None:
    frames, decoder = decoded(Df2Frame, captured(name))
    assert frames == [Df2Frame(0x81, 0x01, 0x00)]
    assert (decoder.frames, decoder.bad_frames, decoder.discarded_bytes) == (1, 1, 5)


def test_status_bits_stand_where_the_maker_put_them() -> None:
    frames, _ = decoded(Df7Frame, captured("rate-above-127-df7"))
    yellow = Status.RPRF | Status.GPRF
    assert frames[0].status == Status.ALWAYS | Status.ARTF | yellow | Status.SYNC
    assert frames[11].status == Status.ALWAYS | Status.ARTF | yellow
    assert frames[12].status == Status.ALWAYS
    frames, _ = decoded(Df2Frame, captured("finger-off-df2"))
    assert frames[1].status == Status.ALWAYS | Status.SNSD | Status.SNSA


def test_format_2_counts_only_what_begins_with_its_start_byte() -> None:
    assert counted(Df2Frame, bytes.fromhex("00 81 01 00 83")) == (0, 0, 5)
    assert counted(Df2Frame, bytes.fromhex("01 81 01 00 84")) == (0, 1, 5)


def test_format_7_counts_whatever_stands_where_a_frame_is_due() -> None:
    good = Df7Frame(0x81, 0x0203, 0x04).to_bytes()
    assert counted(Df7Frame, bytes(5)) == (0, 1, 5)
    assert counted(Df7Frame, good + bytes(5)) == (1, 1, 5)
    assert counted(Df7Frame, good + bytes(5) + good) == (2, 1, 5)
    assert counted(Df7Frame, bytes(5) + good + bytes(5)) == (1, 2, 10)


def test_format_7_counts_elsewhere_only_what_has_its_status_bit() -> None:
    assert counted(Df7Frame, bytes.fromhex("00 00 00 85 00 00 00 00")) == (0, 2, 8)
    assert counted(Df7Frame, bytes.fromhex("00 00 00 05 00 00 00 00")) == (0, 1, 8)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_unfinished_tail_is_discarded_and_no_bad_frame(shape: Shape) -> None:
    data, _ = stream(shape, 1)
    assert counted(shape, data + data[:4]) == (25, 0, 4)


@pytest.mark.parametrize("shape", SHAPES)
@given(parts=STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(shape: Shape, parts: list[bytes]) -> None:
    data = b"".join(parts)
    frames, decoder = decoded(shape, data)
    assert decoder.frames == len(frames)
    assert decoder.frames * 5 + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(shape: Shape, portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(shape, data, 4096)
    frames, decoder = decoded(shape, data, portion)
    assert frames == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("slip", range(1, 5))
def test_a_frame_is_found_at_whatever_byte_it_begins(shape: Shape, slip: int) -> None:
    data, _ = stream(shape, 1)
    frames, decoder = decoded(shape, data[slip:])
    assert len(frames) == 24
    assert decoder.discarded_bytes == 5 - slip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_at_once_leaves_no_more_than_the_buffer_holds(shape: Shape) -> None:
    decoder = FrameDecoder(shape)
    decoder.feed(Random(1).randbytes(1 << 20))
    while decoder.next_frame() is not None:
        pass
    decoder.finish()
    assert decoder.frames * 5 <= 4096
    assert decoder.frames * 5 + decoder.discarded_bytes == 1 << 20


@pytest.mark.parametrize("shape", SHAPES)
def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it(shape: Shape) -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(shape, garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
