from __future__ import annotations

import time
from random import Random

import pytest
from damage import WHOLE
from hypothesis import given
from hypothesis import strategies as st
from medibus_frames import STREWN, VECTORS, decoded

from devices.medibus.wire import Answer, Command, Frame, Octet

LINE_RATE = 1920
"""Bytes a second that 19200 baud can carry."""
PLAIN, PLAIN_ANSWER = VECTORS["plain"]
NOP, NOP_COMMAND = VECTORS["nop"]
STREAM = b"".join(data for data, _ in VECTORS.values())
STREAMS = st.lists(
    st.one_of(st.binary(max_size=12), st.sampled_from([data for data, _ in VECTORS.values()]))
).map(b"".join)


def frames(data: bytes) -> list[Frame]:
    return [one for one in decoded(data)[0] if not isinstance(one, Octet)]


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


@pytest.mark.parametrize("portion", [1, 3, WHOLE])
def test_a_nop_and_realtime_data_inside_an_answer_are_told_apart(portion: int) -> None:
    found, decoder = decoded(STREWN, portion)
    assert [one for one in found if not isinstance(one, Octet)] == [NOP_COMMAND, PLAIN_ANSWER]
    assert [one.value for one in found if isinstance(one, Octet)] == [0xD1, 0x94, 0x81]
    assert (decoder.frames, decoder.bad_frames, decoder.discarded_bytes) == (2, 0, 3)


@pytest.mark.parametrize("octet", [0x80, 0xC6, 0xFF, 0x11, 0x13, 0x18])
def test_octets_stand_anywhere_and_no_sum_counts_them(octet: int) -> None:
    for place in range(len(PLAIN) + 1):
        data = PLAIN[:place] + bytes((octet,)) + PLAIN[place:]
        assert frames(data) == [PLAIN_ANSWER]
        assert counted(data) == (1, 0, 1)


def test_a_command_stands_anywhere_inside_an_answer() -> None:
    for place in range(1, len(PLAIN)):
        assert frames(PLAIN[:place] + NOP + PLAIN[place:]) == [NOP_COMMAND, PLAIN_ANSWER]


def test_a_command_inside_an_answer_has_a_sum_of_its_own() -> None:
    broken = PLAIN[:7] + NOP[:3] + b"6\r" + PLAIN[7:]
    assert frames(broken) == [PLAIN_ANSWER]
    assert counted(broken) == (1, 1, 5)


def test_an_answer_inside_an_answer_drops_the_outer_one() -> None:
    assert frames(PLAIN[:9] + PLAIN) == [PLAIN_ANSWER]
    assert counted(PLAIN[:9] + PLAIN) == (1, 1, 9)


def test_what_was_cut_before_it_could_be_a_frame_is_no_bad_one() -> None:
    assert counted(PLAIN[:4] + PLAIN) == (1, 0, 4)
    assert counted(b"\x01\r\x1b\r") == (0, 0, 4)


def test_a_command_inside_a_command_drops_the_outer_one() -> None:
    assert frames(PLAIN[:7] + NOP[:4] + NOP + PLAIN[7:]) == [NOP_COMMAND, PLAIN_ANSWER]


def test_an_answer_drops_a_command_that_never_ended() -> None:
    assert frames(NOP[:4] + PLAIN) == [PLAIN_ANSWER]


def test_bytes_between_frames_are_skipped_and_counted() -> None:
    assert frames(b"\r\nhello" + PLAIN + b"\r\r" + NOP) == [PLAIN_ANSWER, NOP_COMMAND]
    assert counted(b"\r\nhello" + PLAIN + b"\r\r" + NOP) == (2, 0, 9)


@pytest.mark.parametrize("name", VECTORS)
def test_a_frame_cut_at_any_byte_costs_no_following_one(name: str) -> None:
    data, frame = VECTORS[name]
    for length in range(len(data)):
        assert frames(data[:length]) == []
        assert counted(data[:length]) == (0, 0, length)
        # Behind a cut answer a command counts as embedded, behind a cut command an answer does not.
        for next_data, next_frame in (VECTORS["plain"], VECTORS["nop"]):
            assert frames(data[:length] + next_data) == [next_frame]
    assert frames(data) == [frame]


@pytest.mark.parametrize("name", VECTORS)
def test_a_lost_byte_costs_no_following_frame(name: str) -> None:
    data, _ = VECTORS[name]
    for place in range(len(data)):
        cut = data[:place] + data[place + 1 :]
        assert frames(cut + PLAIN)[-1] == PLAIN_ANSWER
        assert len(frames(cut + PLAIN)) == 1


@pytest.mark.parametrize("portion", [1, 3])
@given(data=STREAMS)
def test_portions_make_no_difference(portion: int, data: bytes) -> None:
    whole, counts = decoded(data)
    cut, decoder = decoded(data, portion)
    assert cut == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


@given(data=STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(data: bytes) -> None:
    found, decoder = decoded(data)
    kept = [one for one in found if isinstance(one, Answer | Command)]
    assert decoder.frames == len(kept)
    assert sum(len(one.to_bytes()) for one in kept) + decoder.discarded_bytes == len(data)


def test_all_vectors_in_a_row_are_read() -> None:
    assert frames(STREAM) == [frame for _, frame in VECTORS.values()]


def test_a_megabyte_of_noise_holds_no_answer_with_data() -> None:
    noise = Random(1).randbytes(1 << 20)
    assert [one for one in frames(noise) if isinstance(one, Answer) and one.data] == []


def test_an_answer_that_never_ends_takes_no_more_than_its_longest_form() -> None:
    assert counted(b"\x01" + b"0" * 10_000 + PLAIN) == (1, 0, 10_001)


def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it() -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
