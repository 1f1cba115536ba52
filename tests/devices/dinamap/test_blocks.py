from __future__ import annotations

import time
from random import Random

import pytest
from dinamap_blocks import GROUP, RECORDED, blocks, on_the_wire
from hypothesis import given
from hypothesis import strategies as st

from devices.dinamap.wire import Block, BlockDecoder

LINE_RATE = 1920
"""Bytes a second that 19200 baud can carry."""
TEN_BITS = st.integers(0, 1023)
SAMPLES = st.tuples(TEN_BITS, TEN_BITS, TEN_BITS, TEN_BITS)
BLOCKS = st.builds(
    Block,
    st.integers(0, 199),
    st.integers(0, 255),
    SAMPLES,
    SAMPLES,
    st.binary(min_size=3, max_size=3),
)
STREAMS = st.lists(
    st.one_of(st.binary(max_size=25), st.sampled_from(GROUP), st.just(RECORDED[0][:9])), max_size=8
)


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Block], BlockDecoder]:
    decoder = BlockDecoder()
    found: list[Block] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (block := decoder.next_frame()) is not None:
            found.append(block)
    decoder.finish()
    return found, decoder


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_recorded_blocks_are_read() -> None:
    assert [Block.parse(block) for block in RECORDED] == [
        Block(0, 0x0E, (384, 0, 384, 412), (508, 508, 508, 508), bytes(3)),
        Block(49, 0x01, (384, 0, 384, 471), (509, 509, 508, 509), bytes(3)),
        Block(68, 0x01, (384, 0, 384, 612), (544, 572, 490, 508), bytes.fromhex("7d df 00")),
        Block(150, 0x0A, (384, 0, 384, 419), (507, 508, 507, 508), bytes.fromhex("14 01 0c")),
    ]


@pytest.mark.parametrize("data", RECORDED + GROUP)
def test_a_recorded_block_is_written_as_it_was(data: bytes) -> None:
    block = Block.parse(data)
    assert block is not None
    assert block.to_bytes() == data


@given(BLOCKS)
def test_a_block_survives_the_wire(block: Block) -> None:
    assert Block.parse(block.to_bytes()) == block
    assert len(block.to_bytes()) == 18


def test_a_damaged_sample_fails_the_check() -> None:
    damaged = bytearray(RECORDED[2])
    damaged[8] = 0x24
    assert counted(bytes(damaged)) == (0, 1, 18)


@pytest.mark.parametrize("data", RECORDED)
def test_no_flipped_bit_leaves_a_block(data: bytes) -> None:
    for bit in range(18 * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert Block.parse(bytes(flipped)) is None


def test_the_check_does_not_cover_the_sequence_but_its_complement_does() -> None:
    one, other = (Block(n, 1, (1, 2, 3, 4), (5, 6, 7, 8), bytes(3)).to_bytes() for n in (7, 8))
    assert one[1:17] == other[1:17]
    assert Block.parse(one[:17] + other[17:]) is None


@pytest.mark.parametrize("sequence", [200, 201, 255])
def test_a_sequence_of_two_hundred_or_more_is_no_block_and_no_bad_one(sequence: int) -> None:
    data = bytes((sequence, *GROUP[0][1:17], sequence ^ 0xFF))
    assert Block.parse(data) is None
    assert counted(data) == (0, 0, 18)
    assert counted(GROUP[0] + data) == (1, 0, 18)


def test_the_last_sequence_is_199() -> None:
    assert Block.parse(bytes((199, *GROUP[0][1:17], 199 ^ 0xFF))) is not None


def test_a_damaged_block_counts_once_where_it_was_due() -> None:
    for place in range(1, 18):
        damaged = bytearray(GROUP[1])
        damaged[place] ^= 0x10
        assert counted(GROUP[0] + bytes(damaged) + GROUP[2]) == (2, 1, 18)


def test_at_the_start_only_what_its_sequence_frames_is_a_candidate() -> None:
    assert counted(bytes(18)) == (0, 0, 18)
    assert counted(GROUP[0][5:] + GROUP[1]) == (1, 0, 13)
    assert counted(GROUP[0] + bytes(18)) == (1, 1, 18)


def test_an_unfinished_tail_is_discarded_and_no_bad_block() -> None:
    for length in range(18):
        assert counted(GROUP[0] + GROUP[1][:length]) == (1, 0, length)


@pytest.mark.parametrize("slip", range(1, 18))
def test_a_block_is_found_at_whatever_byte_it_begins(slip: int) -> None:
    found, decoder = decoded(on_the_wire(blocks(20))[slip:])
    assert found == blocks(20)[1:]
    assert decoder.discarded_bytes == 18 - slip


@given(parts=STREAMS)
def test_every_byte_is_in_a_block_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    found, decoder = decoded(data)
    assert decoder.frames == len(found)
    assert decoder.frames * 18 + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(data)
    found, decoder = decoded(data, portion)
    assert found == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


def test_random_bytes_hold_no_block_and_cost_little_time() -> None:
    garbage = Random(1).randbytes(1 << 17)
    before = time.process_time()
    assert decoded(garbage)[0] == []
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
