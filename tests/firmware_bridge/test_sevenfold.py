from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.checksum import negated_sum7


def test_it_is_what_is_missing_to_a_multiple_of_128() -> None:
    assert negated_sum7(bytes.fromhex("800200")) == 0x7E
    assert negated_sum7(b"\x80") == negated_sum7(b"") == 0


@given(st.binary())
def test_bytes_with_their_negated_sum_of_seven_bits_add_up_to_nothing(data: bytes) -> None:
    check = negated_sum7(data)
    assert (sum(data) + check) % 128 == 0
    assert check < 128
