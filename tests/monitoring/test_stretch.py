from __future__ import annotations

from beds import at
from courses import seconds, stretch
from hypothesis import given
from hypothesis import strategies as st

from monitoring.stretch import Stretch, common, joined, longest_s, total_s, without

SECONDS = 40
PAIRS = st.lists(st.tuples(st.integers(0, SECONDS), st.integers(0, SECONDS)), max_size=6)


def stretches(pairs: list[tuple[int, int]]) -> list[Stretch]:
    return [stretch(*sorted(pair)) for pair in pairs]


def ticks(found: list[Stretch] | tuple[Stretch, ...]) -> set[int]:
    """Return every second that lies in one of some stretches."""
    return {n for begin, end in seconds(tuple(found)) for n in range(round(begin), round(end))}


@given(PAIRS, PAIRS)
def test_joining_cutting_and_leaving_are_what_they_are_for_every_single_second(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    some, others = stretches(first), stretches(second)
    assert ticks(joined(some)) == ticks(some)
    assert ticks(common(some, others)) == ticks(some) & ticks(others)
    assert ticks(without(some, others)) == ticks(some) - ticks(others)
    assert total_s(some) == len(ticks(some))


def test_what_touches_is_one() -> None:
    assert seconds(joined([stretch(5, 7), stretch(0, 5)])) == [(0, 7)]
    assert longest_s([stretch(5, 7), stretch(0, 5), stretch(8, 9)]) == 7


def test_nothing_is_longest_where_there_is_nothing() -> None:
    assert longest_s([]) == total_s([]) == 0


def test_both_ends_lie_in_a_stretch() -> None:
    assert stretch(1, 2).holds(at(1))
    assert stretch(1, 2).holds(at(2))
    assert not stretch(1, 2).holds(at(2.1))


def test_a_stretch_that_a_clock_turned_round_lasts_no_time() -> None:
    assert stretch(2, 1).seconds == 0
