"""What of a Capnostream's bytes is kept in a capture."""

from __future__ import annotations

import pytest
from capnostream_bytes import BREATHING, VECTORS, decoded
from damage import captured, flips
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostream.envelope import sealed
from devices.capnostream.privacy import Scrubber
from devices.capnostream.wire import Withheld

NAME = b"TEST PATIENT"
NAMED = sealed(2, bytes(4) + NAME.ljust(24, b"\0"))


def scrubbed(data: bytes, portion: int = 1 << 20) -> bytes:
    scrubber = Scrubber()
    parts = (data[start : start + portion] for start in range(0, len(data), portion))
    return b"".join(map(scrubber.scrub, parts)) + scrubber.finish()


def test_measurements_are_kept_as_they_came() -> None:
    data = b"".join(vector for vector, _ in VECTORS.values())
    assert scrubbed(data) == data


def test_of_a_message_that_names_the_patient_code_and_length_are_kept() -> None:
    data = captured("capnostream", "patient-named")
    assert NAME in data
    kept = scrubbed(data)
    assert decoded(kept)[0] == [Withheld(2), Withheld(12), BREATHING]
    assert all(letter not in kept[: kept.index(BREATHING.to_bytes())] for letter in b"TESPAIN")


@pytest.mark.parametrize("code", [2, 12, 21, 22, 55, 57, 58, 61, 255])
def test_no_other_message_keeps_its_content(code: int) -> None:
    assert scrubbed(sealed(code, NAME)) == sealed(code, bytes(len(NAME)))


def test_a_damaged_message_is_zeros() -> None:
    for damaged in flips(NAMED):
        kept = scrubbed(damaged + BREATHING.to_bytes())
        assert b"PATIENT" not in kept
        assert kept.endswith(BREATHING.to_bytes())


def test_a_message_cut_anywhere_is_zeros() -> None:
    for length in range(1, len(NAMED)):
        assert scrubbed(NAMED[:length]) == bytes(length)
        assert scrubbed(NAMED[:length] + BREATHING.to_bytes())[length:] == BREATHING.to_bytes()


def test_bytes_between_messages_are_zeros() -> None:
    assert scrubbed(NAME + BREATHING.to_bytes() + NAME) == (
        bytes(len(NAME)) + BREATHING.to_bytes() + bytes(len(NAME))
    )


@given(st.binary(max_size=200), st.integers(1, 9))
def test_portions_make_no_difference(data: bytes, portion: int) -> None:
    stream = data + NAMED + BREATHING.to_bytes() + data
    assert scrubbed(stream, portion) == scrubbed(stream)


@given(st.lists(st.sampled_from([NAMED, NAMED[:9], BREATHING.to_bytes(), b"\0\1\2"])))
def test_what_is_kept_decodes_as_what_came(parts: list[bytes]) -> None:
    came, kept = decoded(b"".join(parts)), decoded(scrubbed(b"".join(parts)))
    assert kept[0] == came[0]
    assert kept[1].discarded_bytes == came[1].discarded_bytes
