from __future__ import annotations

import pytest
from damage import flips
from hypothesis import given
from hypothesis import strategies as st
from modbus_bytes import (
    BAD_CRC,
    BUSY,
    EXCHANGES,
    FOUR,
    INPUT,
    KELLER,
    NO_ADDRESS,
    NOT_A_NUMBER,
    frame,
    item,
    read,
    two_words,
    values,
)

from devices.contract import Counts
from devices.modbus import profile
from devices.modbus.driver import RegisterDriver
from devices.modbus.framing import Anything, Known, ReplyDecoder, Shape
from devices.modbus.wire import Function, Refusal, Reply
from vitals.instant import Instant
from vitals.reading import Quality

TEXT = profile.text("keller-30x")
STREAM = KELLER[1] + NOT_A_NUMBER + BUSY + KELLER[1]
FIVE = (5.0, Quality.VALID)
CUT = frame("01 03 04 40 9c")
"""A head whose rest never came, with what could be the count of a long reply in it."""


def at(seconds: float) -> Instant:
    return Instant(seconds, seconds)


def counted(data: bytes, text: str | None = TEXT) -> Counts:
    driver = RegisterDriver(text)
    driver.receive(data, at(0))
    return driver.finish()


def test_a_reply_must_have_unit_function_and_byte_count_of_the_question() -> None:
    for other in (frame("02 03 04 40 a0 00 00"), frame("01 04 04 40 a0 00 00")):
        reply = Reply(other[0], Function(other[1]), other[3:]).to_bytes()
        assert read(TEXT, reply) == []
    assert read(TEXT, FOUR[1]) == []
    assert read(TEXT, INPUT[1]) == []


def test_noise_before_a_frame_does_not_lose_it() -> None:
    assert values(read(TEXT, b"\x00\xff" + KELLER[1])) == [FIVE]
    assert counted(b"\x00\xff" + KELLER[1]) == Counts(1, 0, 2)


def test_an_echoed_request_is_no_reply() -> None:
    assert values(read(TEXT, KELLER[0] + KELLER[1])) == [FIVE]


def test_a_wrong_crc_is_a_bad_frame() -> None:
    assert values(read(TEXT, BAD_CRC + KELLER[1])) == [FIVE]
    assert counted(BAD_CRC + KELLER[1]) == Counts(1, 1, 9)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_cut_frame_loses_no_reply_that_follows_after_silence(size: int) -> None:
    driver = RegisterDriver(TEXT)
    assert driver.receive(KELLER[1][:size], at(0)) == []
    assert values(list(driver.receive(KELLER[1], at(0.2)))) == [FIVE]
    assert driver.finish() == Counts(1, 0, size)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_cut_frame_glued_to_good_ones_loses_none(size: int) -> None:
    driver = RegisterDriver(TEXT)
    found = [*driver.receive(KELLER[1][:size] + KELLER[1] * 4, at(0)), *driver.receive(b"", at(1))]
    assert values(found) == [FIVE] * 4


def test_a_false_count_does_not_swallow_what_follows_after_silence() -> None:
    decoder = ReplyDecoder(Anything())
    decoder.feed(frame("01 03 9c"))
    assert decoder.next_frame() is None
    decoder.feed(KELLER[1] * 4)
    assert decoder.next_frame() is None
    assert [one.to_bytes() for one in decoder.abandon()] == [KELLER[1]] * 4
    assert (decoder.frames, decoder.discarded_bytes) == (4, 3)


def test_a_pause_inside_a_frame_is_borne() -> None:
    driver = RegisterDriver(TEXT)
    driver.receive(KELLER[1][:4], at(0))
    assert values(list(driver.receive(KELLER[1][4:], at(0.09)))) == [FIVE]


@pytest.mark.parametrize("portion", [1, 3, 1 << 20])
def test_portions_do_not_matter(portion: int) -> None:
    assert values(read(TEXT, STREAM, portion)) == [FIVE, (None, Quality.INVALID), FIVE]


@pytest.mark.parametrize("size", range(len(KELLER[1])))
def test_a_truncated_frame_gives_nothing_and_its_bytes_are_counted(size: int) -> None:
    assert read(TEXT, KELLER[1][:size]) == []
    assert counted(KELLER[1][:size]) == Counts(0, 0, size)


@pytest.mark.parametrize("data", [KELLER[1], NOT_A_NUMBER, NO_ADDRESS[1], BUSY])
def test_no_flipped_bit_changes_a_value(data: bytes) -> None:
    for flip in flips(data):
        assert read(TEXT, flip) == []


@pytest.mark.parametrize("data", [reply for _, reply in EXCHANGES] + [NO_ADDRESS[1], BUSY])
def test_without_a_map_any_reply_is_a_frame(data: bytes) -> None:
    decoder = ReplyDecoder(Anything())
    decoder.feed(data)
    found = decoder.next_frame()
    assert isinstance(found, Reply | Refusal)
    assert found.to_bytes() == data
    assert counted(data, None) == Counts(1, 0, 0)


@given(st.binary(max_size=2000))
def test_every_byte_is_in_a_frame_or_discarded(data: bytes) -> None:
    for text in (TEXT, None):
        counts = counted(data, text)
        sizes = 0 if counts.frames == 0 else len(data) - counts.discarded_bytes
        assert sizes >= counts.frames * 5
        if counts.frames == 0:
            assert counts.discarded_bytes == len(data)


@given(
    st.lists(
        st.one_of(st.sampled_from([KELLER[1], BUSY, BAD_CRC]), st.binary(min_size=1, max_size=6)),
        max_size=30,
    ),
    st.integers(1, 40),
)
def test_any_mixture_is_counted_to_the_byte(parts: list[bytes], portion: int) -> None:
    data = b"".join(parts)
    decoder = ReplyDecoder(Known([Shape(1, Function(3), 4)]))
    taken = 0
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (found := decoder.next_frame()) is not None:
            taken += len(found.to_bytes())
    taken += sum(len(found.to_bytes()) for found in decoder.abandon())
    assert taken + decoder.discarded_bytes == len(data)


def test_two_requests_of_one_shape_cannot_be_told_apart_by_listening() -> None:
    text = two_words(site="a", addr=2) + two_words(site="b", addr=20)
    found = values(read(text, KELLER[1] * 2))
    assert found == [(5.0, Quality.QUESTIONABLE)] * 2


def test_listening_takes_replies_in_the_order_of_the_map() -> None:
    text = item(site="a", addr=0) + item(site="b", addr=9) + two_words(site="c", addr=20)
    words = [Reply(1, Function(3), bytes([0, count])).to_bytes() for count in range(4)]
    data = words[0] + words[1] + KELLER[1] + words[2] + words[3] + KELLER[1]
    sites = [(getattr(one, "site", ""), getattr(one, "value", 0)) for one in read(text, data)]
    assert sites == [("a", 0), ("b", 1), ("c", 5), ("a", 2), ("b", 3), ("c", 5)]
