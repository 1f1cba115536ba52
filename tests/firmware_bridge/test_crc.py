from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.checksum import reflected_crc8


@pytest.mark.parametrize(("polynomial", "check"), [(0x8C, 0xA1), (0x9C, 0x15), (0xD9, 0x25)])
def test_it_gives_the_check_values_of_well_known_codes(polynomial: int, check: int) -> None:
    assert reflected_crc8(b"123456789", polynomial) == check


@given(data=st.binary(min_size=1, max_size=30), place=st.integers(0))
def test_no_flipped_bit_goes_unseen(data: bytes, place: int) -> None:
    flipped = bytearray(data)
    flipped[place // 8 % len(data)] ^= 1 << place % 8
    assert reflected_crc8(data, 0xA1) != reflected_crc8(bytes(flipped), 0xA1)


def test_nothing_has_the_check_of_zeros() -> None:
    assert reflected_crc8(b"", 0xA1) == reflected_crc8(bytes(14), 0xA1) == 0
