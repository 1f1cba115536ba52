from __future__ import annotations

import time
from random import Random

import pytest
from capnostream_bytes import BREATHING, VECTORS, decoded
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostream.envelope import sealed
from devices.capnostream.numerics import Numerics
from devices.capnostream.wire import Identity, Wave

LINE_RATE = 11_520
"""Bytes a second that 115200 baud can carry."""
STREAM = b"".join(data for data, _ in VECTORS.values())
STREAMS = st.lists(
    st.one_of(st.binary(max_size=12), st.sampled_from([data for data, _ in VECTORS.values()]))
).map(b"".join)


def counted(data: bytes) -> tuple[int, int, int]:
    decoder = decoded(data)[1]
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_all_vectors_in_a_row_are_read() -> None:
    assert decoded(STREAM)[0] == [message for _, message in VECTORS.values()]
    assert counted(STREAM) == (len(VECTORS), 0, 0)


def test_bytes_between_messages_are_skipped_and_counted() -> None:
    one, two = VECTORS["escaped sum"], VECTORS["line off"]
    data = b"\x00\x80\x05" + one[0] + b"\x80\x80hello" + two[0]
    assert decoded(data)[0] == [one[1], two[1]]
    assert counted(data) == (2, 0, 10)


def test_a_damaged_capture_is_counted_as_it_says() -> None:
    assert counted(STREAM[:8] + b"\x8f") == (0, 1, 9)


@pytest.mark.parametrize("name", VECTORS)
def test_a_message_cut_at_any_byte_is_discarded_and_costs_no_following_one(name: str) -> None:
    data, _ = VECTORS[name]
    for length in range(len(data)):
        assert counted(data[:length]) == (0, 0, length)
        assert decoded(data[:length] + BREATHING.to_bytes())[0] == [BREATHING]
        assert counted(data[:length] + BREATHING.to_bytes()) == (1, 0, length)


@pytest.mark.parametrize("name", VECTORS)
def test_a_lost_byte_costs_no_following_message(name: str) -> None:
    data, _ = VECTORS[name]
    for place in range(len(data)):
        cut = data[:place] + data[place + 1 :]
        assert decoded(cut + BREATHING.to_bytes())[0] == [BREATHING]


@pytest.mark.parametrize("portion", [1, 3])
@given(data=STREAMS)
def test_portions_make_no_difference(portion: int, data: bytes) -> None:
    whole, counts = decoded(data)
    cut, decoder = decoded(data, portion)
    assert cut == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


@given(data=STREAMS)
def test_every_byte_is_in_a_message_or_discarded(data: bytes) -> None:
    found, decoder = decoded(data)
    assert decoder.frames == len(found)
    kept = sum(len(m.to_bytes()) for m in found if isinstance(m, Wave | Numerics | Identity))
    if all(isinstance(m, Wave | Numerics | Identity) for m in found):
        assert kept + decoder.discarded_bytes == len(data)


@given(st.lists(st.tuples(st.integers(5, 255), st.binary(max_size=254))))
def test_every_byte_of_messages_that_are_not_kept_is_in_one(
    messages: list[tuple[int, bytes]],
) -> None:
    assert counted(b"".join(sealed(*one) for one in messages)) == (len(messages), 0, 0)


def test_noise_holds_no_measurement() -> None:
    found, decoder = decoded(Random(1).randbytes(1 << 20))
    assert [one for one in found if isinstance(one, Wave | Numerics | Identity)] == []
    assert decoder.frames < 50


def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it() -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)
