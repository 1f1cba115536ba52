from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.checksum import xor8


def test_every_byte_is_joined_by_exclusive_or() -> None:
    assert xor8(bytes.fromhex("05 00 07 0c 80 00")) == 0x8E
    assert xor8(b"") == 0


@given(st.binary())
def test_bytes_with_their_sum_give_nothing(data: bytes) -> None:
    assert xor8(data + bytes((xor8(data),))) == 0
