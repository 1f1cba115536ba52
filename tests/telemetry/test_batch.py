"""How many rows are sent at once: never more than most, never fewer than one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telemetry.batch import LEAST, MOST, Size


def test_a_batch_begins_with_the_most_rows_and_grows_no_further() -> None:
    size = Size()
    size.taken()
    assert size.rows == MOST


def test_half_of_what_was_sent_is_next_also_where_less_was_owed_than_allowed() -> None:
    size = Size()
    size.halve(sent=10)
    assert size.rows == 5


def test_what_was_halved_down_to_one_row_grows_back_in_a_few_batches() -> None:
    size = Size()
    for _ in range(20):
        size.halve(sent=size.rows)
    assert size.rows == LEAST
    for _ in range(10):
        size.taken()
    assert size.rows == MOST


@given(st.lists(st.none() | st.integers(1, 2 * MOST), max_size=60))
def test_a_batch_is_always_one_that_can_be_sent(course: list[int | None]) -> None:
    size = Size()
    for sent in course:
        size.taken() if sent is None else size.halve(sent)
        assert LEAST <= size.rows <= MOST
