from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from modbus_bytes import item, two_words

from devices.modbus.map import parsed
from devices.modbus.plan import LIVELY_S, blocks


def asked(text: str) -> list[tuple[int, int, int, int]]:
    return [
        (block.unit, int(block.function), block.start, block.count)
        for block in blocks(parsed(text))
    ]


def at(*addresses: int, **keys: object) -> str:
    return "".join(item(site=f"s{addr}", addr=addr, **keys) for addr in addresses)


def test_neighbours_are_asked_for_together() -> None:
    assert asked(at(3, 1, 2, 0)) == [(1, 3, 0, 4)]


def test_a_hole_is_never_read_across() -> None:
    assert asked(at(0, 1, 3)) == [(1, 3, 0, 2), (1, 3, 3, 1)]


def test_both_words_of_a_value_are_in_one_request() -> None:
    assert asked(two_words(addr=10) + item(site="b", addr=12)) == [(1, 3, 10, 3)]


def test_functions_devices_and_intervals_are_asked_apart() -> None:
    text = at(0) + at(1, fc=4) + item(site="c", addr=1, device=9) + item(site="d", addr=1, poll_s=2)
    assert asked(text) == [(1, 3, 0, 1), (1, 3, 1, 1), (1, 4, 1, 1), (9, 3, 1, 1)]


def test_no_request_is_longer_than_a_reply_can_be() -> None:
    assert asked(at(*range(130))) == [(1, 3, 0, 125), (1, 3, 125, 5)]


def test_a_long_value_at_the_limit_is_not_torn() -> None:
    text = at(*range(124)) + two_words(site="long", addr=124)
    assert asked(text) == [(1, 3, 0, 124), (1, 3, 124, 2)]


def test_several_bits_of_one_register_are_one_request() -> None:
    bits = "".join(item(name="gas_supply", type="bit", fc=3, bit=bit) for bit in range(16))
    assert asked(bits) == [(1, 3, 0, 1)]


def test_a_guard_is_read_with_what_it_guards() -> None:
    assert asked(item(addr=4, only_if=[{"addr": 3, "equals": 2}])) == [(1, 3, 3, 2)]


@pytest.mark.parametrize(("poll_s", "planned"), [(1.0, 1.0), (60, LIVELY_S)])
def test_a_device_is_heard_of_often_enough_to_know_that_it_lives(
    poll_s: float, planned: float
) -> None:
    assert [block.poll_s for block in blocks(parsed(item(poll_s=poll_s)))] == [planned]


@given(st.sets(st.integers(0, 400), min_size=1, max_size=60))
def test_exactly_what_the_map_names_is_asked_for(addresses: set[int]) -> None:
    found = [
        addr for _, _, start, count in asked(at(*addresses)) for addr in range(start, start + count)
    ]
    assert sorted(found) == sorted(addresses)
