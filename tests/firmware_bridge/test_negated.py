from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.checksum import negated_sum8, sum8


def test_it_is_what_is_missing_to_a_multiple_of_256() -> None:
    assert negated_sum8(bytes.fromhex("3a790500")) == 0x48
    assert negated_sum8(b"\x80\x80") == 0
    assert negated_sum8(b"") == 0


@given(st.binary())
def test_bytes_with_their_negated_sum_add_up_to_nothing(data: bytes) -> None:
    assert sum8(data + bytes((negated_sum8(data),))) == 0
