"""A month reckoned from a journal: recounted by hand from what was written, day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import months
import pytest
from clinics import BED as SITE_BED
from clinics import clinic, daemon, ear
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from months import PRACTICE, RULES, Journal, Made, moment, morning

from daemon.clock import SystemClock, local_date
from daemon.journal.alarming import AlarmChanged
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.events import CaseEntered
from daemon.month.bounds import Period
from daemon.month.reading import read
from daemon.protocol.codec import LINE_LIMIT, to_line
from daemon.protocol.month import Month, MonthTold
from monitoring.signals import Cue
from vitals import acts, deeds
from vitals.instant import Instant
from vitals.practice import Gas, Outcome, Readiness, Use
from vitals.vocabulary import Cancellation, Verdict

MONDAY = date(2026, 11, 2)
NOW = moment(date(2026, 11, 20), "12:00")
KIT = ("kit Adrenalin",)


def reckoned(journal: Journal, folder: Path, month: str = "2026-11", now: float = NOW) -> Month:
    return read(journal.write(folder), PRACTICE, month, Instant(0.0, now))


def states(month: Month) -> dict[int, Readiness | None]:
    return {one.day.day: one.state for one in month.days}


def stocked(journal: Journal, wall: float) -> None:
    """Take in everything that is asked for, and gas that is enough."""
    for row in months.BOOK.supplies.supplies:
        last = local_date(Instant(0.0, wall)) + timedelta(days=300)
        count = max(1, row.least)
        for place in ("KN", "Taske"):
            lot = f"{row.id}-{place}"
            journal.act(wall, acts.Receive(row.id, row.ware, lot, last, count, place))
    for name, use in (("ilt", Use.IN_USE), ("reserve", Use.RESERVE)):
        for place in ("KN", "Taske"):
            label = acts.Cylinder(f"{name}-{place}", Gas.OXYGEN, 10.0, 200.0, place, use)
            journal.act(wall, label)


def gauged(journal: Journal, wall: float) -> None:
    for name in ("ilt-KN", "ilt-Taske", "reserve-KN", "reserve-Taske"):
        journal.act(wall, acts.Gauge(name, 200.0))


def test_each_case_has_the_verdict_that_its_gaps_make_and_each_alarm_is_counted(
    tmp_path: Path,
) -> None:
    journal = Journal()
    whole = journal.case(moment(MONDAY, "08:00"), Made(alarms=("spo2_low", "spo2_low")))
    gapped = journal.case(moment(MONDAY, "09:00"), Made(off=5.0, alarms=("probe_off",)))
    never = journal.case(moment(MONDAY, "10:00"), Made(off=60.0))
    running = journal.case(moment(MONDAY, "11:00"), Made(home=False))
    strange = journal.case(moment(MONDAY, "12:00"), Made(rules="0" * 64))
    found = reckoned(journal, tmp_path)
    results = {one.case: one.result for one in found.cases}
    assert results == {
        whole: Verdict.PASS,
        gapped: Verdict.REVIEW,
        never: Verdict.FAIL,
        running: None,
        strange: None,
    }
    totals = found.contract
    counted = totals.passed, totals.review, totals.failed, totals.open, totals.unjudged
    assert counted == (1, 1, 1, 1, 1)
    assert [one.case for one in found.cases][:2] == [never, gapped]
    (ground,) = next(one.reasons for one in found.cases if one.case == gapped)
    grace = RULES.alarms.induction.grace_s
    assert ground.required_s == pytest.approx(months.LASTS * 60 - grace, abs=1)
    assert ground.covered_s == pytest.approx((months.LASTS - 5) * 60, abs=1)
    onsets = [
        event
        for event, _ in journal.written
        if isinstance(event, AlarmChanged) and event.cue is Cue.ONSET
    ]
    assert found.alarms.alarms == len(onsets) == 3
    counts = {one.alarm: one.count for one in found.alarms.conditions}
    assert counts == Counter(one.alarm for one in onsets)
    ended = NOW - moment(MONDAY, "11:00")
    assert found.alarms.case_hours > 4 * (months.LASTS + months.RECOVERS) / 60
    assert ended > 0


def test_a_duration_of_another_service_is_information_and_no_fault(tmp_path: Path) -> None:
    journal = Journal()
    journal.case(moment(MONDAY, "08:00"), Made(lasts=20.0))
    journal.case(moment(MONDAY, "09:00"))
    found = reckoned(journal, tmp_path)
    assert (found.outside, found.contract.passed) == (1, 2)
    assert [one.fits for one in found.cases] == ["3022", ""]


def test_what_was_done_in_spite_of_a_hold_is_told_with_its_reason_or_that_it_has_none(
    tmp_path: Path,
) -> None:
    journal = Journal()
    told = journal.case(moment(MONDAY, "08:00"), Made(held=KIT, explained="eneste stue"))
    owed = journal.case(moment(MONDAY, "09:00"), Made(held=KIT))
    found = reckoned(journal, tmp_path)
    assert (found.waived, found.unexplained) == (1, 1)
    waived = {one.case: one.waived[0] for one in found.cases}
    assert waived[told].reason == "eneste stue"
    assert waived[owed].reason == ""
    assert waived[owed].holds == KIT


def test_a_case_that_was_cancelled_is_told_apart_and_counts_nowhere(tmp_path: Path) -> None:
    journal = Journal()
    day = f"{MONDAY:%y%m%d}"
    number, at = f"KN-{day}-001", moment(MONDAY, "08:00")
    cancel = deeds.Cancel(why=Cancellation.FASTING, reason="spiste")
    journal.add(at, months.opening(number, MONDAY, 1, "3021", RULES.hash))
    journal.add(at + 60, CaseEntered(number, months.BED, 1, cancel, 0.0, "AS"))
    found = reckoned(journal, tmp_path)
    assert (found.anaesthetics, found.cases) == (0, ())
    assert [(one.case, one.day, one.why) for one in found.cancelled] == [
        (number, MONDAY, Cancellation.FASTING)
    ]
    assert b"spiste" not in to_line(MonthTold("1", found))


def _mended(journal: Journal) -> None:
    """Write a Friday: everything is in order, and a pack ends soon."""
    friday = MONDAY + timedelta(days=4)
    gauged(journal, moment(friday, "06:20"))
    again = acts.Mark("machine", ("mc-01",), "Taske")
    journal.act(moment(friday, "06:30"), again)
    morning(journal, moment(friday, "07:00"))
    row = months.BOOK.supplies.supplies[0]
    soon = friday + timedelta(days=10)
    journal.act(moment(friday, "07:30"), acts.Receive(row.id, row.ware, "kort", soon, 1, "KN"))
    journal.case(moment(friday, "08:00"))


@pytest.fixture(scope="module")
def week() -> Journal:
    """Write a week in which every day stands otherwise."""
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    stocked(journal, moment(MONDAY, "06:10"))
    gauged(journal, moment(MONDAY, "06:20"))
    morning(journal, moment(MONDAY, "07:00"))
    journal.case(moment(MONDAY, "08:00"))
    tuesday, wednesday, thursday = (MONDAY + timedelta(days=n) for n in (1, 2, 3))
    journal.act(moment(tuesday, "07:00"), acts.ChooseClinic("KN"))
    journal.case(moment(tuesday, "08:00"), Made(held=KIT, explained="travlt"))
    gauged(journal, moment(wednesday, "06:20"))
    morning(journal, moment(wednesday, "07:00"))
    rows = ("mc-01",)
    failed = acts.Mark("machine", rows, "Taske", Outcome.FAILED, "utæt")
    journal.act(moment(wednesday, "07:30"), failed)
    journal.case(moment(wednesday, "08:00"), Made(held=KIT, explained="travlt"))
    journal.act(moment(thursday, "07:00"), acts.ChooseClinic("KN"))
    _mended(journal)
    return journal


def test_each_day_has_the_state_that_stood_when_its_first_anaesthetic_began(
    week: Journal, tmp_path: Path
) -> None:
    found = reckoned(week, tmp_path)
    known = states(found)
    assert known[1] is None
    assert known[2] is Readiness.READY
    assert known[3] is Readiness.UNCHECKED
    assert known[4] is Readiness.HELD
    assert known[5] is Readiness.HELD  # what failed stands until somebody looks at it again
    assert known[6] is Readiness.NOTICES
    assert known[7] is known[8] is known[20] is Readiness.UNUSED
    assert known[21] is None
    wednesday = found.days[3].places[0]
    assert ("row", "mc-01", "failed") in {(r.what, r.id, r.state) for r in wednesday.reasons}
    assert (found.days[4].places[0].begun, found.days[3].places[0].begun) == (False, True)


def test_a_day_whose_first_case_began_with_no_clinic_chosen_was_not_checked(
    tmp_path: Path,
) -> None:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.act(moment(MONDAY, "06:10"), acts.ChooseClinic("KN"))
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    failed = acts.Mark("machine", ("mc-01",), "Taske", Outcome.FAILED, "utæt")
    journal.act(moment(MONDAY, "07:30"), failed)
    journal.case(moment(tuesday, "08:00"), Made(held=KIT, explained="travlt"))
    journal.act(moment(wednesday, "07:00"), acts.ChooseClinic("KN"))
    journal.case(moment(wednesday, "08:00"), Made(held=KIT, explained="travlt"))
    found = reckoned(journal, tmp_path)
    assert states(found)[3] is Readiness.UNCHECKED
    assert found.days[2].places[0].begun
    assert states(found)[4] is Readiness.HELD


def test_the_lists_of_a_day_are_told_with_how_long_they_took_and_who_signed(
    week: Journal, tmp_path: Path
) -> None:
    found = reckoned(week, tmp_path)
    runs = {(one.list, one.target): one for one in found.days[1].lists}
    assert runs["machine", "Taske"].took_s == 40.0
    assert runs["machine", "Taske"].signed_by == "AS"
    assert found.days[2].lists == ()
    amiss = [one.amiss for one in found.days[3].lists if one.list == "machine"]
    assert sum(amiss) == 1


@pytest.mark.parametrize("when", ["02 09:00", "03 23:59", "04 08:05"])
def test_a_checkpoint_or_a_start_in_between_changes_nothing(
    week: Journal, tmp_path: Path, when: str
) -> None:
    (tmp_path / "bare").mkdir()
    bare = reckoned(week, tmp_path / "bare")
    day, clock = when.split()
    again = Journal([*week.written], dict(week.serials), week.said)
    at = moment(date(2026, 11, int(day)), clock)
    again.checkpoint(at)
    (tmp_path / "kept").mkdir()
    assert reckoned(again, tmp_path / "kept") == bare


def test_only_what_follows_the_last_checkpoint_before_a_month_is_read(
    week: Journal, tmp_path: Path
) -> None:
    whole = Journal([*week.written], dict(week.serials), week.said)
    december = date(2026, 12, 1)
    whole.checkpoint(moment(date(2026, 11, 30), "20:00"))
    number = whole.case(moment(december, "08:00"), Made(off=5.0))
    later = moment(date(2026, 12, 20), "12:00")
    (tmp_path / "whole").mkdir()
    found = reckoned(whole, tmp_path / "whole", "2026-12", later)
    first = next(n for n, (one, _) in enumerate(whole.written) if isinstance(one, Checkpoint))
    cut = Journal(whole.written[first:])
    (tmp_path / "cut").mkdir()
    assert reckoned(cut, tmp_path / "cut", "2026-12", later).cases == found.cases
    assert [one.case for one in found.cases] == [number]


def test_a_recorder_that_was_down_while_somebody_was_watched_is_told(tmp_path: Path) -> None:
    journal = Journal()
    begin = moment(MONDAY, "08:00")
    journal.case(begin)
    journal.start(begin + 300)
    journal.start(moment(MONDAY, "20:00"))
    (hole,) = reckoned(journal, tmp_path).holes
    assert (hole.begin, hole.cases) == (Instant(0, begin).rfc3339(), 1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 61 * 24 * 6 - 1), min_size=1, max_size=12, unique=True))
def test_every_case_is_in_the_one_month_in_which_its_anaesthetic_began(
    tmp_path_factory: pytest.TempPathFactory, tenths: list[int]
) -> None:
    journal = Journal()
    first = moment(date(2026, 10, 20), "00:00")
    begun = {}
    last = -1e9
    for tenth in sorted(tenths):
        if tenth - last > 6:
            at = first + tenth * 600.0 + 30
            begun[journal.case(at)] = f"{local_date(Instant(0, at)):%Y-%m}"
            last = tenth
    path = journal.write(tmp_path_factory.mktemp("journal"))
    now = Instant(0.0, moment(date(2027, 2, 1), "00:00"))
    found = {}
    for month in ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01"):
        for one in read(path, PRACTICE, month, now).cases:
            assert one.case not in found
            found[one.case] = month
    assert found == begun


def test_a_month_that_the_journal_does_not_reach_is_empty_and_says_so(
    week: Journal, tmp_path: Path
) -> None:
    found = reckoned(week, tmp_path, "2025-03")
    assert found.since == Instant(0.0, moment(MONDAY, "06:00")).rfc3339()
    assert {one.state for one in found.days} == {None}
    assert (found.anaesthetics, found.alarms.per_hour) == (0, None)


@pytest.mark.timeout(90)
def test_the_largest_month_fits_into_a_line(tmp_path: Path) -> None:
    journal = Journal()
    for day in range(1, 24):
        for hour in range(8, 22):
            for half in ("00", "34"):
                journal.written += _bare(journal, moment(date(2026, 11, day), f"{hour:02d}:{half}"))
    found = reckoned(journal, tmp_path, now=moment(date(2026, 12, 20), "12:00"))
    assert found.more["cases"] > 0
    assert len(to_line(MonthTold("1", found))) < LINE_LIMIT / 2


def _bare(journal: Journal, at: float) -> list[tuple[Event, float]]:
    other = Journal(serials=journal.serials)
    other.case(at, Made(off=40.0, held=KIT, lasts=5.0))
    return other.written


async def test_a_daemon_answers_what_its_month_came_to(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    month = f"{local_date(SystemClock().now()):%Y-%m}"
    with daemon(place):
        async with ear(place) as hears:
            answer = await hears.ask("start", code="3021", age="4y")
            await hears.ask("end", bed=SITE_BED)
            line = f'{{"kind":"month","id":"m","by":"AS","month":"{month}"}}\n'.encode()
            whole: list[dict[str, Any]] = []
            while not whole:
                count = len(hears.of("month_told")) + 1
                hears.writer.write(line)
                await hears.hear(lambda least=count: len(hears.of("month_told")) >= least)  # type: ignore[misc]
                whole = [one for one in hears.of("month_told") if one["month"]]
            (told,) = whole
            assert [one["case"] for one in told["month"]["cases"]] == [answer["case"]]
            assert told["month"]["anaesthetics"] == 1


def test_a_month_ends_at_midnight_by_the_calendar_on_the_wall() -> None:
    assert Period.month("2026-11").span.end == Period.month("2026-12").span.begin
    assert local_date(Instant(0.0, Period.month("2026-11").span.end - 1)) == date(2026, 11, 30)
