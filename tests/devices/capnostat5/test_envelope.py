from __future__ import annotations

import time
from random import Random

import pytest
from capnostat_frames import BAD_SUM, CUT, VECTORS
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostat5.frame import LONGEST, Frame, FrameDecoder, from_word, word

LINE_RATE = 1920
"""Bytes a second that 19200 baud can carry."""
SIZE = 1 << 17

COMMANDS = st.integers(0x80, 0xFF)
SEVEN_BITS = st.binary(max_size=126).map(lambda data: bytes(byte & 0x7F for byte in data))
STREAMS = st.lists(st.one_of(st.binary(max_size=12), st.sampled_from(list(VECTORS.values()))))


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Frame], FrameDecoder]:
    decoder = FrameDecoder()
    frames: list[Frame] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (frame := decoder.next_frame()) is not None:
            frames.append(frame)
    decoder.finish()
    return frames, decoder


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


@pytest.mark.parametrize("name", VECTORS)
def test_a_known_frame_is_read_and_written_to_the_byte(name: str) -> None:
    ((frame,), decoder) = decoded(VECTORS[name])
    assert frame.to_bytes() == VECTORS[name]
    assert (decoder.frames, decoder.bad_frames, decoder.discarded_bytes) == (1, 0, 0)


def test_the_sum_of_a_whole_frame_is_a_multiple_of_128() -> None:
    assert Frame(0x80, b"\0").to_bytes() == bytes.fromhex("80 02 00 7e")
    assert all(sum(data) % 128 == 0 for data in VECTORS.values())


def test_a_number_is_two_bytes_of_seven_bits() -> None:
    assert from_word(760) == bytes.fromhex("05 78")
    assert word(bytes.fromhex("02 5e")) == 350


@given(COMMANDS, SEVEN_BITS)
def test_any_frame_survives_the_wire(command: int, data: bytes) -> None:
    frame = Frame(command, data)
    assert Frame.parse(frame.to_bytes()) == frame
    assert decoded(frame.to_bytes())[0] == [frame]


@given(st.integers(0, 0x3FFF))
def test_any_number_survives_its_two_bytes(number: int) -> None:
    assert word(from_word(number)) == number


def test_a_bad_checksum_drops_the_whole_frame_and_counts_it() -> None:
    assert counted(BAD_SUM) == (0, 1, 6)
    assert counted(BAD_SUM + VECTORS["wave"]) == (1, 1, 6)


def test_a_byte_with_bit_7_begins_a_frame_even_inside_one() -> None:
    frames, decoder = decoded(CUT)
    assert frames == [Frame(0xC9)]
    assert (decoder.bad_frames, decoder.discarded_bytes) == (0, 4)


def test_a_frame_of_any_command_is_a_frame() -> None:
    assert counted(Frame(0xF2, b"\x01\x02").to_bytes()) == (1, 0, 0)


@pytest.mark.parametrize("data", [b"\x80\x00", b"\x80\x00\x00", b"\x00\x7f", b"\xff\xff\xff"])
def test_what_cannot_be_a_frame_is_discarded_and_no_bad_frame(data: bytes) -> None:
    assert counted(data + VECTORS["stop"]) == (1, 0, len(data))


def test_a_listener_that_joins_within_a_frame_finds_the_next() -> None:
    stream = VECTORS["etco2"] + VECTORS["rate"]
    for place in range(1, 9):
        frames, decoder = decoded(stream[place:])
        assert len(frames) == 1
        assert (decoder.bad_frames, decoder.discarded_bytes) == (0, 9 - place)


def test_a_frame_cut_at_any_byte_costs_itself_alone() -> None:
    for name in ("etco2", "warming-up", "stop"):
        for place in range(len(VECTORS[name])):
            assert counted(VECTORS[name][:place]) == (0, 0, place)
            assert counted(VECTORS[name][:place] + VECTORS["rate"]) == (1, 0, place)


def test_no_flipped_bit_makes_another_frame() -> None:
    for data in VECTORS.values():
        for bit in range(len(data) * 8):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            assert decoded(bytes(flipped))[0] == []


@given(STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    frames, decoder = decoded(data)
    assert decoder.frames == len(frames)
    kept = sum(len(frame.to_bytes()) for frame in frames)
    assert kept + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(data)
    frames, decoder = decoded(data, portion)
    assert frames == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


def test_the_longest_frame_is_read_byte_by_byte() -> None:
    frame = Frame(0xCB, bytes(range(126)))
    assert len(frame.to_bytes()) == LONGEST
    assert decoded(frame.to_bytes(), 1)[0] == [frame]


@pytest.mark.parametrize("data", [Random(1).randbytes(SIZE), bytes(SIZE), b"\xff" * SIZE])
def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it(data: bytes) -> None:
    before = time.process_time()
    decoded(data)
    assert time.process_time() - before < len(data) / (20 * LINE_RATE)
