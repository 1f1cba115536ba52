"""The two tables of steps, and what must hold of a case whatever is said of it in what order."""

from __future__ import annotations

from collections import deque
from functools import reduce
from itertools import pairwise

import msgspec
import pytest
from beds import at
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from told import LOCAL, PAIR, SAYINGS, WORDS, case, course, entry, saying, tell, times

from monitoring.case import Case, Entry, WrongMomentError, judged, state_at, with_entry
from monitoring.course import facts, spans
from monitoring.steps import ALWAYS, NEXT, WHERE, expected, moves
from vitals import deeds
from vitals.deed import Deed
from vitals.vocabulary import Airway, CaseKind, CaseState, Flag, Phase

ANAESTHETIC, BLOCK = CaseKind
ENDS = {
    ANAESTHETIC: {CaseState.DISCHARGED, CaseState.CANCELLED, CaseState.TRANSFERRED},
    BLOCK: {CaseState.LEFT, CaseState.ABANDONED, CaseState.CANCELLED, CaseState.TRANSFERRED},
}
AGO_S = st.sampled_from([0.0, 0.0, 0.0, 1.0, 30.0, 90.0, 600.0, 900.0, 900.1, 5000.0])
KINDS = pytest.mark.parametrize("kind", CaseKind)


def way_out(kind: CaseKind, state: CaseState) -> list[type[Deed]] | None:
    """Return the shortest way to an end, or None where there is none."""
    ways: deque[tuple[CaseState, list[type[Deed]]]] = deque([(state, [])])
    seen = {state}
    while ways:
        here, way = ways.popleft()
        if here.over:
            return way
        for step, after in NEXT[kind][here].items():
            if after not in seen:
                seen.add(after)
                ways.append((after, [*way, step]))
    return None


def reached(kind: CaseKind) -> set[CaseState]:
    found, new = {CaseState.PLANNED}, {CaseState.PLANNED}
    while new:
        new = {after for state in new for after in NEXT[kind][state].values()} - found
        found |= new
    return found


def unless_refused(here: Case, one: Entry) -> Entry | None:
    try:
        return judged(here, one, times())
    except WrongMomentError:
        return None


class Course(RuleBasedStateMachine):
    """One case of which anything may be said at any time, late, in a wrong order or by mistake."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 6000.0
        self.bare = case()
        self.case = self.bare
        self.said: list[Entry] = []

    @initialize(kind=st.sampled_from(CaseKind), code=st.sampled_from(["", "3024"]))
    def it_is_opened(self, kind: CaseKind, code: str) -> None:
        self.bare = case(kind, code=code, emergency=not code)
        self.case = self.bare

    def entry(self, deed: deeds.Said, ago_s: float) -> Entry:
        moment, now = at(self.seconds - ago_s), at(self.seconds)
        return entry(self.case, deed, moment, entered=now)

    def keep(self, one: Entry) -> None:
        self.case = with_entry(self.case, one)
        self.said.append(one)

    @rule(seconds=st.sampled_from([0.0, 0.5, 60.0, 1000.0]))
    def time_passes(self, seconds: float) -> None:
        self.seconds += seconds

    @rule(deed=st.sampled_from(SAYINGS), ago_s=AGO_S)
    def something_is_said(self, deed: deeds.Said, ago_s: float) -> None:
        one, before = self.entry(deed, ago_s), self.case
        taken = unless_refused(before, one)
        if taken is None:
            assert not isinstance(deed, ALWAYS)
            return
        fits = Flag.OUT_OF_ORDER not in taken.flags
        assert fits or isinstance(deed, ALWAYS)
        assert (Flag.LATE in taken.flags) == (ago_s > 900)
        self.keep(taken)
        if fits and moves(before.kind, deed) and ago_s == 0:
            assert self.case.state is NEXT[before.kind][before.state][type(deed)]

    @rule(number=st.integers(1, 12), ago_s=AGO_S)
    def something_is_corrected(self, number: int, ago_s: float) -> None:
        self.something_is_said(deeds.Correct(entry=number, reason="slip"), ago_s)

    @rule(deed=st.sampled_from(SAYINGS), ago_s=AGO_S)
    def a_journal_holds_something_that_nobody_judged(self, deed: deeds.Said, ago_s: float) -> None:
        self.keep(self.entry(deed, ago_s))

    @invariant()
    def nothing_that_was_said_is_lost(self) -> None:
        assert list(self.case.entries) == self.said

    @invariant()
    def replay_gives_the_same_case(self) -> None:
        assert reduce(with_entry, self.said, self.bare) == self.case

    @invariant()
    def a_case_survives_being_written_down(self) -> None:
        assert msgspec.json.decode(msgspec.json.encode(self.case), type=Case) == self.case

    @invariant()
    def the_state_is_one_of_its_table_and_the_one_of_now(self) -> None:
        assert self.case.state in NEXT[self.case.kind]
        assert state_at(self.case, at(self.seconds)) is self.case.state

    @invariant()
    def there_is_a_way_to_an_end_and_the_case_takes_it(self) -> None:
        here = self.case
        way = way_out(here.kind, here.state)
        assert way is not None
        for step in way:
            deed = saying(step)
            here = with_entry(here, judged(here, entry(here, deed, at(self.seconds)), times()))
        assert here.state in ENDS[here.kind]

    @invariant()
    def spans_lie_in_order_and_never_overlap(self) -> None:
        found = spans(self.case)
        assert all(one.end is not None for one in found[:-1])
        for one in found:
            assert one.end is None or one.begin.monotonic <= one.end.monotonic
        for one, after in pairwise(found):
            assert one.end is not None
            assert one.end.monotonic <= after.begin.monotonic
        running = bool(found) and found[-1].running
        under = {CaseState.ANAESTHESIA, CaseState.RECOVERY, CaseState.LATE_RECOVERY}
        assert running == (self.case.state in under)

    @invariant()
    def what_is_known_can_always_be_told(self) -> None:
        for ago_s in (0.0, 600.0, 5000.0):
            known = facts(self.case, at(self.seconds - ago_s))
            assert known.elapsed_s is None or known.elapsed_s >= 0


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@KINDS
def test_every_state_of_a_table_is_reached_and_has_a_way_to_an_end(kind: CaseKind) -> None:
    assert reached(kind) == NEXT[kind].keys()
    assert {state for state in NEXT[kind] if state.over} == ENDS[kind]
    for state, steps in NEXT[kind].items():
        assert state.over == (not steps)
        assert way_out(kind, state) is not None


@KINDS
def test_every_case_that_is_not_over_may_go_to_hospital(kind: CaseKind) -> None:
    for state, steps in NEXT[kind].items():
        assert state.over or steps[deeds.Transfer] is CaseState.TRANSFERRED


def test_whatever_can_be_said_is_a_step_or_has_its_place_and_never_both() -> None:
    steps = {step for table in NEXT.values() for row in table.values() for step in row}
    assert steps & WHERE.keys() == set()
    assert steps | WHERE.keys() == set(WORDS)
    assert {type(deed) for deed in SAYINGS} == set(WORDS)


@KINDS
def test_an_airway_an_end_and_a_call_are_taken_wherever_a_case_stands(kind: CaseKind) -> None:
    for state in NEXT[kind]:
        here = standing_at(kind, state)
        for word in ALWAYS:
            one = judged(here, entry(here, saying(word), at(9000)), times())
            fits = type(one.deed) in NEXT[kind][state] or state in WHERE.get(word, ())
            assert one.flags == (() if fits else (Flag.OUT_OF_ORDER,))


@KINDS
def test_a_step_that_does_not_follow_is_refused_with_what_was_expected(kind: CaseKind) -> None:
    for state, steps in NEXT[kind].items():
        here = standing_at(kind, state)
        words = ", ".join(expected(kind, state)) or "nothing more: it is over"
        for word in set(WORDS) - steps.keys() - WHERE.keys() - set(ALWAYS):
            with pytest.raises(WrongMomentError) as refused:
                judged(here, entry(here, saying(word), at(9000)), times())
            assert str(refused.value).startswith(f"{saying(word).name()} ")
            assert str(refused.value).endswith(f" where a case is {state}: expected {words}")


def standing_at(kind: CaseKind, state: CaseState) -> Case:
    """Return a case that was told the shortest way to a state."""
    ways: deque[tuple[CaseState, list[type[Deed]]]] = deque([(CaseState.PLANNED, [])])
    while True:
        here, way = ways.popleft()
        if here is state:
            return course(case(kind), [saying(step) for step in way])
        ways.extend((after, [*way, step]) for step, after in NEXT[kind][here].items())


def test_an_anaesthetic_goes_from_plan_to_discharge() -> None:
    words = (deeds.Prepare, deeds.Begin, deeds.Finish, deeds.Recover, deeds.HandOver)
    told = course(case(), [saying(word) for word in (*words, deeds.Conclude, deeds.Discharge)])
    assert told.state is CaseState.DISCHARGED
    assert [(one.phase, one.code) for one in spans(told)] == [
        (Phase.DURING, "3021"),
        (Phase.RECOVERY, "3021"),
    ]


def test_a_block_goes_from_readings_to_readings_and_out() -> None:
    told = course(case(BLOCK), [PAIR, LOCAL, PAIR, deeds.Observe(), deeds.Leave()])
    assert told.state is CaseState.LEFT
    assert spans(told) == ()


def test_an_anaesthetic_again_is_a_span_of_its_own_with_its_own_code() -> None:
    words = (deeds.Begin, deeds.Finish, deeds.Recover, deeds.Resume, deeds.Finish)
    told = course(case(), [saying(word) for word in words])
    assert [(one.phase, one.code) for one in spans(told)] == [
        (Phase.DURING, "3021"),
        (Phase.RECOVERY, "3021"),
        (Phase.DURING, "3022"),
    ]


def test_what_lies_ahead_is_refused_but_an_airway_is_taken_and_flagged() -> None:
    here = tell(case(), deeds.Begin(), at(0))
    ahead = entry(here, deeds.Recover(), at(61), entered=at(60))
    with pytest.raises(WrongMomentError, match="recover lies ahead: expected a time that has been"):
        judged(here, ahead, times())
    airway = entry(here, deeds.SetAirway(airway=Airway.LMA), at(61), entered=at(60))
    assert judged(here, airway, times()).flags == (Flag.OUT_OF_ORDER,)


def test_a_late_step_that_would_undo_a_later_one_is_refused_and_names_it() -> None:
    told = course(case(), [deeds.Begin(), deeds.Finish(), deeds.Recover()])
    late = entry(told, saying(deeds.Transfer), at(30), entered=at(300))
    said = r"transfer cannot stand before 2 \(end\), 3 \(recover\): expected these corrected first"
    with pytest.raises(WrongMomentError, match=said):
        judged(told, late, times())


def test_a_late_airway_stands_at_its_true_time() -> None:
    told = course(case(), [deeds.Begin(), deeds.Finish()], every_s=600)
    airway = entry(told, deeds.SetAirway(airway=Airway.LMA), at(60), entered=at(700))
    told = with_entry(told, judged(told, airway, times()))
    assert told.entries[-1].flags == ()
    assert facts(told, at(59)).airway is None
    assert facts(told, at(60)).airway is Airway.LMA


@pytest.mark.parametrize(("ago_s", "flags"), [(900.0, ()), (900.1, (Flag.LATE,))])
def test_an_entry_is_late_when_more_than_a_quarter_of_an_hour_is_between(
    ago_s: float, flags: tuple[Flag, ...]
) -> None:
    one = entry(case(), deeds.Attest(), at(5000 - ago_s), entered=at(5000))
    assert judged(case(), one, times()).flags == flags


def test_a_correction_gives_back_what_was_so_before() -> None:
    said = (deeds.Move(bed="bed 2"), deeds.Relieve(to="MK"), saying(deeds.Rebook))
    told = course(case(), [deeds.Begin(), *said])
    assert (told.bed, told.by, told.code) == ("bed 2", "MK", "3023")
    for number in (2, 3, 4):
        told = tell(told, deeds.Correct(entry=number, reason="slip"), at(600))
    assert (told.bed, told.by, told.code, told.planned) == ("bed 1", "AS", "3021", "3021")
    assert len(told.entries) == 7


def test_a_correction_that_is_corrected_strikes_nothing() -> None:
    told = course(case(), [deeds.Begin(), deeds.Correct(entry=1, reason="slip")])
    assert told.state is CaseState.PLANNED
    told = tell(told, deeds.Correct(entry=2, reason="it was right"), at(120))
    assert (told.state, told.started) == (CaseState.ANAESTHESIA, at(0))


def test_what_is_not_there_cannot_be_corrected() -> None:
    told = course(case(), [deeds.Begin(), deeds.Attest()])
    with pytest.raises(WrongMomentError, match="no entry 9 to correct: expected 1, 2"):
        tell(told, deeds.Correct(entry=9, reason="slip"), at(120))
    told = tell(told, deeds.Correct(entry=2, reason="slip"), at(120))
    with pytest.raises(WrongMomentError, match="no entry 2 to correct: expected 1, 3"):
        tell(told, deeds.Correct(entry=2, reason="slip"), at(120))


def test_a_step_that_follows_no_longer_changes_nothing() -> None:
    told = course(case(), [deeds.Begin(), deeds.Finish(), deeds.Resume(code="3022")])
    slip = deeds.Correct(entry=2, reason="slip")
    struck = Entry(number=4, deed=slip, at=at(600), entered=at(600), by="AS")
    with pytest.raises(WrongMomentError, match=r"3 \(resume\) would hang in the air"):
        judged(told, struck, times())
    told = with_entry(told, struck)  # as a journal from elsewhere may have it
    assert (told.state, told.started, told.code) == (CaseState.ANAESTHESIA, at(0), "3021")
    assert [(one.code, one.begin, one.end) for one in spans(told)] == [("3021", at(0), None)]
    assert facts(told, at(600)).elapsed_s == 600


def test_what_is_no_step_of_a_block_leaves_it_as_it_was() -> None:
    told = course(case(BLOCK), [PAIR, deeds.Finish()])
    assert (told.state, told.ended) == (CaseState.READINGS_BEFORE, None)


def test_a_code_that_an_emergency_is_given_later_counts_from_its_beginning() -> None:
    emergency = case(code="", emergency=True)
    told = course(emergency, [deeds.Begin(), deeds.Finish(), deeds.Recover()])
    assert {one.code for one in spans(told)} == {""}
    told = tell(told, saying(deeds.Rebook), at(600))
    assert (told.code, told.planned) == ("3023", "3023")
    assert {one.code for one in spans(told)} == {"3023"}
    told = tell(told, deeds.Correct(entry=4, reason="slip"), at(700))
    assert (told.code, told.planned) == ("", "")
    assert {one.code for one in spans(told)} == {""}
