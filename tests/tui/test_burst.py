"""A scanned code that holds `!!` is a code; two presses of a finger are an emergency."""

from __future__ import annotations

import pytest

from tui.burst import APART_S, FEWEST, Burst


def typed(*gaps_s: float) -> list[bool]:
    """Return what is told of keys that come so long behind one another."""
    burst, at, told = Burst(), 100.0, []
    for gap_s in gaps_s:
        at += gap_s
        told.append(burst.key(at))
    return told


def test_in_the_midst_of_a_code_nothing_is_an_emergency() -> None:
    assert all(typed(5.0, *[0.002] * (FEWEST + 3))[FEWEST:])


@pytest.mark.parametrize("gap_s", [APART_S, 0.08, 0.3])
def test_a_finger_is_never_a_scanner(gap_s: float) -> None:
    assert not any(typed(*[gap_s] * 40))


def test_behind_a_code_a_finger_counts_again() -> None:
    assert typed(1.0, *[0.002] * 20, 0.2, 0.1)[-2:] == [False, False]


def test_two_keys_that_come_at_once_are_no_code() -> None:
    assert not any(typed(1.0, 0.0, 1.0, 0.0, 0.0))
