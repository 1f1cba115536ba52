from __future__ import annotations

import struct

import pytest
from damage import flips
from hypothesis import given
from hypothesis import strategies as st
from modbus_bytes import BAD_CRC, BITS, BUSY, EXAMPLE, EXCHANGES, FLOAT, FOUR, INPUT, NO_ADDRESS

from devices.modbus.wire import ExceptionCode, Function, Refusal, Reply, Request, possible
from firmware_bridge.checksum import crc16_modbus

FRAMES = [frame for exchange in EXCHANGES for frame in exchange] + [NO_ADDRESS[1], BUSY]


def test_the_crc_is_the_worked_one_and_goes_low_byte_first() -> None:
    assert crc16_modbus(bytes.fromhex("01 03 00 00 00 04")) == 0x0944
    assert Request(1, Function.HOLDING_REGISTERS, 0, 4).to_bytes() == FOUR[0]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (FOUR[1], (412, 498, 0xFFFF, 0x8000)),
        (FLOAT[1], (0xC2F6, 0xE666)),
        (INPUT[1], (204,)),
        (EXAMPLE[1], (555, 0, 100)),
    ],
)
def test_registers_are_read_high_byte_first(frame: bytes, words: tuple[int, ...]) -> None:
    reply = Reply.parse(frame)
    assert reply is not None
    assert reply.words == words


def test_bits_are_read_lowest_first() -> None:
    reply = Reply.parse(BITS[1])
    assert reply is not None
    assert [reply.bit(place) for place in range(5)] == [False, True, False, True, False]


def test_an_exception_names_its_function_and_why() -> None:
    assert Refusal.parse(NO_ADDRESS[1]) == Refusal(1, Function(3), ExceptionCode.ILLEGAL_ADDRESS)
    assert Refusal.parse(BUSY) == Refusal(1, Function(3), ExceptionCode.BUSY)


def test_every_exchange_is_read_and_written_alike() -> None:
    for asked, answered in EXCHANGES:
        request, reply = Request.parse(asked), Reply.parse(answered)
        assert request is not None
        assert reply is not None
        assert (request.to_bytes(), reply.to_bytes()) == (asked, answered)
        assert (request.unit, request.function) == (reply.unit, reply.function)
        assert request.function.size(request.count) == len(reply.data)


@pytest.mark.parametrize("code", [5, 6, 15, 16, 22, 23])
def test_a_request_to_write_cannot_be_written_down(code: int) -> None:
    with pytest.raises(ValueError, match="is not a valid Function"):
        Function(code)
    body = bytes([1, code, 0, 0, 0, 1])
    assert Request.parse(body + struct.pack("<H", crc16_modbus(body))) is None


def test_only_the_four_functions_that_read_exist() -> None:
    assert [int(function) for function in Function] == [1, 2, 3, 4]


def parsed(data: bytes) -> object:
    return Request.parse(data) or Reply.parse(data) or Refusal.parse(data)


@pytest.mark.parametrize("data", FRAMES, ids=lambda data: data.hex(" "))
def test_no_flipped_bit_passes_the_crc(data: bytes) -> None:
    assert parsed(data) is not None
    assert [flip.hex() for flip in flips(data) if parsed(flip) is not None] == []


def test_a_wrong_crc_is_no_frame() -> None:
    assert parsed(BAD_CRC) is None


@pytest.mark.parametrize("count", [0, 126, 2001])
def test_more_than_a_reply_can_hold_is_not_asked(count: int) -> None:
    assert Request.parse(Request(1, Function.HOLDING_REGISTERS, 0, count).to_bytes()) is None


UNITS = st.integers(1, 255)
FUNCTIONS = st.sampled_from(Function)


@given(UNITS, FUNCTIONS, st.integers(0, 0xFFFF), st.integers(1, 125))
def test_a_request_comes_back(unit: int, function: Function, start: int, count: int) -> None:
    request = Request(unit, function, start, count)
    assert Request.parse(request.to_bytes()) == request


@given(UNITS, FUNCTIONS, st.binary(min_size=1, max_size=250))
def test_a_reply_comes_back(unit: int, function: Function, data: bytes) -> None:
    reply = Reply(unit, function, data)
    fits = possible(function, len(data))
    assert Reply.parse(reply.to_bytes()) == (reply if fits else None)


@given(UNITS, FUNCTIONS, st.sampled_from(ExceptionCode))
def test_an_exception_comes_back(unit: int, function: Function, code: ExceptionCode) -> None:
    refusal = Refusal(unit, function, code)
    assert Refusal.parse(refusal.to_bytes()) == refusal


@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    parsed(data)
