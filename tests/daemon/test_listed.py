"""A checklist as clients are told of it."""

from __future__ import annotations

from ticks import KIT, MONDAY, NORTH, case, kit, mark, on, said, shipped, site

from checklists.due import due
from checklists.entry import Entry
from daemon.listed import checklists
from daemon.protocol.practice import Checklist
from daemon.protocol.row import ListRow
from vitals.acts import Counter, Sign
from vitals.practice import Outcome
from vitals.vocabulary import Weight

CASE = "KN-261116-001"
TODAY = on(MONDAY, kit(MONDAY), site(NORTH, MONDAY), case(CASE))
FAILED, NONE = Outcome.FAILED, Outcome.NOT_APPLICABLE
SITE = said(1, mark("site", "st-01 st-03 st-04 st-05", NORTH))


def told(name: str, target: str, *entries: Entry) -> Checklist:
    rows = due(shipped(), entries, TODAY)
    found = checklists(shipped(), rows, entries, MONDAY, {})
    return next(one for one in found if (one.id, one.target) == (name, target))


def row(listed: Checklist, name: str) -> ListRow:
    return next(one for one in listed.rows if one.id == name)


def test_rows_without_an_answer_stand_in_the_way_of_a_signature() -> None:
    assert told("site", NORTH, SITE).awaits == ("st-02",)
    whole = told("site", NORTH, SITE, said(2, mark("site", "st-02", NORTH, FAILED)))
    assert whole.awaits == ()
    assert (whole.answered, len(whole.asked), whole.failed) == (5, 5, 1)


def test_what_must_be_done_stands_in_the_way_also_where_it_was_answered() -> None:
    words = said(1, mark("recovery", "rc-05", CASE, FAILED))
    assert "rc-05" in told("recovery", CASE, words).awaits


def test_what_failed_on_an_earlier_day_stands_in_the_way_of_a_list_that_nobody_began() -> None:
    earlier = MONDAY.replace(day=15)
    failed = said(1, mark("site", "st-02", NORTH, FAILED), earlier)
    assert "st-02" in told("site", NORTH, failed).awaits


def test_what_failed_under_a_signature_does_not_stand_in_the_way_of_the_next() -> None:
    failed = said(2, mark("site", "st-02", NORTH, FAILED))
    again = said(4, mark("site", "st-01", NORTH), hour=9)
    listed = told("site", NORTH, SITE, failed, said(3, Sign("site", NORTH), hour=8), again)
    assert (listed.signed_by, listed.awaits) == ("", ())


def test_a_row_that_saves_a_life_holds_though_it_was_said_not_to_apply() -> None:
    vital, other = "em-01", "em-05"
    listed = told("emergency", KIT, said(1, mark("emergency", f"{vital} {other}", KIT, NONE)))
    assert row(listed, vital).still is Weight.HOLD
    assert row(listed, other).still is Weight.NOTICE
    assert row(told("emergency", KIT, said(1, mark("emergency", vital))), vital).still is None


def test_a_row_whose_answer_was_countered_says_by_whom_and_when() -> None:
    countered = SITE, said(2, Counter(1, "another clinic"), by="MK", hour=9)
    undone = row(told("site", NORTH, *countered), "st-01").undone
    assert undone is not None
    assert (undone.by, undone.on, undone.at) == ("MK", MONDAY, "2026-11-16T09:00:00.000Z")
    again = *countered, said(3, mark("site", "st-01", NORTH), hour=10)
    assert row(told("site", NORTH, *again), "st-01").undone is None
    assert row(told("site", NORTH, *again), "st-03").undone == undone
