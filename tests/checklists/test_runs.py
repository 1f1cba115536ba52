from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from ticks import KIT, MONDAY, mark, said, shipped

from checklists.entry import Entry
from checklists.runs import Run, current, runs, taken_s
from vitals.acts import Counter, Mark, Sign
from vitals.practice import Outcome

CASE = "KN-261116-001"
SIGN = Sign("machine", KIT)
ACTS = st.sampled_from(
    [mark("machine", "mc-01"), mark("machine", "mc-02 mc-03"), SIGN, mark("who", "wh-01", CASE)]
)
HISTORIES = st.lists(st.tuples(ACTS, st.integers(0, 2), st.integers(6, 16)), max_size=10)


def told(*entries: Entry) -> tuple[Run, ...]:
    return runs(shipped(), entries)


def test_a_run_begins_on_one_terminal_and_ends_on_another() -> None:
    (run,) = told(
        said(1, mark("machine", "mc-01 mc-02"), hour=7),
        said(2, mark("machine", "mc-03", outcome=Outcome.FAILED), hour=7.2, by="MK"),
        said(3, SIGN, hour=7.3, by="MK"),
    )
    assert run.people == ("AS", "MK")
    assert run.begun.hour == 7
    assert list(run.answers) == ["mc-01", "mc-02", "mc-03"]
    assert [(one.row, one.reason) for one in run.amiss] == [("mc-03", "as found")]
    assert run.signed is not None
    assert (run.signed.by, run.signed.number) == ("MK", 3)


def test_a_row_that_is_put_right_within_a_run_is_amiss_no_longer() -> None:
    (run,) = told(
        said(1, mark("machine", "mc-03", outcome=Outcome.FAILED)),
        said(2, mark("machine", "mc-03"), hour=8),
    )
    assert run.amiss == ()
    assert len(run.marks) == 2


def test_the_seconds_of_groups_add_up_and_those_of_a_group_count_once() -> None:
    first = Mark("machine", ("mc-01", "mc-02"), KIT, took_s=9.0)
    second = Mark("machine", ("mc-11",), KIT, took_s=4.5)
    (run,) = told(said(1, first), said(2, second), said(3, mark("machine", "mc-20")))
    assert run.took_s == 13.5


def test_seconds_that_nobody_measured_are_no_number() -> None:
    (run,) = told(said(1, mark("machine", "mc-01")))
    assert run.took_s is None


def test_what_is_answered_after_the_signature_is_another_run() -> None:
    first, second = told(
        said(1, mark("machine", "mc-01")),
        said(2, SIGN, hour=8),
        said(3, mark("machine", "mc-01"), hour=12),
    )
    assert (first.signed is None, second.signed is None) == (False, True)


def test_a_run_that_nobody_signed_is_over_with_its_day() -> None:
    tuesday = MONDAY + timedelta(days=1)
    entries = said(1, mark("machine", "mc-01")), said(2, mark("machine", "mc-02"), tuesday)
    found = told(*entries)
    assert [run.day for run in found] == [MONDAY, tuesday]
    assert current(found, "machine", KIT, tuesday) == found[1]
    assert current(found, "machine", KIT, tuesday + timedelta(days=1)) is None


def test_the_run_of_a_case_goes_on_past_midnight() -> None:
    tuesday = MONDAY + timedelta(days=1)
    (run,) = told(
        said(1, mark("recovery", "rc-05", CASE), hour=23.8),
        said(2, mark("recovery", "rc-06", CASE), tuesday, hour=0.1),
        said(3, Sign("recovery", CASE), tuesday, hour=0.2),
    )
    assert list(run.answers) == ["rc-05", "rc-06"]
    assert run.signed is not None
    assert current((run,), "recovery", CASE, tuesday) == run


def test_a_mark_told_late_stands_in_the_run_of_its_moment() -> None:
    (run,) = told(
        said(1, mark("machine", "mc-01"), hour=7),
        said(2, SIGN, hour=8),
        said(3, mark("machine", "mc-02"), hour=7.5),
    )
    assert list(run.answers) == ["mc-01", "mc-02"]
    assert run.signed is None


SIGNED = (
    said(1, mark("machine", "mc-01")),
    said(2, mark("machine", "mc-02"), hour=7.2),
    said(3, SIGN, hour=8),
)
"""Two rows, and a signature under both."""


def signed_by(*entries: Entry) -> list[str]:
    """Return who signed each run; empty: nobody does."""
    return [run.signed.by if run.signed else "" for run in told(*entries)]


def test_a_signature_falls_with_an_answer_under_it_and_is_given_anew() -> None:
    countered = *SIGNED, said(4, Counter(1, "slip"), hour=9)
    assert signed_by(*countered) == [""]
    again = *countered, said(5, mark("machine", "mc-01"), hour=9.1)
    assert signed_by(*again) == [""]
    assert signed_by(*again, said(6, SIGN, hour=9.2, by="MK")) == ["MK"]
    assert signed_by(*countered, said(5, Counter(4, "it was right"), hour=9.1)) == ["AS"]


def test_a_signature_that_was_given_after_a_counter_stands_until_that_is_countered() -> None:
    before = said(1, mark("machine", "mc-01")), said(2, mark("machine", "mc-01"), hour=7.1)
    signed = *before, said(3, Counter(2, "slip"), hour=7.5), said(4, SIGN, hour=8)
    assert signed_by(*signed) == ["AS"]
    assert signed_by(*signed, said(5, Counter(3, "no slip"), hour=9)) == [""]


def test_what_is_put_under_a_signature_later_is_not_signed() -> None:
    late = said(4, mark("machine", "mc-02", outcome=Outcome.FAILED), hour=7.5)
    assert signed_by(*SIGNED, late) == [""]
    assert signed_by(*SIGNED, late, said(5, SIGN, hour=9)) == ["AS"]
    assert signed_by(*SIGNED, late, said(5, Counter(4, "another kit"), hour=9)) == ["AS"]
    after = said(4, mark("machine", "mc-02"), hour=8)
    assert signed_by(*SIGNED, after) == ["AS", ""]


def test_every_signature_over_an_answer_falls_with_it() -> None:
    more = said(4, mark("machine", "mc-03"), hour=9), said(5, SIGN, hour=9.5)
    assert signed_by(*SIGNED, *more) == ["AS", "AS"]
    assert signed_by(*SIGNED, *more, said(6, Counter(1, "slip"), hour=10)) == [""]
    assert signed_by(*SIGNED, *more, said(6, Counter(4, "slip"), hour=10)) == ["AS"]


def test_of_another_day_only_what_the_day_did_not_answer_concerns_its_signature() -> None:
    tuesday = MONDAY + timedelta(days=1)
    monday = said(1, mark("machine", "mc-01")), said(2, mark("emergency", "em-04.date"))
    today = said(3, mark("machine", "mc-01"), tuesday), said(4, SIGN, tuesday, hour=8)
    assert signed_by(*monday, *today, said(5, Counter(1, "slip"), tuesday, hour=9))[-1] == "AS"
    weekly = said(3, mark("emergency", "em-01"), tuesday)
    signed = *monday, weekly, said(4, Sign("emergency", KIT), tuesday, hour=8)
    countered = *signed, said(5, Counter(2, "slip"), tuesday, hour=9)
    assert signed_by(*signed)[-1] == "AS"
    assert signed_by(*countered)[-1] == ""


def test_the_five_words_of_a_case_are_not_signed_once_one_was_countered() -> None:
    tuesday = MONDAY + timedelta(days=1)
    sign = Sign("recovery", CASE)
    signed = said(1, mark("recovery", "rc-05", CASE), hour=23.8), said(2, sign, tuesday, hour=0.2)
    assert signed_by(*signed) == ["AS"]
    more = said(3, mark("recovery", "rc-06", CASE), tuesday, hour=0.1)
    assert signed_by(*signed, more) == [""]
    assert signed_by(*signed, more, said(4, Counter(3, "slip"), tuesday, hour=1)) == ["AS"]


def test_a_signature_under_nothing_signs_nothing() -> None:
    assert told(said(1, SIGN)) == ()


def test_a_countered_signature_leaves_the_run_open() -> None:
    entries = said(1, mark("machine", "mc-01")), said(2, SIGN, hour=8)
    (run,) = told(*entries, said(3, Counter(2, "not yet"), hour=9))
    assert run.signed is None


@given(HISTORIES, st.randoms())
def test_the_order_of_entries_changes_no_run(
    drawn: list[tuple[Mark | Sign, int, int]], chance: Random
) -> None:
    entries = [
        said(number, act, MONDAY + timedelta(days=days), hour=hour)
        for number, (act, days, hour) in enumerate(drawn, 1)
    ]
    shuffled = sorted(entries, key=lambda _: chance.random())
    assert told(*shuffled) == told(*entries)


@given(HISTORIES)
def test_every_mark_stands_in_one_run(drawn: list[tuple[Mark | Sign, int, int]]) -> None:
    entries = [
        said(number, act, MONDAY + timedelta(days=days), hour=hour)
        for number, (act, days, hour) in enumerate(drawn, 1)
    ]
    given_rows = sum(len(one.act.rows) for one in entries if isinstance(one.act, Mark))
    assert sum(len(run.marks) for run in told(*entries)) == given_rows


def test_a_row_that_is_only_answered_again_is_no_time_of_the_run() -> None:
    alone = Mark("machine", ("mc-02",), KIT, took_s=0.0)
    (run,) = told(said(1, mark("machine", "mc-01 mc-02")), said(2, alone, hour=8))
    assert run.took_s is None


def test_what_is_looked_at_again_after_the_signature_adds_to_the_time_of_the_day() -> None:
    first = Mark("machine", ("mc-01", "mc-02"), KIT, took_s=40.0)
    again = Mark("machine", ("mc-02",), KIT, took_s=0.0)
    tuesday = MONDAY + timedelta(days=1)
    found = told(
        said(1, first),
        said(2, SIGN, hour=8),
        said(3, again, hour=9),
        said(4, again, tuesday),
    )
    assert taken_s(found, "machine", KIT, MONDAY) == 40.0
    assert taken_s(found, "machine", KIT, tuesday) == 0.0
    assert taken_s(found, "machine", "K2", MONDAY) is None
