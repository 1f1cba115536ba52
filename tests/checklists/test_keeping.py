"""What may be forgotten: nothing that is worked out on a later day changes by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cylinders import rules
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from stocks import ROWS
from ticks import KIT, NORTH, kit, on, shipped, site

from checklists.clinic import Clinic, offered
from checklists.due import due
from checklists.entry import Entry, standing
from checklists.equipment import register
from checklists.keeping import TARGETS, WHOLE, kept
from checklists.ledger import stores
from checklists.stock import packs
from vitals import acts
from vitals.acts import Done
from vitals.practice import Gas, Outcome, Use, Ware

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLINICS = (Clinic(name="Nord", code=NORTH), Clinic(name="Syd", code="KS"))


def entry(number: int, act: Done, ago: int) -> Entry:
    """Return an entry of so many days ago."""
    at = NOW - timedelta(days=ago, hours=1, minutes=-number / 100)
    return Entry(number, at, at.date(), "AS", act)


def mark(row: str = "mc-01", target: str = KIT, outcome: Outcome = Outcome.DONE) -> acts.Mark:
    return acts.Mark("machine", (row,), target, outcome, "" if outcome is Outcome.DONE else "why")


SAYINGS = st.one_of(
    st.builds(acts.ChooseClinic, st.sampled_from([NORTH, "KS"])),
    st.builds(
        mark,
        st.sampled_from(["mc-01", "mc-30", "mc-02"]),
        st.sampled_from([KIT, NORTH]),
        st.sampled_from(Outcome),
    ),
    st.just(acts.Sign("machine", KIT)),
    st.builds(
        acts.Receive,
        st.just("dr-01"),
        st.just(Ware.DRUG),
        st.sampled_from(["A", "B"]),
        st.just(date(2027, 6, 30)),
        st.integers(1, 3),
        st.just(KIT),
        once=st.sampled_from(["", "0123456789abcdef"]),
    ),
    st.builds(acts.Take, st.integers(1, 20), st.integers(1, 3)),
    st.builds(acts.Recount, st.integers(1, 20), st.integers(0, 3)),
    st.builds(acts.Recall, st.sampled_from(["A", "B"]), st.just("recalled")),
    st.builds(
        acts.Register,
        st.sampled_from(["lifepak", "scanner"]),
        st.just("defibrillator"),
        st.just("Make"),
        st.just("1"),
        st.just(KIT),
    ),
    st.builds(acts.Serviced, st.sampled_from(["lifepak", "scanner"]), st.just(date(2026, 9, 1))),
    st.builds(acts.Tested, st.sampled_from(["lifepak", "scanner"]), st.booleans()),
    st.builds(acts.Withdraw, st.sampled_from(["lifepak", "scanner"]), st.just("broken")),
    st.builds(acts.Restore, st.sampled_from(["lifepak", "scanner"])),
    st.builds(
        acts.Cylinder,
        st.sampled_from(["A1", "A2"]),
        st.sampled_from([Gas.OXYGEN, Gas.NITROUS_OXIDE]),
        st.just(10.0),
        st.just(200.0),
        st.just(NORTH),
        st.sampled_from(Use),
    ),
    st.builds(acts.Gauge, st.sampled_from(["A1", "A2"]), st.floats(0, 200)),
    st.builds(acts.Connect, st.sampled_from(["A1", "A2"]), st.sampled_from(Use)),
    st.builds(acts.Flow, st.sampled_from(Gas), st.just(NORTH), st.sampled_from([0.0, 4.0])),
    st.builds(acts.OrderGas, st.sampled_from(Gas), st.just(NORTH)),
    st.builds(acts.Counter, st.integers(1, 20), st.just("slip")),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Return what was said over half a year, each said no earlier than the one before it."""
    said = draw(st.lists(st.tuples(SAYINGS, st.integers(0, 180)), max_size=25))
    days = sorted((ago for _, ago in said), reverse=True)
    return [
        entry(number, act, ago)
        for number, ((act, _), ago) in enumerate(zip(said, days, strict=True), 1)
    ]


@given(histories())
def test_whatever_is_worked_out_today_is_the_same_from_what_is_kept(said: list[Entry]) -> None:
    left = kept(said, TODAY)
    day = on(TODAY, kit(TODAY), site(NORTH, TODAY))
    assert due(shipped(), left, day) == due(shipped(), said, day)
    assert register(left, TODAY) == register(said, TODAY)
    assert offered(left, CLINICS) == offered(said, CLINICS)
    full = [one for one in packs(said, ROWS) if one.quantity]
    assert [one for one in packs(left, ROWS) if one.quantity] == full
    before, after = (stores(one, rules(), NOW) for one in (said, left))
    there = [one for one in before.bottles if one.use is not Use.EMPTY]
    assert [one for one in after.bottles if one.use is not Use.EMPTY] == there
    assert (after.flows, after.ordered) == (before.flows, before.ordered)


@given(histories())
def test_the_order_of_what_is_given_changes_nothing_and_forgetting_twice_forgets_no_more(
    said: list[Entry],
) -> None:
    left = kept(said, TODAY)
    assert kept(said[::-1], TODAY) == left
    assert kept(left, TODAY) == left
    assert set(left) <= set(said)


@pytest.mark.parametrize("lot", ["", "B7"])
def test_an_order_of_long_ago_outlives_a_label_that_is_said_again(lot: str) -> None:
    label = acts.Cylinder("A1", Gas.OXYGEN, 10.0, 200.0, NORTH, Use.IN_USE)
    again = structs.replace(label, lot=lot, use=None)
    order = acts.OrderGas(Gas.OXYGEN, NORTH)
    said = [entry(1, label, 90), entry(2, order, 80), entry(3, again, 70), entry(4, mark(), 0)]
    assert (
        stores(kept(said, TODAY), rules(), NOW).ordered == stores(said, rules(), NOW).ordered != {}
    )


@given(histories())
def test_the_last_number_is_never_forgotten(said: list[Entry]) -> None:
    assert [one.number for one in kept(said, TODAY)][-1:] == [one.number for one in said][-1:]


@given(histories())
def test_what_was_countered_stays_countered(said: list[Entry]) -> None:
    stood = {one.number for one in standing(said)}
    assert {one.number for one in standing(kept(said, TODAY))} <= stood


@pytest.mark.parametrize(("ago", "there"), [(WHOLE.days, True), (WHOLE.days + 1, False)])
def test_a_month_is_kept_whole(ago: int, *, there: bool) -> None:
    first, last = entry(1, mark(), ago), entry(2, mark(), ago)
    newest = entry(3, mark(), 0)
    assert (first in kept([first, last, newest], TODAY)) is there


def test_the_last_mark_in_order_stays_however_old_and_the_failure_after_it() -> None:
    sound, failed = entry(1, mark(), 300), entry(2, mark(outcome=Outcome.FAILED), 200)
    assert kept([sound, failed, entry(3, mark("mc-02"), 0)], TODAY)[:2] == (sound, failed)


def test_cases_of_long_ago_are_forgotten_and_the_kit_among_them_is_not() -> None:
    cases = [entry(n, mark("mb-01", f"KN-26-{n}"), 100) for n in range(2, TARGETS + 12)]
    tool = entry(1, mark("mc-30"), 150)
    left = kept([tool, *cases, entry(999, mark(), 0)], TODAY)
    assert tool in left
    assert len(left) == TARGETS + 2


def test_what_is_used_up_is_forgotten_and_what_is_left_is_not() -> None:
    used, full = (acts.Receive("dr-01", Ware.DRUG, lot, date(2028, 1, 1), 2, KIT) for lot in "AB")
    said = [entry(1, used, 90), entry(2, full, 90), entry(3, acts.Take(1, 2), 80)]
    said += [entry(4, acts.Recall("A", "glass"), 80), entry(5, mark(), 0)]
    assert [one.number for one in kept(said, TODAY)] == [2, 4, 5]


def test_what_came_lately_stays_used_up_though_that_is_said_of_long_ago() -> None:
    said = [entry(1, acts.Receive("dr-01", Ware.DRUG, "A", date(2028, 1, 1), 2, KIT), 1)]
    said.append(entry(2, acts.Take(1, 2), WHOLE.days + 5))
    said.append(entry(3, mark(), 0))
    (pack,) = packs(kept(said, TODAY), ROWS)
    assert pack.quantity == 0


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], TODAY) == ()
