from __future__ import annotations

import time
from random import Random

import pytest
from damage import WHOLE
from hypothesis import given
from hypothesis import strategies as st
from phasein_frames import BAD_SUM, VECTORS

from devices.phasein.wire import HIGHEST, MARK, NO_DATA, Frame, FrameDecoder, Status

LINE_RATE = 960
"""Bytes a second that 9600 baud can carry."""
SIZE = 1 << 17
STREAM = b"".join(VECTORS.values())

WORDS = st.one_of(st.just(NO_DATA), st.integers(0, HIGHEST))
WHOLE_PERCENT = st.one_of(st.just(0xFF), st.integers(0, 105))
SLOW = st.tuples(st.binary(min_size=6, max_size=6), WHOLE_PERCENT, WHOLE_PERCENT).map(
    lambda found: bytes((found[0][0], found[1], *found[0][2:4], found[2], found[0][5]))
)
SENT = st.builds(
    Frame,
    st.integers(0, 9),
    st.integers(0, 255).map(Status),
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    SLOW,
)
PARTS = st.lists(st.one_of(st.binary(max_size=12), st.sampled_from(list(VECTORS.values()))))


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Frame], FrameDecoder]:
    decoder = FrameDecoder()
    frames: list[Frame] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (frame := decoder.next_frame()) is not None:
            frames.append(frame)
    decoder.finish()
    return frames, decoder


def counted(data: bytes, portion: int = 1024) -> tuple[int, int, int]:
    _, decoder = decoded(data, portion)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_the_sum_over_all_but_the_mark_is_a_multiple_of_256() -> None:
    for data in VECTORS.values():
        assert sum(data[2:]) % 256 == 0


@given(SENT)
def test_any_frame_survives_the_wire(frame: Frame) -> None:
    assert Frame.parse(frame.to_bytes()) == frame
    assert decoded(frame.to_bytes())[0] == [frame]


def test_a_bad_sum_is_counted_and_dropped() -> None:
    assert counted(BAD_SUM) == (0, 1, 21)
    assert counted(BAD_SUM + STREAM) == (6, 1, 21)


@pytest.mark.parametrize("field", range(5))
@pytest.mark.parametrize(("word", "good"), [(10500, 1), (10501, 0), (0xFFFE, 0), (0xFFFF, 1)])
def test_more_than_105_per_cent_drops_the_frame(field: int, word: int, good: int) -> None:
    words = [0, 0, 0, 0, 0]
    words[field] = word
    co2, n2o, agent1, agent2, oxygen = words
    data = Frame(7, Status(0), co2, n2o, agent1, agent2, oxygen, bytes(6)).to_bytes()
    assert counted(data) == (good, 1 - good, 21 - 21 * good)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("byte", [1, 4])
@pytest.mark.parametrize(("value", "good"), [(105, 1), (106, 0), (254, 0), (255, 1)])
def test_more_than_105_per_cent_in_the_slow_data_drops_the_frame(
    number: int, byte: int, value: int, good: int
) -> None:
    slow = bytearray(6)
    slow[byte] = value
    data = Frame(number, Status(0), 0, 0, 0, 0, 0, bytes(slow)).to_bytes()
    assert counted(data) == (good, 1 - good, 21 - 21 * good)


def test_what_is_no_concentration_may_be_more_than_105() -> None:
    data = Frame(5, Status(0), 0, 0, 0, 0, 0, bytes.fromhex("ff fe 99 99 fe fe")).to_bytes()
    assert counted(data) == (1, 0, 0)


def test_an_id_above_9_drops_the_frame() -> None:
    assert counted(Frame(9, Status(0), 0, 0, 0, 0, 0, bytes(6)).to_bytes()) == (1, 0, 0)
    assert counted(Frame(10, Status(0), 0, 0, 0, 0, 0, bytes(6)).to_bytes()) == (0, 1, 21)


def test_the_mark_may_stand_within_a_frame() -> None:
    within = Frame(6, Status(0), 0, 0, 0, 0, 0, MARK * 3)
    assert decoded(within.to_bytes() * 3)[0] == [within] * 3
    late, decoder = decoded(within.to_bytes()[2:] + STREAM)
    assert len(late) == 6
    assert decoder.discarded_bytes == 19


def test_a_mark_that_is_none_costs_no_frame_behind_it() -> None:
    frames, decoder = decoded(MARK + b"\x01" + STREAM)
    assert len(frames) == 6
    assert (decoder.bad_frames, decoder.discarded_bytes) == (1, 3)


def test_the_first_byte_of_a_mark_may_be_the_last_that_has_come() -> None:
    for noise in (b"", b"\x00", b"\xaa", bytes(30), b"\x55\xaa"):
        frames, _ = decoded(noise + STREAM, 1)
        assert len(frames) == 6


def test_a_frame_cut_at_any_byte_costs_no_frame_behind_it() -> None:
    for data in VECTORS.values():
        for place in range(21):
            assert counted(data[:place]) == (0, 0, place)
            frames, _ = decoded(data[:place] + STREAM)
            assert len(frames) == 6


def test_no_flipped_bit_makes_another_frame() -> None:
    for data in VECTORS.values():
        for bit in range(len(data) * 8):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            assert decoded(bytes(flipped))[0] == []


@given(PARTS)
def test_every_byte_is_in_a_frame_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    frames, decoder = decoded(data)
    assert decoder.frames == len(frames)
    assert decoder.frames * 21 + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=PARTS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert decoded(data, portion)[0] == decoded(data)[0]
    assert counted(data, portion) == counted(data)


def test_a_megabyte_at_once_leaves_no_more_than_the_buffer_holds() -> None:
    data = Random(1).randbytes(1 << 20)
    _, decoder = decoded(data, WHOLE)
    assert decoder.frames * 21 + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("data", [Random(1).randbytes(SIZE), bytes(SIZE), MARK * (SIZE // 2)])
def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it(data: bytes) -> None:
    before = time.process_time()
    decoded(data)
    assert time.process_time() - before < len(data) / (20 * LINE_RATE)
