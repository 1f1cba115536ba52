from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suntech_bytes import BAD_SUM, CUFF_178, NO_LENGTH, RESULT, VECTORS

from devices.suntech.framing import FrameDecoder
from devices.suntech.wire import Reply, parse_reply

LINE_RATE = 960
"""Bytes a second that 9600 baud can carry."""
STREAMS = st.lists(
    st.one_of(st.binary(max_size=12), st.sampled_from([b"\x3e", b"\x3e\x43", *VECTORS.values()]))
)


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Reply], FrameDecoder]:
    decoder = FrameDecoder()
    replies: list[Reply] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (reply := decoder.next_frame()) is not None:
            replies.append(reply)
    return replies + decoder.abandon(), decoder


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_replies_follow_each_other() -> None:
    data = b"".join(VECTORS.values())
    assert decoded(data)[0] == [parse_reply(vector) for vector in VECTORS.values()]
    assert counted(data) == (6, 0, 0)


def test_a_wrong_sum_is_a_bad_frame_and_a_wrong_length_only_junk() -> None:
    assert counted(BAD_SUM) == (0, 1, 5)
    assert counted(NO_LENGTH) == (0, 0, 5)
    assert counted(BAD_SUM + RESULT) == (1, 1, 5)
    assert counted(NO_LENGTH + RESULT) == (1, 0, 5)


def test_an_unfinished_tail_is_discarded_and_no_bad_frame() -> None:
    assert counted(RESULT + RESULT[:10]) == (1, 0, 10)
    assert counted(RESULT + b">") == (1, 0, 1)


def test_a_long_length_that_lies_swallows_nothing() -> None:
    lie = b"\x3e\x43"
    replies, decoder = decoded(lie + RESULT + CUFF_178)
    assert replies == [parse_reply(RESULT), parse_reply(CUFF_178)]
    assert (decoder.bad_frames, decoder.discarded_bytes) == (0, 2)


@given(parts=STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    replies, decoder = decoded(data)
    accepted = sum(len(reply.to_bytes()) for reply in replies)
    assert accepted + decoder.discarded_bytes == len(data)
    assert decoder.frames == len(replies)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(data)
    replies, decoder = decoded(data, portion)
    assert replies == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


@given(st.binary(max_size=300))
def test_after_junk_no_later_reply_is_lost(junk: bytes) -> None:
    replies, _ = decoded(junk.replace(b">", b"") + RESULT + CUFF_178)
    assert replies == [parse_reply(RESULT), parse_reply(CUFF_178)]


@pytest.mark.parametrize("cut", range(len(RESULT)))
def test_a_reply_cut_at_any_byte_costs_only_itself(cut: int) -> None:
    replies, _ = decoded(RESULT[:cut] + CUFF_178 + RESULT)
    assert replies == [parse_reply(CUFF_178), parse_reply(RESULT)]


def test_a_megabyte_at_once_leaves_no_more_than_the_buffer_holds() -> None:
    decoder = FrameDecoder()
    decoder.feed(Random(1).randbytes(1 << 20))
    accepted: list[Reply] = []
    while (reply := decoder.next_frame()) is not None:
        accepted.append(reply)
    accepted += decoder.abandon()
    used = sum(len(reply.to_bytes()) for reply in accepted)
    assert used <= 4096
    assert used + decoder.discarded_bytes == 1 << 20


def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it() -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
