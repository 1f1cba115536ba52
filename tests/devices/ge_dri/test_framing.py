from __future__ import annotations

import time
from random import Random

import pytest
from dri_records import (
    EVERYTHING,
    START_CO2,
    START_DISPLAYED,
    START_ECG,
    START_TREND,
    STOP_DISPLAYED,
    composed,
    frame,
)
from hypothesis import given
from hypothesis import strategies as st

from devices.ge_dri.framing import LONGEST, FrameDecoder, framed, unframed
from devices.ge_dri.wire import Record

LINE_RATE = 19200 / 11
"""Bytes a second, a parity bit included."""
OFFICIAL = [START_DISPLAYED, STOP_DISPLAYED, START_TREND, START_ECG, START_CO2]
STREAMS = st.lists(
    st.one_of(
        st.binary(max_size=60), st.sampled_from([b"\x7e", b"\x7d", *OFFICIAL, frame(EVERYTHING)])
    )
)


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Record], FrameDecoder]:
    decoder = FrameDecoder()
    records: list[Record] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (record := decoder.next_frame()) is not None:
            records.append(record)
    decoder.finish()
    return records, decoder


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


@pytest.mark.parametrize("data", OFFICIAL, ids=["A-1", "A-2", "A-3", "A-5", "CO2"])
def test_an_official_frame_is_read_and_written_alike(data: bytes) -> None:
    record = unframed(data[1:-1])
    assert record is not None
    assert framed(record) == data


def test_the_sum_of_the_first_official_frame_is_49() -> None:
    assert len(START_DISPLAYED) == 52
    assert sum((0x31, 0xFF, 0x01, 0x0A, 0x0E)) & 0xFF == START_DISPLAYED[-2] == 0x49


def test_a_sum_that_is_an_escape_is_escaped() -> None:
    assert START_TREND.endswith(b"\x7d\x5d\x7e")
    assert unframed(START_TREND[1:-1]) is not None


@pytest.mark.parametrize("body", [b"\x7d", b"\x7e", b"\x7d\x5d", b"\x7d\x5e\x7e\x7d"])
def test_flags_and_escapes_within_a_record_are_escaped(body: bytes) -> None:
    data = framed(Record(8, (), body))
    assert 0x7E not in data[1:-1]
    assert unframed(data[1:-1]) == Record(8, (), body)


def test_the_sum_is_over_what_was_before_the_escapes() -> None:
    data = framed(Record(8, (), b"\x7e"))
    assert data[1] == 41
    assert data[-4:-2] == b"\x7d\x5e"
    assert data[-2] == (41 + 8 + 0xFF + 0x7E) & 0xFF


@pytest.mark.parametrize("follower", sorted({0, 1, 0x20, 0x5C, 0x5F, 0x7D, 0xFF}))
def test_nothing_but_two_bytes_may_follow_an_escape(follower: int) -> None:
    plain = Record(8, (), bytes((follower | 0x20,))).to_bytes()
    lenient = plain[:-1] + bytes((0x7D, follower, sum(plain) & 0xFF))
    assert unframed(lenient) is None
    assert counted(b"\x7e" + lenient + b"\x7e") == (0, 1, len(lenient) + 2)


def test_an_escape_at_the_end_is_no_frame() -> None:
    assert unframed(START_DISPLAYED[1:-2] + b"\x7d") is None


def test_the_length_must_be_that_of_the_record() -> None:
    for change in (-1, 1, 0x20):
        plain = bytearray(Record(8, (), b"").to_bytes())
        plain[0] += change
        assert unframed(bytes((*plain, sum(plain) & 0xFF))) is None


def test_one_flag_may_end_a_frame_and_begin_the_next() -> None:
    both = START_DISPLAYED + START_ECG[1:]
    assert counted(both) == (2, 0, 0)
    assert counted(both * 3) == (6, 0, 0)


def test_an_empty_frame_is_only_a_delimiter() -> None:
    assert counted(START_DISPLAYED * 3) == (3, 0, 0)
    assert counted(b"\x7e\x7e" + START_DISPLAYED + b"\x7e\x7e" + START_ECG) == (2, 0, 4)


def test_a_frame_that_fails_is_bad_and_the_next_one_is_read() -> None:
    bad = bytearray(START_DISPLAYED)
    bad[-2] ^= 1
    assert counted(bytes(bad) + START_ECG) == (1, 1, 52)
    assert counted(bytes(bad)[:-1] + START_ECG) == (1, 1, 51)


def test_a_lost_flag_costs_one_frame() -> None:
    assert counted(START_DISPLAYED[:-1] + START_ECG) == (2, 0, 0)
    assert counted(START_DISPLAYED[:-1] + START_ECG[1:] + START_CO2) == (1, 1, 125)
    assert counted(START_DISPLAYED[1:] + START_ECG) == (1, 0, 51)


def test_junk_between_flags_is_too_short_for_a_bad_frame() -> None:
    assert counted(START_ECG + b"SPO2=098\r\n" + START_ECG) == (2, 0, 10)


def test_an_unfinished_tail_is_discarded_and_no_bad_frame() -> None:
    assert counted(START_ECG + START_ECG[:50]) == (1, 0, 50)


def test_what_never_ends_is_given_up() -> None:
    decoder = FrameDecoder()
    for _ in range(20):
        decoder.feed(b"\x7e" + b"\x01" * 999)
        decoder.next_frame()
    decoder.feed(b"\x02" * LONGEST)
    assert decoder.next_frame() is None
    assert decoder.discarded_bytes == 20_000 + LONGEST


@given(parts=STREAMS)
def test_every_byte_is_in_a_frame_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    records, decoder = decoded(data)
    accepted = sum(len(framed(record)) for record in records)
    shared = accepted + decoder.discarded_bytes - len(data)
    assert 0 <= shared <= max(len(records) - 1, 0)
    assert decoder.frames == len(records)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(data)
    records, decoder = decoded(data, portion)
    assert records == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes


@given(st.binary(max_size=300))
def test_after_junk_no_frame_is_lost(junk: bytes) -> None:
    wanted = decoded(START_ECG + composed())[0]
    assert decoded(junk + START_ECG + composed())[0][-2:] == wanted


def test_garbage_is_passed_over_twenty_times_faster_than_a_line_brings_it() -> None:
    garbage = Random(1).randbytes(1 << 18)
    before = time.process_time()
    decoded(garbage)
    assert time.process_time() - before < len(garbage) / (20 * LINE_RATE)


def test_a_hundred_times_the_devices_own_stream_is_no_burden() -> None:
    stream = (frame(EVERYTHING) + b"\x7e" * 40) * 100
    before = time.process_time()
    assert len(decoded(stream)[0]) == 100
    assert time.process_time() - before < 5
