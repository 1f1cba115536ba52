from __future__ import annotations

import pytest
from damage import flips
from hypothesis import given
from hypothesis import strategies as st
from medibus_frames import VECTORS, decoded

from devices.medibus.wire import Answer, Command, Frame

PLAIN = st.binary(max_size=200).map(lambda data: bytes(b & 0x7F for b in data if b & 0x7F >= 0x20))
CODES = st.integers(0x20, 0x7F)
FREE_ECHOES = CODES.filter(lambda code: code not in (0x23, *range(0x24, 0x2F), 0x53))


@pytest.mark.parametrize("name", VECTORS)
def test_a_frame_is_read_and_written_to_the_byte(name: str) -> None:
    data, frame = VECTORS[name]
    assert type(frame).parse(data) == frame
    assert frame.to_bytes() == data


@pytest.mark.parametrize("name", VECTORS)
def test_a_frame_is_found_in_a_stream(name: str) -> None:
    data, frame = VECTORS[name]
    found, decoder = decoded(data)
    assert found == [frame]
    assert (decoder.frames, decoder.bad_frames, decoder.discarded_bytes) == (1, 0, 0)


@given(CODES, PLAIN)
def test_a_command_survives_the_wire(code: int, argument: bytes) -> None:
    frame = Command(code, argument)
    assert decoded(frame.to_bytes())[0] == [frame]


@given(FREE_ECHOES, PLAIN)
def test_an_answer_survives_the_wire(echo: int, data: bytes) -> None:
    frame = Answer(echo, data)
    assert decoded(frame.to_bytes())[0] == [frame]


@pytest.mark.parametrize(
    ("printed", "right", "meant"),
    [
        ("1b 30 34 36 0d", "1b 30 34 42 0d", Command(0x30)),
        (
            "01 24 45 42 20 39 38 20 37 41 0d",
            "01 24 45 42 20 39 38 20 35 44 0d",
            Answer(0x24, b"EB 98 "),
        ),
    ],
    ids=["nop", "example 3"],
)
def test_what_the_document_misprints_is_refused(printed: str, right: str, meant: Frame) -> None:
    found, decoder = decoded(bytes.fromhex(printed))
    assert found == []
    assert (decoder.bad_frames, decoder.discarded_bytes) == (1, len(bytes.fromhex(printed)))
    assert decoded(bytes.fromhex(right))[0] == [meant]


def test_a_sum_in_lower_case_is_refused() -> None:
    found, decoder = decoded(b"\x1bQ6c\r")
    assert found == []
    assert decoder.bad_frames == 1


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_makes_another_frame(name: str) -> None:
    data, frame = VECTORS[name]
    for flipped in flips(data):
        found, _ = decoded(flipped)
        assert [one for one in found if isinstance(one, Answer | Command)] in ([], [frame])


def test_the_longest_frames_are_read_and_longer_ones_are_none() -> None:
    command, answer = Command(0x54, b"0" * 251), Answer(0x24, b"EB  98" * 640)
    assert len(command.to_bytes()) == 256
    assert len(answer.to_bytes()) == 3845
    assert decoded(command.to_bytes() + answer.to_bytes())[0] == [command, answer]
    for longer in (Command(0x54, b"0" * 252), Answer(0x60, b"0" * 3841)):
        found, decoder = decoded(longer.to_bytes())
        assert found == []
        assert (decoder.bad_frames, decoder.discarded_bytes) == (0, len(longer.to_bytes()))
