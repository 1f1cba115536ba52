from __future__ import annotations

import time
from random import Random

import pytest
from healthypi_frames import (
    BLOCK_5,
    ECG_BLOCK_5,
    GOOD_4,
    GOOD_5,
    LEADS_OFF_4,
    MARKS_INSIDE_4,
    PPG_5,
    SAMPLE_4,
    SAMPLE_5,
    VECTORS,
    VERSIONS,
)
from hypothesis import given
from hypothesis import strategies as st

from devices.healthypi.stream import FrameDecoder
from devices.healthypi.wire import (
    VERSION_4,
    VERSION_5,
    EcgBlock5,
    Frame,
    PpgBlock5,
    Sample4,
    Sample5,
    Shapes,
    framed,
)

LINE_RATE = 11520
"""Bytes a second that 115200 baud can carry."""
INT16, INT32 = st.integers(-(1 << 15), (1 << 15) - 1), st.integers(-(1 << 31), (1 << 31) - 1)
BYTE, WORD = st.integers(0, 255), st.integers(0, 0xFFFF)
FRAMES_4 = st.builds(Sample4, INT16, INT16, INT32, INT32, WORD, BYTE, BYTE, BYTE, BYTE)
FRAMES_5 = st.one_of(
    st.builds(Sample5, INT32, INT32, BYTE, INT32, INT32, WORD, BYTE, BYTE, BYTE),
    st.builds(EcgBlock5, st.tuples(*[INT32] * 8), st.tuples(*[INT32] * 4), BYTE, BYTE),
    st.builds(PpgBlock5, st.tuples(*[WORD] * 8), BYTE),
)
PIECES = [b"\x0a", b"\x0a\xfa", b"\x0a\xfa\x14\x00\x02", b"\x0a\xfa\x32\x00\x03", b"\x00\x0b"]
STREAMS = st.lists(
    st.one_of(st.binary(max_size=40), st.sampled_from([*PIECES, *(data for _, data in VECTORS)])),
    max_size=8,
)


def decoded(shapes: Shapes, data: bytes, portion: int = 1024) -> tuple[list[Frame], FrameDecoder]:
    decoder = FrameDecoder(shapes)
    found: list[Frame] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (frame := decoder.next_frame()) is not None:
            found.append(frame)
    return found, decoder


def counted(shapes: Shapes, data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(shapes, data)
    while decoder.waiting:
        decoder.give_up()
        while decoder.next_frame() is not None:
            pass
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_a_sample_of_version_4_is_read_and_written() -> None:
    assert decoded(VERSION_4, GOOD_4)[0] == [SAMPLE_4]
    assert SAMPLE_4.to_bytes() == GOOD_4


def test_a_sample_without_leads_is_read() -> None:
    sample = Sample4(0, 0, 65536, 65536, 3652, 0, 0, 0, 0x1F)
    assert decoded(VERSION_4, LEADS_OFF_4)[0] == [sample]
    assert sample.to_bytes() == LEADS_OFF_4


def test_marks_within_a_payload_are_only_bytes() -> None:
    assert decoded(VERSION_4, MARKS_INSIDE_4)[0] == [
        Sample4(-1526, 0, 184613386, 0, 2570, 10, 0, 11, 0)
    ]
    assert counted(VERSION_4, MARKS_INSIDE_4 * 3) == (3, 0, 0)


def test_a_sample_of_version_5_is_read_and_written() -> None:
    assert decoded(VERSION_5, GOOD_5)[0] == [SAMPLE_5]
    assert SAMPLE_5.to_bytes() == GOOD_5


def test_red_comes_before_infrared_in_version_5_alone() -> None:
    assert (SAMPLE_4.ir, SAMPLE_4.red) == (1234567, 1100000)
    assert (SAMPLE_5.red, SAMPLE_5.ir) == (512000, 498000)


def test_a_block_of_version_5_is_read_and_written() -> None:
    assert decoded(VERSION_5, ECG_BLOCK_5)[0] == [BLOCK_5]
    assert BLOCK_5.to_bytes() == ECG_BLOCK_5


def test_a_block_of_pleth_is_read_whatever_its_temperature() -> None:
    data = bytearray(PPG_5.to_bytes())
    assert len(data) == 26
    data[22:24] = b"\x0e\x0e"
    assert decoded(VERSION_5, bytes(data))[0] == [PPG_5]


@given(FRAMES_4)
def test_a_frame_of_version_4_survives_the_wire(frame: Sample4) -> None:
    assert decoded(VERSION_4, frame.to_bytes())[0] == [frame]
    assert len(frame.to_bytes()) == 27


@given(FRAMES_5)
def test_a_frame_of_version_5_survives_the_wire(frame: Frame) -> None:
    assert decoded(VERSION_5, frame.to_bytes())[0] == [frame]


@pytest.mark.parametrize("data", [GOOD_5, ECG_BLOCK_5, PPG_5.to_bytes()])
def test_version_4_takes_no_frame_of_version_5(data: bytes) -> None:
    assert counted(VERSION_4, data) == (0, 0, len(data))


def test_version_5_takes_no_frame_of_version_4() -> None:
    assert counted(VERSION_5, GOOD_4) == (0, 0, 27)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("kind", "size"),
    [(1, 1), (1, 20), (2, 0), (2, 19), (2, 21), (3, 20), (3, 22), (4, 1), (4, 50), (5, 4), (6, 22)],
)
def test_commands_and_other_lengths_are_no_frames(version: str, kind: int, size: int) -> None:
    data = framed(kind, bytes(size))
    assert counted(VERSIONS[version], data) == (0, 0, len(data))


@pytest.mark.parametrize("place", [25, 26])
def test_a_wrong_end_is_a_bad_frame(place: int) -> None:
    broken = bytearray(GOOD_4)
    broken[place] ^= 0x01
    assert counted(VERSION_4, bytes(broken)) == (0, 1, 27)
    assert counted(VERSION_4, bytes(broken) + GOOD_4) == (1, 1, 27)


@pytest.mark.parametrize("place", range(5))
def test_a_wrong_head_is_no_candidate(place: int) -> None:
    broken = bytearray(GOOD_4)
    broken[place] ^= 0x01
    assert counted(VERSION_4, bytes(broken) + GOOD_4) == (1, 0, 27)


def test_the_trailing_zero_is_no_data() -> None:
    assert GOOD_4[-2:] == b"\x00\x0b"
    assert counted(VERSION_4, GOOD_4[:-2] + b"\x0b") == (0, 0, 26)


def test_a_cut_frame_costs_no_other() -> None:
    for shapes, data in VECTORS:
        for length in range(len(data)):
            found, decoder = decoded(shapes, data[:length] + data * 3)
            assert len(found) == 3
            assert decoder.discarded_bytes == length


def test_a_false_head_of_a_long_frame_is_left_when_no_more_comes() -> None:
    data = ECG_BLOCK_5[:5] + GOOD_5
    found, decoder = decoded(VERSION_5, data)
    assert found == []
    assert decoder.waiting
    assert counted(VERSION_5, data) == (1, 0, 5)


@pytest.mark.parametrize("version", VERSIONS)
@given(parts=STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(version: str, parts: list[bytes]) -> None:
    data = b"".join(parts)
    found, decoder = decoded(VERSIONS[version], data)
    while decoder.waiting:
        decoder.give_up()
        while (frame := decoder.next_frame()) is not None:
            found.append(frame)
    assert sum(len(frame.to_bytes()) for frame in found) + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(version: str, portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(VERSIONS[version], data)
    found, decoder = decoded(VERSIONS[version], data, portion)
    assert found == whole
    assert decoder.bad_frames == counts.bad_frames


@pytest.mark.parametrize("version", VERSIONS)
def test_random_bytes_cost_little_time(version: str) -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(VERSIONS[version], garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
