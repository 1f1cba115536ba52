from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suntech_bytes import (
    BAD_SUM,
    CUFF_178,
    CUFF_258,
    DONE,
    FAILED,
    NO_LENGTH,
    RESULT,
    VECTORS,
    WIDE_RESULT,
    result,
)

from devices.suntech.wire import (
    SHAPES,
    Acknowledgement,
    CuffPressure,
    Inquiry,
    Reply,
    Request,
    Result,
    Unasked,
    parse_reply,
)

BYTE = st.integers(0, 0xFF)
WORD = st.integers(0, 0xFFFF)


def binary(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


RESULTS = st.builds(
    Result,
    systolic=WORD,
    diastolic=WORD,
    beats=BYTE,
    status=BYTE,
    test_codes=binary(8),
    pulse_rate=BYTE,
    spare=binary(1),
    mean=WORD,
    error=BYTE,
    spares=binary(2),
)
REPLIES = st.one_of(
    RESULTS,
    st.builds(CuffPressure, WORD),
    st.builds(Acknowledgement, binary(1)),
    st.builds(Unasked, st.one_of(binary(3), binary(64))),
)


def test_the_two_inquiries_are_those_of_the_published_program() -> None:
    assert Request(Inquiry.RESULT).to_bytes() == bytes.fromhex("3a7903004a")
    assert Request(Inquiry.CUFF_PRESSURE).to_bytes() == bytes.fromhex("3a79050048")


def test_nothing_but_the_two_inquiries_can_be_written() -> None:
    assert [inquiry.value for inquiry in Inquiry] == [0x03, 0x05]


@pytest.mark.parametrize("inquiry", Inquiry)
def test_a_request_survives_the_wire(inquiry: Inquiry) -> None:
    assert Request.parse(Request(inquiry).to_bytes()) == Request(inquiry)


@given(st.binary(max_size=8))
def test_no_other_bytes_are_a_request(data: bytes) -> None:
    request = Request.parse(data)
    assert request is None or request.to_bytes() == data


def test_a_result_is_read_field_by_field() -> None:
    codes = bytes.fromhex("0000000000003107")
    expected = Result(115, 74, 30, 1, codes, 85, b"\0", 88, 0, b"\0\0")
    assert parse_reply(RESULT) == expected


def test_pressures_are_sixteen_bits_wide() -> None:
    expected = Result(262, 148, 41, 1, bytes(8), 118, b"\0", 190, 0, b"\0\0")
    assert parse_reply(WIDE_RESULT) == expected


def test_the_error_code_is_byte_twenty() -> None:
    failed = parse_reply(FAILED)
    assert isinstance(failed, Result)
    assert failed.error == 0x57


@pytest.mark.parametrize(("data", "mmhg"), [(CUFF_258, 258), (CUFF_178, 178)])
def test_a_cuff_pressure_has_its_low_byte_first(data: bytes, mmhg: int) -> None:
    assert parse_reply(data) == CuffPressure(mmhg)


def test_a_letter_is_an_acknowledgement() -> None:
    assert parse_reply(DONE) == Acknowledgement(Acknowledgement.DONE)


@pytest.mark.parametrize("data", [NO_LENGTH, BAD_SUM, b"", b">", b">\x04K", b">\x03\xbf"])
def test_what_is_no_reply_is_refused(data: bytes) -> None:
    assert parse_reply(data) is None


def test_the_length_is_the_only_type() -> None:
    assert sorted(SHAPES) == [4, 5, 6, 24, 67]
    assert SHAPES[5] is CuffPressure
    assert SHAPES[0x18] is Result


@given(REPLIES)
def test_a_reply_survives_the_wire(reply: Reply) -> None:
    data = reply.to_bytes()
    assert parse_reply(data) == reply
    assert len(data) == data[1]
    assert sum(data) % 256 == 0


@pytest.mark.parametrize("name", VECTORS)
def test_a_published_reply_is_written_as_it_was_read(name: str) -> None:
    reply = parse_reply(VECTORS[name])
    assert reply is not None
    assert reply.to_bytes() == VECTORS[name]


def test_spare_bytes_tell_two_results_apart() -> None:
    one = result()
    for place in range(2, 23):
        other = bytearray(one.to_bytes()[:-1])
        other[place] ^= 0x01
        assert parse_reply(bytes((*other, -sum(other) & 0xFF))) != one
