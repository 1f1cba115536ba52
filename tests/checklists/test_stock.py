"""Packs, as they follow from what was said of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stocks import KIT, LATE, NOW, ROWS, SITE, entry, pack, said

from checklists.entry import Entry, standing
from checklists.stock import Pack, of_lot, packs, same, spelt, taken_in
from vitals import acts


def one(*done: acts.Done) -> Pack:
    (found,) = packs(said(*done), ROWS)
    return found


def test_a_pack_is_what_its_label_says() -> None:
    found = one(pack(atc="C01CA24", lot="A1"))
    assert (found.number, found.item, found.lot, found.atc) == (1, "dr-01", "A1", "C01CA24")
    assert (found.expires, found.quantity, found.place) == (LATE, 5, KIT)
    assert (found.opened_at, found.warm_since, found.recalled) == (None, None, False)


def test_what_is_taken_and_thrown_away_is_gone_and_a_count_puts_it_right() -> None:
    assert one(pack(), acts.Take(1, 2), acts.Discard(1, 1, "broken")).quantity == 2
    assert one(pack(), acts.Take(1, 2), acts.Recount(1, 9), acts.Take(1, 1)).quantity == 8
    assert one(pack(), acts.Take(1, 5)).quantity == 0


def test_a_take_that_is_entered_late_is_reckoned_where_it_belongs() -> None:
    count = entry(2, acts.Recount(1, 4), NOW + timedelta(hours=2))
    late = entry(3, acts.Take(1, 1), NOW + timedelta(hours=1))
    (found,) = packs([entry(1, pack()), count, late], ROWS)
    assert found.quantity == 4


def test_what_was_countered_changes_nothing() -> None:
    assert one(pack(), acts.Take(1, 2), acts.Counter(2, "not taken")).quantity == 5
    assert packs(said(pack(), acts.Take(1, 2), acts.Counter(1, "wrong label")), ROWS) == ()


def test_a_pack_lies_where_it_was_put_last() -> None:
    assert one(pack(), acts.Shift(1, SITE)).place == SITE


def test_two_packs_of_one_lot_are_two() -> None:
    assert [found.quantity for found in packs(said(pack(), pack()), ROWS)] == [5, 5]


def test_the_same_serial_twice_is_one_pack_and_both_numbers_mean_it() -> None:
    done = said(pack(once="a" * 16), pack(once="a" * 16, place=SITE), acts.Take(2, 2))
    (found,) = packs(done, ROWS)
    assert (found.number, found.place, found.quantity) == (1, KIT, 3)
    _, meant = taken_in(standing(done))
    assert (meant[2], meant.get(3)) == (1, None)


def test_the_first_of_the_same_serial_is_the_one_that_was_said_first() -> None:
    late = entry(2, pack(once="a" * 16, place=SITE), NOW - timedelta(hours=1))
    (found,) = packs([entry(1, pack(once="a" * 16)), late], ROWS)
    assert (found.number, found.place) == (1, KIT)


def test_the_second_of_the_same_serial_stands_when_the_first_is_countered() -> None:
    done = said(pack(once="a" * 16), pack(once="a" * 16), acts.Counter(1, "wrong lot"))
    assert [found.number for found in packs(done, ROWS)] == [2]


def test_a_serial_is_known_again_and_none_is_nobodys() -> None:
    stock = packs(said(pack(), pack(once="b" * 16)), ROWS)
    assert same(stock, "b" * 16) == stock[1]
    assert same(stock, "c" * 16) is None
    assert same(stock, "") is None


def test_a_recall_finds_the_lot_at_every_place_and_also_what_came_later() -> None:
    done = said(
        pack(lot="LOT-77A"),
        acts.Recall("lot 77a", "glass"),
        pack(lot="LOT77A", place=SITE),
        pack(lot="LOT77B"),
    )
    assert [found.recalled for found in packs(done, ROWS)] == [True, True, False]
    assert [found.number for found in of_lot(packs(done, ROWS), "Lot77a")] == [1, 3]


def test_a_recall_finds_what_is_used_up() -> None:
    done = said(pack(), acts.Take(1, 5))
    assert len(of_lot(packs(done, ROWS), "LOT77A")) == 1


def test_a_recall_that_was_countered_recalls_nothing() -> None:
    assert not one(pack(), acts.Recall("LOT77A", "x"), acts.Counter(2, "another lot")).recalled


def test_lots_of_signs_alone_stay_apart() -> None:
    assert spelt("--") != spelt("++")


@pytest.mark.parametrize(
    ("atc", "hours"),
    [("N01AX10", 12), ("N01AH06", 24), ("M03CA01", 6), ("N01BX04", 2), ("B05BB01", 24)],
)
def test_an_opened_pack_ends_after_the_hours_of_its_row(atc: str, hours: int) -> None:
    found = one(pack("x", atc=atc), acts.Unseal(1))
    assert found.opened_at is not None
    assert found.opened_until == found.opened_at + timedelta(hours=hours)


@pytest.mark.parametrize(("atc", "days"), [("M03AB01", 14), ("M03AC09", 60)])
def test_a_warm_pack_ends_after_the_days_of_its_row(atc: str, days: int) -> None:
    found = one(pack("x", atc=atc), acts.Warm(1))
    assert found.warm_since is not None
    assert found.warm_until == found.warm_since + timedelta(days=days)


def test_opening_and_warming_again_starts_no_clock_anew() -> None:
    found = one(pack(atc="M03AB01"), acts.Warm(1), acts.Unseal(1), acts.Warm(1), acts.Unseal(1))
    assert (found.warm_since, found.opened_at) == (
        NOW + timedelta(minutes=2),
        NOW + timedelta(minutes=3),
    )


def test_a_pack_that_is_opened_and_that_no_row_gives_a_time_says_so() -> None:
    assert one(pack("em-04"), acts.Unseal(1)).untimed
    assert one(pack(atc="M03AC04"), acts.Warm(1)).untimed
    assert not one(pack(atc="N01AX10"), acts.Unseal(1)).untimed
    assert not one(pack("em-04")).untimed


def test_the_least_of_label_and_clocks_ends_its_use() -> None:
    done = (pack(atc="M03AB01"), acts.Warm(1))
    assert one(pack(expires=NOW.date())).until(UTC) < NOW + timedelta(days=1)
    assert one(*done).until(UTC) == one(*done).warm_until
    short = one(pack(atc="M03AB01", expires=date(2026, 11, 25)), acts.Warm(1))
    assert short.until(UTC) == datetime(2026, 11, 25, 23, 59, 59, 999999, tzinfo=UTC)


LOTS = st.sampled_from(["LOT77A", "LOT77B"])
SERIALS = st.sampled_from(["", "a" * 16, "b" * 16])
NUMBERS = st.integers(1, 8)
COUNTS = st.integers(1, 6)
DONE: st.SearchStrategy[acts.Done] = st.one_of(
    st.builds(lambda lot, once: pack(lot=lot, once=once, atc="M03AB01"), LOTS, SERIALS),
    st.builds(acts.Take, NUMBERS, COUNTS),
    st.builds(acts.Discard, NUMBERS, COUNTS, st.just("broken")),
    st.builds(acts.Recount, NUMBERS, st.integers(0, 9)),
    st.builds(acts.Shift, NUMBERS, st.sampled_from([KIT, SITE])),
    st.builds(acts.Unseal, NUMBERS, st.none() | COUNTS),
    st.builds(acts.Warm, NUMBERS, st.none() | COUNTS),
    st.builds(acts.Recall, LOTS, st.just("glass")),
    st.builds(acts.Counter, NUMBERS, st.just("wrong")),
)
MOMENTS = st.integers(0, 5).map(lambda hours: NOW + timedelta(hours=hours))
ENTRIES = st.lists(st.tuples(DONE, MOMENTS), max_size=12).map(
    lambda given: [entry(number, act, at) for number, (act, at) in enumerate(given, 1)]
)


@given(ENTRIES, st.data())
def test_the_order_in_which_entries_are_given_never_matters(
    entries: list[Entry], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(entries))
    assert packs(mixed, ROWS) == packs(entries, ROWS)


@given(ENTRIES)
def test_there_is_never_less_than_nothing_nor_a_serial_twice(entries: list[Entry]) -> None:
    stock = packs(entries, ROWS)
    assert all(found.quantity >= 0 for found in stock)
    serials = {(found.once, found.number) for found in stock if found.once}
    assert len(serials) == len({once for once, _ in serials})


@given(ENTRIES)
def test_a_recalled_lot_is_recalled_in_every_pack(entries: list[Entry]) -> None:
    for found in packs([*entries, entry(99, acts.Recall("lot77a", "x"))], ROWS):
        assert found.recalled or found.lot != "LOT77A"


def test_of_a_lot_that_is_used_up_it_is_known_when_and_how_much() -> None:
    stock = packs(
        said(pack(lot="TUI1"), acts.Take(1, 3), acts.Discard(1, 1, "dropped"), acts.Take(1, 1)),
        ROWS,
    )
    (found,) = of_lot(stock, "tui 1")
    assert (found.quantity, found.used, found.thrown) == (0, 4, 1)
    assert found.used_at == (NOW + timedelta(minutes=3)).astimezone(UTC) + timedelta(minutes=1)


def test_a_pack_that_nobody_used_of_was_never_used() -> None:
    found = one(pack(), acts.Discard(1, 5, "old"))
    assert (found.used, found.thrown, found.used_at) == (0, 5, None)


@pytest.mark.parametrize(("item", "days"), [("dr-04", 14), ("dr-05", 60)])
def test_a_pack_taken_in_by_its_row_alone_lasts_out_of_the_refrigerator_as_its_code_does(
    item: str, days: int
) -> None:
    found = one(pack(item), acts.Warm(1))
    assert found.warm_since is not None
    assert found.warm_until == found.warm_since + timedelta(days=days)
    assert not found.untimed


def test_propofol_taken_in_by_its_row_alone_lasts_as_its_code_does_once_it_is_opened() -> None:
    found = one(pack("dr-08"), acts.Unseal(1))
    assert found.opened_at is not None
    assert found.opened_until == found.opened_at + timedelta(hours=12)
