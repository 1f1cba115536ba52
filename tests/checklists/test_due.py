from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from ticks import (
    DOCTOR,
    KIT,
    MONDAY,
    NORTH,
    NURSE,
    SOUTH,
    case,
    kit,
    mark,
    on,
    rows,
    said,
    shipped,
    site,
    states,
)

from checklists.days import Day, Occasion, Target
from checklists.due import Due, DueState, due
from checklists.entry import Entry
from vitals.acts import Counter, Mark
from vitals.practice import Country, Outcome, Scope

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))
NEXT = MONDAY + timedelta(days=7)
AFTER = NEXT + timedelta(days=1)
CASE = "KN-261116-001"
FAILED, NONE = Outcome.FAILED, Outcome.NOT_APPLICABLE


def at(day: date, *used: date, cases: Sequence[date] = ()) -> Day:
    """Return a day with one kit that is in use on it and on others."""
    return on(day, kit(day, *used, cases=frozenset(cases)))


def one(entries: list[Entry], day: Day, row: str, target: str = KIT) -> Due:
    return rows(entries, day)[row, target]


def test_two_clinics_in_a_day_are_asked_once_for_the_kit_and_each_for_its_own_rooms() -> None:
    morning = on(MONDAY, kit(MONDAY), site(NORTH, MONDAY))
    noon = on(MONDAY, kit(MONDAY), site(SOUTH, MONDAY))
    entries = [
        said(1, mark("machine", "mc-01 mc-02"), hour=7),
        said(2, mark("machine", "mc-04 mc-10", NORTH), hour=7.1),
        said(3, mark("site", "st-02", NORTH), hour=7.2),
    ]
    assert states(entries, morning, "mc-01", "mc-02", "mc-03") == ["done", "done", "due"]
    assert states(entries, morning, "mc-04", "mc-10", "st-02", target=NORTH) == ["done"] * 3
    assert states(entries, noon, "mc-01", "mc-02", "mc-03") == ["done", "done", "due"]
    assert states(entries, noon, "mc-04", "mc-10", "st-02", target=SOUTH) == ["due"] * 3


def test_the_rows_of_another_clinic_are_not_asked_for() -> None:
    found = rows([], on(MONDAY, kit(MONDAY), site(SOUTH, MONDAY)))
    assert {target for _, target in found} == {KIT, SOUTH}


def test_a_row_of_the_day_is_asked_for_once_and_anew_on_the_next() -> None:
    entries = [said(1, mark("machine", "mc-01"))]
    done = one(entries, at(MONDAY), "mc-01")
    assert (done.state, done.last, done.next, done.by) == ("done", MONDAY, TUESDAY, "AS")
    again = one(entries, at(TUESDAY, MONDAY), "mc-01")
    assert (again.state, again.last, again.next) == ("due", MONDAY, TUESDAY)


def test_what_nobody_ever_answered_is_due_from_the_first_day_in_use() -> None:
    never = one([], at(TUESDAY, MONDAY), "em-02")
    assert (never.state, never.mark, never.last, never.next) == ("due", None, None, MONDAY)
    assert never.by == ""


@pytest.mark.parametrize(
    ("row", "name", "last", "first"),
    [
        ("em-02", "emergency", date(2026, 11, 22), date(2026, 11, 23)),
        ("em-03", "emergency", date(2026, 12, 15), date(2026, 12, 16)),
        ("an-11", "anaphylaxis", date(2027, 11, 15), date(2027, 11, 16)),
    ],
)
def test_a_week_a_month_and_a_year_end_on_their_day(
    row: str, name: str, last: date, first: date
) -> None:
    entries = [said(1, mark(name, row))]
    assert states(entries, at(last, MONDAY), row) == ["done"]
    assert states(entries, at(first, MONDAY), row) == ["due"]


def test_what_falls_due_on_a_closed_day_waits_for_the_next_session() -> None:
    entries = [said(1, mark("emergency", "em-02"))]
    closed = on(NEXT, kit(MONDAY))
    assert one(entries, closed, "em-02").state is DueState.NOT_YET
    assert one(entries, closed, "em-02").next == NEXT
    assert states(entries, at(AFTER, MONDAY), "em-02") == ["due"]


def test_a_row_is_overdue_only_once_a_case_was_started_without_it() -> None:
    entries = [said(1, mark("emergency", "em-02"))]
    before = [MONDAY, TUESDAY]
    assert states(entries, at(AFTER, MONDAY, NEXT, cases=before), "em-02") == ["due"]
    assert states(entries, at(AFTER, MONDAY, cases=[*before, NEXT]), "em-02") == ["overdue"]
    mended = [*entries, said(2, mark("emergency", "em-02"), AFTER)]
    assert states(mended, at(AFTER, MONDAY, cases=[*before, NEXT]), "em-02") == ["done"]


def test_a_row_of_the_day_is_overdue_by_the_cases_of_that_day_alone() -> None:
    assert states([], at(TUESDAY, MONDAY, cases=[MONDAY]), "mc-01") == ["due"]
    assert states([], at(TUESDAY, MONDAY, cases=[TUESDAY]), "mc-01") == ["overdue"]


def test_the_presence_of_pads_is_asked_for_daily_and_their_date_weekly() -> None:
    entries = [said(1, mark("emergency", "em-04 em-04.date"))]
    day = at(TUESDAY, MONDAY)
    assert states(entries, day, "em-04", "em-04.date") == ["due", "done"]
    assert states([said(1, mark("emergency", "em-04"))], at(MONDAY), "em-04.date") == ["due"]


def test_a_failure_stays_until_somebody_looks_again() -> None:
    entries = [said(1, mark("machine", "mc-10", NORTH, FAILED))]
    days = (on(day, site(NORTH, MONDAY, day)) for day in (MONDAY, TUESDAY, NEXT))
    assert [states(entries, day, "mc-10", target=NORTH) for day in days] == [["failed"]] * 3
    mended = [*entries, said(2, mark("machine", "mc-10", NORTH), NEXT)]
    assert states(mended, on(NEXT, site(NORTH, NEXT)), "mc-10", target=NORTH) == ["done"]


def test_not_applicable_answers_for_the_day_and_starts_no_interval() -> None:
    entries = [said(1, mark("emergency", "em-05", outcome=NONE))]
    assert states(entries, at(MONDAY), "em-05") == ["not_applicable"]
    assert states(entries, at(TUESDAY, MONDAY), "em-05") == ["due"]


def test_what_is_said_of_a_later_day_changes_nothing_today() -> None:
    entries = [said(1, mark("machine", "mc-01"), TUESDAY)]
    assert states(entries, at(MONDAY), "mc-01") == ["due"]


def test_what_comes_before_the_start_of_a_case_is_overdue_after_it_and_the_rest_is_due() -> None:
    waiting, started = on(MONDAY, case(CASE)), on(MONDAY, case(CASE, MONDAY))
    names = "mb-01", "po-01", "wh-01", "wh-11", "wh-21", "rc-05"
    assert states([], waiting, *names, target=CASE) == ["due"] * 6
    assert states([], started, *names, target=CASE) == ["overdue"] * 3 + ["due"] * 3


def test_a_row_of_one_case_says_nothing_of_the_next() -> None:
    entries = [said(1, mark("who", "wh-01", CASE))]
    day = on(MONDAY, case(CASE), case("KN-261116-002"))
    assert states(entries, day, "wh-01", target=CASE) == ["done"]
    assert states(entries, day, "wh-01", target="KN-261116-002") == ["due"]


def test_rows_are_asked_for_by_the_services_of_the_day() -> None:
    work = replace(kit(MONDAY), codes=frozenset({"2622"}))
    found = rows([], on(MONDAY, work)).keys()
    assert ("dr-15", KIT) in found
    assert ("mc-01", KIT) not in found
    assert ("em-01", KIT) in found


def test_where_the_services_are_not_known_everything_is_asked_for() -> None:
    assert {("dr-15", KIT), ("mc-01", KIT)} <= rows([], at(MONDAY)).keys()


def test_the_scanner_is_asked_for_of_scanners_alone() -> None:
    devices = [
        Target(scope=Scope.DEVICE, name=name, kind=kind, used=frozenset({MONDAY}))
        for name, kind in [("sono", "Ultrasound"), ("defib", "defibrillator")]
    ]
    found = rows([], on(MONDAY, *devices))
    assert {target for row, target in found if row == "us-01"} == {"sono"}


def test_people_are_asked_for_what_their_role_needs() -> None:
    people = [replace(one, used=frozenset({MONDAY})) for one in (DOCTOR, NURSE)]
    found = rows([], on(MONDAY, *people)).keys()
    assert ("co-04", "AS") in found
    assert ("co-04", "MK") not in found
    assert ("co-07", "MK") in found


@pytest.mark.parametrize(
    ("country", "asked"),
    [(Country.DENMARK, {"co-01"}), (Country.NORWAY, {"in-15"}), (None, {"co-01", "in-15"})],
)
def test_a_row_of_one_country_is_asked_for_there(country: Country | None, asked: set[str]) -> None:
    day = replace(on(MONDAY, replace(DOCTOR, used=frozenset({MONDAY}))), country=country)
    assert {row for row, _ in rows([], day)} & {"co-01", "in-15"} == asked


def test_after_use_the_trolley_is_filled_before_the_next_day_of_cases() -> None:
    used = Occasion("em-12", KIT, said(1, mark("machine", "mc-01"), hour=10).at, MONDAY)
    target = kit(MONDAY, TUESDAY, cases=frozenset({MONDAY}))
    assert states([], on(MONDAY, target), "em-12") == ["not_yet"]
    assert states([], on(MONDAY, target, occasions=(used,)), "em-12") == ["due"]
    late = replace(target, cases=frozenset({MONDAY, TUESDAY}))
    assert states([], on(TUESDAY, late, occasions=(used,)), "em-12") == ["overdue"]
    filled = [said(2, mark("emergency", "em-12"), hour=11)]
    assert states(filled, on(TUESDAY, late, occasions=(used,)), "em-12") == ["done"]
    earlier = [said(2, mark("emergency", "em-12"), hour=9)]
    assert states(earlier, on(MONDAY, target, occasions=(used,)), "em-12") == ["due"]


def test_of_a_use_and_a_filling_of_one_minute_the_one_that_was_said_last_counts() -> None:
    at = said(1, mark("machine", "mc-01"), hour=10).at
    target, filled = kit(MONDAY), [said(2, mark("emergency", "em-12"), hour=10)]
    for number, state in ((1, "done"), (3, "due")):
        day = on(MONDAY, target, occasions=(Occasion("em-12", KIT, at, MONDAY, number),))
        assert states(filled, day, "em-12") == [state]


def test_a_counter_undoes_one_mark_and_the_row_is_due_again() -> None:
    entries = [said(1, mark("machine", "mc-01")), said(2, mark("machine", "mc-02"))]
    undone = [*entries, said(3, Counter(1, "another machine"))]
    assert states(undone, at(MONDAY), "mc-01", "mc-02") == ["due", "done"]


NAMES = ["mc-01", "em-01", "em-02", "em-04", "em-04.date", "em-16", "aw-01"]
HOMES = {"mc": "machine", "em": "emergency", "aw": "airway"}
DAYS = st.integers(0, 40).map(lambda days: MONDAY + timedelta(days=days))
MARKS = st.builds(
    lambda row, outcome: mark(HOMES[row[:2]], row, outcome=outcome),
    st.sampled_from(NAMES),
    st.sampled_from(Outcome),
)
HISTORIES = st.lists(st.tuples(MARKS, DAYS, st.integers(6, 16)), max_size=12).map(
    lambda drawn: [
        said(number, act, day, hour=hour) for number, (act, day, hour) in enumerate(drawn, 1)
    ]
)
KITS = st.builds(
    lambda used, cases: kit(*used, *cases, cases=cases), st.frozensets(DAYS), st.frozensets(DAYS)
)


@given(HISTORIES, KITS, DAYS, st.randoms())
def test_the_order_of_entries_changes_nothing(
    entries: list[Entry], used: Target, day: date, chance: Random
) -> None:
    shuffled = sorted(entries, key=lambda _: chance.random())
    today = on(day, used)
    assert due(shipped(), shuffled, today) == due(shipped(), entries, today)


@given(HISTORIES, KITS, DAYS)
def test_a_hold_that_nobody_found_in_order_in_its_time_is_never_done(
    entries: list[Entry], used: Target, day: date
) -> None:
    reach = {"day": 0, "week": 6, "month": 30, "year": 365}
    for one in due(shipped(), entries, on(day, used)):
        if one.state is not DueState.DONE or not one.ask.row.hold:
            continue
        since = day - timedelta(days=reach[one.ask.interval])
        assert any(
            isinstance(entry.act, Mark)
            and one.ask.id in entry.act.rows
            and entry.act.outcome is Outcome.DONE
            and since <= entry.day <= day
            for entry in entries
        )


@given(HISTORIES, KITS, DAYS, st.integers(0, 11))
def test_a_counter_leaves_all_as_if_that_entry_had_never_been_said(
    entries: list[Entry], used: Target, day: date, place: int
) -> None:
    number = place + 1
    countered = [*entries, said(99, Counter(number, "a slip"), MONDAY)]
    without = [one for one in entries if one.number != number]
    today = on(day, used)
    assert due(shipped(), countered, today) == due(shipped(), without, today)


@given(HISTORIES, KITS, DAYS, DAYS)
def test_one_more_case_makes_nothing_less_late(
    entries: list[Entry], used: Target, day: date, other: date
) -> None:
    more = replace(used, used=used.used | {other}, cases=used.cases | {other})
    before, after = (rows(entries, on(day, target)) for target in (used, more))
    late = {key for key, one in before.items() if one.state is DueState.OVERDUE}
    assert late <= {key for key, one in after.items() if one.state is DueState.OVERDUE}
