from __future__ import annotations

import pytest
from dri_records import START_DISPLAYED, composed
from hypothesis import given
from hypothesis import strategies as st

from devices.ge_dri.framing import unframed
from devices.ge_dri.wire import Descriptor, MainType, Missing, Record, number

BODIES = st.binary(max_size=300)


@st.composite
def records(draw: st.DrawFn) -> Record:
    body = draw(BODIES)
    place = st.tuples(st.integers(0, 254), st.integers(0, len(body)))
    return Record(
        maintype=draw(st.integers(-(1 << 15), (1 << 15) - 1)),
        descriptors=tuple(Descriptor(*pair) for pair in draw(st.lists(place, max_size=8))),
        body=body,
        number=draw(st.integers(0, 0xFF)),
        level=draw(st.integers(0, 0xFF)),
        plug=draw(st.integers(0, 0xFFFF)),
        time=draw(st.integers(0, 0xFFFFFFFF)),
        reserved=draw(st.binary(min_size=4, max_size=4)),
    )


@given(records())
def test_a_record_survives_the_wire(record: Record) -> None:
    assert Record.parse(record.to_bytes()) == record


@given(st.binary(max_size=400))
def test_no_bytes_make_a_record_fail(data: bytes) -> None:
    record = Record.parse(data)
    assert record is None or len(record.body) == len(data) - 40


def test_the_header_of_an_official_frame_is_read() -> None:
    record = unframed(START_DISPLAYED[1:-1])
    assert record == Record(0, (Descriptor(0, 0),), bytes.fromhex("010a000e0000000000"))


def test_every_field_of_a_header_is_read() -> None:
    header = bytes.fromhex("2a00 01 06 3412 00b95569 01020304 0100 000001 010002 0000ff")
    record = Record.parse(header + bytes(40 - len(header)) + b"\x55\x66")
    assert record == Record(
        maintype=MainType.WAVE,
        descriptors=(Descriptor(1, 0), Descriptor(2, 1)),
        body=b"\x55\x66",
        number=1,
        level=6,
        plug=0x1234,
        time=0x6955B900,
        reserved=b"\x01\x02\x03\x04",
    )


@pytest.mark.parametrize("length", [0, 39, 41, -1])
def test_a_length_that_is_not_the_records_is_refused(length: int) -> None:
    plain = Record(0, (), b"").to_bytes()
    other = length.to_bytes(2, "little", signed=True) + plain[2:]
    assert Record.parse(plain) is not None
    assert Record.parse(other) is None


def with_offset(offset: int) -> Record | None:
    plain = bytearray(Record(0, (Descriptor(1, 0),), bytes(9)).to_bytes())
    plain[16:18] = offset.to_bytes(2, "little", signed=True)
    return Record.parse(bytes(plain))


def test_an_offset_outside_the_record_is_refused() -> None:
    assert with_offset(0) is not None
    assert with_offset(9) is not None
    assert with_offset(-1) is None
    assert with_offset(10) is None


def test_the_list_of_subrecords_is_walked_and_each_ends_where_the_next_begins() -> None:
    listed = (Descriptor(9, 4), Descriptor(1, 0), Descriptor(8, 4))
    record = Record(MainType.WAVE, listed, b"aaaabbbb")
    assert list(record.subrecords()) == [(9, b"bbbb"), (1, b"aaaa"), (8, b"bbbb")]


def test_eight_subrecords_need_no_end_of_the_list() -> None:
    listed = tuple(Descriptor(kind, kind) for kind in range(8))
    record = Record(MainType.WAVE, listed, b"abcdefgh")
    parsed = Record.parse(record.to_bytes())
    assert parsed is not None
    assert [part for _, part in parsed.subrecords()] == [bytes((byte,)) for byte in b"abcdefgh"]


def test_what_stands_behind_the_end_of_the_list_is_no_subrecord() -> None:
    data = bytearray(unframed_bytes())
    data[22:25] = b"\x00\x00\x01"
    record = Record.parse(bytes(data))
    assert record is not None
    assert [kind for kind, _ in record.subrecords()] == [1]


def unframed_bytes() -> bytes:
    record = unframed(composed()[1:-1])
    assert record is not None
    return record.to_bytes()


def test_everything_at_or_below_minus_32001_is_no_number() -> None:
    assert [number(raw) for raw in (-32000, -1, 0, 32767)] == [-32000, -1, 0, 32767]
    assert {number(raw) for raw in (-32001, -32002, -32768, *Missing)} == {None}


def test_the_codes_for_no_number_are_those_of_the_document() -> None:
    assert sorted(Missing) == [-32767, -32766, -32765, -32764, -32763, -32762]
