from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from capnostream_bytes import BREATHING, VECTORS, decoded, items, summed
from damage import captured, flips
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostream.envelope import escaped, sealed
from devices.capnostream.framing import FrameDecoder
from devices.capnostream.numerics import Numerics
from devices.capnostream.wire import Command, Identity, Wave, Withheld
from firmware_bridge.checksum import xor8

BYTE = st.integers(0, 255)
NUMERICS = st.builds(
    Numerics,
    time=st.integers(0, (1 << 32) - 1),
    etco2=BYTE,
    fico2=BYTE,
    respiratory_rate=BYTE,
    spo2=BYTE,
    pulse_rate=BYTE,
    slow_status=BYTE,
    events=st.binary(min_size=3, max_size=3),
    co2_alarms=BYTE,
    spo2_alarms=BYTE,
    no_breath_s=BYTE,
    limits=st.binary(min_size=9, max_size=9),
    unit=st.integers(1, 3),
    extended=BYTE,
)
TEXT = st.text(st.characters(max_codepoint=0xFF), min_size=30, max_size=30)
NAMED = "TEST PATIENT"


def refused(data: bytes) -> bool:
    found, decoder = decoded(data)
    return found == [] and (decoder.bad_frames, decoder.discarded_bytes) == (1, len(data))


@pytest.mark.parametrize("name", VECTORS)
def test_a_message_is_read_and_written_to_the_byte(name: str) -> None:
    data, message = VECTORS[name]
    assert decoded(data)[0] == [message]
    assert message.to_bytes() == data


@given(st.builds(Wave, BYTE, st.integers(0, 0xFFFF), BYTE) | NUMERICS | st.builds(Identity, TEXT))
def test_a_message_survives_the_wire(message: Wave | Numerics | Identity) -> None:
    found, decoder = decoded(message.to_bytes())
    assert found == [message]
    assert decoder.discarded_bytes == 0


@pytest.mark.parametrize(
    ("command", "digits"),
    [
        (Command.ENABLE, "85 01 01 00"),
        (Command.DISABLE, "85 01 02 03"),
        (Command.START, "85 01 04 05"),
        (Command.STOP, "85 01 05 04"),
        (Command.LINK_ACTIVE, "85 01 06 07"),
    ],
)
def test_a_command_is_read_and_written_to_the_byte(command: Command, digits: str) -> None:
    assert command.to_bytes() == bytes.fromhex(digits)
    decoder = FrameDecoder(Command.parse)
    decoder.feed(bytes.fromhex(digits))
    assert decoder.next_frame() is command


@pytest.mark.parametrize(
    ("code", "item", "digits"),
    [
        (3, b"\x01", "85 02 03 01 00"),
        (11, b"", "85 01 0b 0a"),
        (21, b"", "85 01 15 14"),
        (54, b"", "85 01 36 37"),
        (55, b"", "85 01 37 36"),
    ],
)
def test_inquiries_of_patient_events_and_trends_are_no_commands_of_ours(
    code: int, item: bytes, digits: str
) -> None:
    assert sealed(code, item) == bytes.fromhex(digits)
    assert Command.parse(code, item) is None


@pytest.mark.parametrize("data", [sealed(3, b"\x01"), sealed(9), sealed(1, b"\x00"), sealed(21)])
def test_what_is_no_command_of_ours_is_refused(data: bytes) -> None:
    decoder = FrameDecoder(Command.parse)
    decoder.feed(data)
    assert decoder.next_frame() is None
    assert decoder.bad_frames == 1


def test_eighty_and_eighty_five_are_escaped_and_the_header_is_not() -> None:
    assert escaped(bytes.fromhex("55 85 00 80 77")) == bytes.fromhex("55 80 05 00 80 00 77")
    assert escaped(bytes.fromhex("44")) == bytes.fromhex("44")
    assert 0x85 not in escaped(bytes(range(256)) * 2)


def test_what_stands_before_a_header_is_no_part_of_the_message_behind_it() -> None:
    # 44, header, then 55 85 00 80 77: a message that wants 0x55 bytes more.
    wire = bytes.fromhex("44 85 55 80 05 00 80 00 77")
    decoder = decoded(wire)[1]
    assert (decoder.frames, decoder.bad_frames, decoder.discarded_bytes) == (0, 0, len(wire))
    plain = bytes.fromhex("55 85 00 80 77") + bytes(0x55 - 4)
    assert decoded(b"\x44" + summed(plain))[0] == [Withheld(0x85)]


def test_the_sum_itself_is_escaped() -> None:
    for number in range(256):
        wave = Wave(number, 0, 0)
        assert decoded(wave.to_bytes())[0] == [wave]


@pytest.mark.parametrize("following", [value for value in range(256) if value not in (0, 5, 0x85)])
def test_any_other_byte_behind_an_escape_drops_the_message(following: int) -> None:
    data = bytes((0x85, 5, 0, 7, 12, 0x80, following, 0, 0x8E))
    assert refused(data)
    assert decoded(data + BREATHING.to_bytes())[0] == [BREATHING]


def test_a_header_behind_an_escape_begins_a_message() -> None:
    assert decoded(bytes((0x85, 5, 0, 7, 0x80)) + BREATHING.to_bytes())[0] == [BREATHING]


@pytest.mark.parametrize(("code", "length"), [(0, 5), (1, 28), (4, 31)])
def test_a_known_code_of_another_length_is_dropped(code: int, length: int) -> None:
    assert decoded(sealed(code, b"\1" * (length - 1)))[1].frames == 1
    for other in (1, length - 1, length + 1, 60):
        assert refused(sealed(code, b"\1" * (other - 1)))


def test_a_message_without_a_code_is_none() -> None:
    found, decoder = decoded(b"\x85\x00\x00" + BREATHING.to_bytes())
    assert found == [BREATHING]
    assert (decoder.bad_frames, decoder.discarded_bytes) == (0, 3)


@pytest.mark.parametrize("code", [2, 3, 12, 21, 22, 55, 57, 58, 61, 99, 255])
def test_of_every_other_message_the_code_alone_is_kept(code: int) -> None:
    assert decoded(sealed(code, NAMED.encode()))[0] == [Withheld(code)]


def test_a_patients_identity_is_nowhere_behind_the_parser() -> None:
    data = captured("capnostream", "patient-named")
    assert NAMED.encode() in data
    found, decoder = decoded(data)
    assert found == [Withheld(2), Withheld(12), BREATHING]
    for state in (repr(found), repr(vars(decoder)), repr(items(data))):
        assert "PATIENT" not in state
        assert "A\\x00T" not in state


def test_numerics_of_an_unknown_unit_are_refused() -> None:
    for unit in set(range(256)) - {1, 2, 3}:
        assert refused(replace(BREATHING, unit=unit).to_bytes())


@pytest.mark.parametrize("name", [name for name in VECTORS if name != "escaped sum"])
def test_no_flipped_bit_makes_another_message(name: str) -> None:
    data, _ = VECTORS[name]
    for flipped in flips(data):
        assert decoded(flipped)[0] == []


def test_the_one_flip_that_passes_is_of_an_escape_and_of_the_only_bit_in_the_sum() -> None:
    # The bytes behind it move up by one, and the sum that would betray it falls out at the end.
    data, _ = VECTORS["escaped sum"]
    passing = [flipped for flipped in flips(data) if decoded(flipped)[0]]
    assert passing == [bytes.fromhex("85 05 00 00 05 05 00 05 80 00")]


@pytest.mark.parametrize("byte", [0x80, 0x85])
def test_no_flip_of_an_escape_shifts_the_fields_of_numerics(byte: int) -> None:
    for place, bit in product(range(4, 25), range(8)):
        data = bytearray(BREATHING.to_bytes()[3:-1])
        data[place] = byte
        # Bend the time so that the sum is the flipped bit alone: then it would not betray it.
        data[0] ^= xor8(bytes((28, 1)) + data) ^ 1 << bit
        whole = sealed(1, bytes(data))
        for escape in [index for index, one in enumerate(whole) if one == 0x80]:
            flipped = bytearray(whole)
            flipped[escape] ^= 1 << bit
            assert [one for one in decoded(bytes(flipped))[0] if isinstance(one, Numerics)] == []
