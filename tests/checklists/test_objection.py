from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from ticks import DOCTOR, KIT, MONDAY, NORTH, NURSE, case, kit, mark, on, said, shipped, site

from checklists.days import Target
from checklists.entry import Entry
from checklists.objection import objection
from vitals.acts import Counter, Mark, Sign
from vitals.practice import Outcome, Scope

CASE = "KN-261116-001"
PUMP = Target(scope=Scope.DEVICE, name="pump", kind="infusion_pump", used=frozenset({MONDAY}))
TARGETS = (kit(MONDAY), site(NORTH, MONDAY), PUMP, DOCTOR, NURSE, case(CASE))
TODAY = on(MONDAY, *TARGETS)
WORDS = "rc-05 rc-06 rc-07 rc-08 rc-09"
OTHERS = "rc-01 rc-02 rc-03 rc-04 rc-10 rc-11 rc-12 rc-13"
FAILED, NONE = Outcome.FAILED, Outcome.NOT_APPLICABLE


def told(act: Mark | Sign, *entries: Entry, by: str = "AS") -> str | None:
    return objection(act, by, day=TODAY, lists=shipped(), entries=entries)


def recovered(words: Outcome = Outcome.DONE) -> tuple[Entry, Entry]:
    """Return every row of recovery answered, the five words all in one way."""
    return said(1, mark("recovery", WORDS, CASE, words)), said(2, mark("recovery", OTHERS, CASE))


@pytest.mark.parametrize(
    "act",
    [
        mark("machine", "mc-01 mc-02"),
        mark("machine", "mc-10", NORTH),
        mark("machine", "mc-23", "pump"),
        mark("machine", "mb-01", CASE),
        mark("emergency", "em-04.date"),
        mark("competence", "co-04", "AS"),
        mark("machine", "mc-01", KIT, FAILED),
        mark("recovery", "rc-05", CASE, FAILED),
    ],
    ids=str,
)
def test_a_mark_that_fits_is_taken(act: Mark) -> None:
    assert told(act) is None


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (mark("machines", "mc-01"), "there is no list 'machines': expected machine, site, "),
        (mark("machine", "mc-99"), "there is no row 'mc-99' in machine: expected mc-01, "),
        (mark("machine", "mc-01 mc-01"), "a row stands twice: name each once"),
        (mark("machine", "mc-01", "K9"), "a kit, and 'K9' is unknown here: expected K1"),
        (mark("machine", "mc-01", NORTH), "mc-01 is about a kit, and 'KN' is a site: expected K1"),
        (mark("machine", "mc-01 mc-10"), "mc-10 is about a site, and 'K1' is a kit: expected KN"),
        (mark("ultrasound", "us-01", "pump"), "not about the device 'pump': there is none here"),
        (mark("competence", "co-04", "MK"), "co-04 is not about the person 'MK': expected AS"),
        (mark("recovery", "rc-05", CASE, NONE), "rc-05 always applies: mark it done or failed"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_with_what_would(act: Mark, says: str) -> None:
    assert says in str(told(act))


@pytest.mark.parametrize("outcome", [FAILED, NONE])
@pytest.mark.parametrize("reason", ["", "   "])
def test_what_is_not_done_wants_a_reason(outcome: Outcome, reason: str) -> None:
    line = told(Mark("machine", ("mc-01", "mc-02"), KIT, outcome, reason))
    said_so = "failed" if outcome is FAILED else "not applicable"
    assert line == f"mc-01, mc-02: {said_so} without a reason: write why"


def test_a_run_is_signed_once_every_row_of_the_day_is_answered() -> None:
    group = said(1, mark("site", "st-01 st-02 st-03", NORTH))
    sign = Sign("site", NORTH)
    assert told(sign, group) == (
        "not answered yet: st-04, st-05: mark each done, failed or not applicable"
    )
    rest = said(2, mark("site", "st-04 st-05", NORTH, FAILED))
    assert told(sign, group, rest) is None


def test_rows_that_are_not_due_need_no_answer() -> None:
    week = said(1, mark("emergency", "em-02 em-04.date em-05"), MONDAY - timedelta(days=1))
    month = said(2, mark("emergency", "em-03 em-06 em-07 em-08 em-09 em-11 em-16 em-17 em-19"))
    day = said(3, mark("emergency", "em-01 em-04 em-10 em-13 em-14 em-15"))
    sign = Sign("emergency", KIT)
    assert told(sign, week, month, day) is None
    assert "em-02, em-04.date, em-05" in str(told(sign, month, day))


def test_what_failed_yesterday_is_looked_at_before_anybody_signs() -> None:
    sunday = MONDAY - timedelta(days=1)
    failed = said(1, mark("site", "st-02", NORTH, FAILED), sunday)
    rest = said(2, mark("site", "st-01 st-03 st-04 st-05", NORTH))
    sign = Sign("site", NORTH)
    assert "failed on an earlier day: st-02" in str(told(sign, failed, rest))
    assert told(sign, failed, rest, said(3, mark("site", "st-02", NORTH, FAILED))) is None


def test_what_failed_under_a_signature_of_the_day_is_not_asked_for_under_the_next() -> None:
    failed = said(1, mark("site", "st-02", NORTH, FAILED))
    rest = said(2, mark("site", "st-01 st-03 st-04 st-05", NORTH), hour=7.2)
    sign = Sign("site", NORTH)
    again = said(4, mark("site", "st-01", NORTH), hour=9)
    assert told(sign, failed, rest, said(3, sign, hour=8), again) is None


def test_the_patient_goes_home_on_five_words_that_are_done() -> None:
    sign = Sign("recovery", CASE)
    assert told(sign, *recovered()) is None
    assert told(sign, *recovered(FAILED)) == (
        "not done: rc-05, rc-06, rc-07, rc-08, rc-09: nobody signs before they are"
    )
    assert "rc-05, rc-06" in str(told(sign, recovered()[1]))


def test_nobody_signs_under_nothing_or_under_what_is_signed() -> None:
    sign = Sign("recovery", CASE)
    assert told(sign) == f"nothing of recovery was answered for {CASE}: mark its rows first"
    signed = said(3, sign, by="MK", hour=9)
    assert told(sign, *recovered(), signed) == (
        f"recovery for {CASE} was signed by MK: nothing is new"
    )


def test_what_is_not_signed_any_more_is_signed_anew() -> None:
    sign = Sign("recovery", CASE)
    signed = *recovered(), said(3, sign, by="MK", hour=9)
    slip = said(4, Counter(2, "another patient"), hour=10)
    assert "not answered yet: rc-01" in str(told(sign, *signed, slip))
    again = said(5, mark("recovery", OTHERS, CASE), hour=11)
    assert told(sign, *signed, slip, again) is None
    late = said(4, mark("recovery", "rc-01", CASE), hour=8)
    assert told(sign, *signed, late) is None


def test_who_has_left_signs_nothing() -> None:
    line = told(Sign("recovery", CASE), *recovered(), by="JB")
    assert line == "JB is not of the practice on 2026-11-16: expected AS, MK"


def test_where_nobody_is_on_file_anybody_signs() -> None:
    today = replace(TODAY, targets=(case(CASE),))
    sign = Sign("recovery", CASE)
    assert objection(sign, "JB", day=today, lists=shipped(), entries=recovered()) is None


@pytest.mark.parametrize(
    ("sign", "says"),
    [
        (Sign("recovery", KIT), f"nothing in recovery is about 'K1': expected {CASE}"),
        (Sign("site", "KX"), "nothing in site is about 'KX': expected KN"),
        (Sign("ultrasound", KIT), "about 'K1': there is nothing here that it is about"),
        (Sign("sites", NORTH), "there is no list 'sites': expected machine, site, "),
    ],
)
def test_a_signature_for_something_else_is_refused(sign: Sign, says: str) -> None:
    assert says in str(told(sign))
