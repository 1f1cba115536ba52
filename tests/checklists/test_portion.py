"""What is opened of a pack is a part of it with a clock of its own."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from stocks import CODES, KIT, LATE, NOW, ROWS, SITE, entry, pack, said

from checklists.entry import Entry, standing
from checklists.freshness import Status, status
from checklists.refused import Known, stock_refusals
from checklists.stock import Pack, packs, taken_in
from vitals import acts

PROPOFOL = pack("dr-08", atc="N01AX10")
KNOWN = Known(ROWS, CODES, (KIT, SITE))
COUNTS = st.integers(1, 6)
DONE: st.SearchStrategy[acts.Done] = st.one_of(
    st.builds(acts.Unseal, st.just(1), COUNTS),
    st.builds(acts.Warm, st.just(1), COUNTS),
    st.builds(acts.Take, st.just(1), COUNTS),
    st.builds(acts.Discard, st.just(1), COUNTS, st.just("broken")),
    st.builds(acts.Recount, st.just(1), st.integers(0, 9)),
    st.builds(acts.Counter, st.integers(2, 9), st.just("wrong")),
)
MOMENTS = st.integers(0, 5).map(lambda hours: NOW + timedelta(hours=hours))
ENTRIES = st.lists(st.tuples(DONE, MOMENTS), max_size=10).map(
    lambda given: [
        entry(1, PROPOFOL, NOW - timedelta(hours=1)),
        *(entry(number, act, at) for number, (act, at) in enumerate(given, 2)),
    ]
)


def parts(*done: acts.Done) -> list[tuple[int, bool]]:
    """Return how much there is of each part, and whether it is opened."""
    return [(one.quantity, one.opened_at is not None) for one in packs(said(*done), ROWS)]


def test_one_vial_that_is_opened_leaves_the_others_of_the_pack_closed() -> None:
    closed, opened = packs(said(PROPOFOL, acts.Unseal(1, 1)), ROWS)
    later = NOW + timedelta(hours=13)
    assert (closed.quantity, opened.quantity) == (4, 1)
    assert status(opened, ROWS.ahead, later) is Status.OPENED_EXPIRED
    assert status(closed, ROWS.ahead, later) is Status.OK
    assert closed.until(NOW.tzinfo).date() == LATE


def test_what_was_said_to_be_opened_before_a_part_could_be_said_is_the_whole_pack() -> None:
    old = msgspec.json.decode(b'{"do":"open","pack":1}', type=acts.Done)
    assert old == acts.Unseal(1)
    assert parts(PROPOFOL, old) == [(5, True)]
    assert parts(PROPOFOL, old, acts.Recount(1, 9)) == [(9, True)]


def test_the_opened_is_used_first_and_the_one_that_was_opened_first_before_that() -> None:
    two = (PROPOFOL, acts.Unseal(1, 1), acts.Unseal(1, 2))
    assert parts(*two) == [(2, False), (1, True), (2, True)]
    assert parts(*two, acts.Take(1, 1)) == [(2, False), (2, True)]
    assert parts(*two, acts.Take(1, 4)) == [(1, False)]
    assert parts(*two, acts.Discard(1, 3, "over")) == [(2, False)]


def test_what_a_count_finds_missing_is_not_taken_to_be_the_opened() -> None:
    assert parts(PROPOFOL, acts.Unseal(1, 1), acts.Recount(1, 3)) == [(2, False), (1, True)]
    assert parts(PROPOFOL, acts.Unseal(1, 2), acts.Recount(1, 1)) == [(1, True)]
    assert parts(PROPOFOL, acts.Unseal(1, 1), acts.Recount(1, 6)) == [(5, False), (1, True)]


def test_what_is_taken_out_of_the_refrigerator_leaves_the_rest_in_it() -> None:
    cold, warm = packs(said(pack(atc="M03AB01"), acts.Warm(1, 2)), ROWS)
    assert (cold.quantity, cold.warm_until) == (3, None)
    assert (warm.quantity, warm.warm_until is None) == (2, False)


def test_more_than_is_closed_cannot_be_opened() -> None:
    done = said(PROPOFOL, acts.Unseal(1, 4), acts.Warm(1, 5))
    (line,) = stock_refusals(acts.Unseal(1, 2), done, KNOWN, NOW.date())
    assert line == ("pack 1 has 1 left that are closed, and not 2: count it, if there are more")
    assert stock_refusals(acts.Unseal(1, 1), done, KNOWN, NOW.date()) == ()
    (line,) = stock_refusals(acts.Warm(1, 1), done, KNOWN, NOW.date())
    assert line.startswith("pack 1 has 0 left that are in the refrigerator, and not 1")


def test_what_was_counted_away_is_known_with_when_and_is_not_missed_once_it_is_found() -> None:
    (found,) = packs(said(pack(), acts.Recount(1, 0)), ROWS)
    assert (found.quantity, found.missed) == (0, 5)
    assert found.missed_at == NOW + timedelta(minutes=2)
    (found,) = packs(said(pack(), acts.Recount(1, 0), acts.Recount(1, 5)), ROWS)
    assert (found.missed, found.missed_at) == (0, None)


@given(ENTRIES)
def test_there_is_never_more_opened_than_there_is(entries: list[Entry]) -> None:
    found, _ = taken_in(standing(entries))
    stock = packs(entries, ROWS)
    assert sum(one.quantity for one in stock) == found[1].quantity
    assert all(one.quantity > 0 for one in stock) or len(stock) == 1


@given(ENTRIES, st.data())
def test_the_order_in_which_entries_are_given_changes_no_part(
    entries: list[Entry], data: st.DataObject
) -> None:
    assert packs(data.draw(st.permutations(entries)), ROWS) == packs(entries, ROWS)


@given(ENTRIES)
def test_what_is_closed_never_ends_by_the_clock_of_what_is_opened(entries: list[Entry]) -> None:
    closed: list[Pack] = [one for one in packs(entries, ROWS) if one.opened_at is None]
    assert all(one.opened_until is None for one in closed)
    assert sum(one.quantity > 0 and one.warm_since is None for one in closed) <= 1
    later = NOW + timedelta(days=2)
    assert all(status(one, ROWS.ahead, later) is Status.OK for one in closed)
