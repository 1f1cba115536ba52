"""The list of a day, and what must hold of it whatever is done with its rows in what order."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from lists import DAY, MORROW, SIMPLE
from told import LOCAL, PAIR, case, course, saying

from monitoring.case import Case
from monitoring.daylist import (
    NEXT,
    DayList,
    Row,
    Step,
    WrongRowError,
    added,
    allowed,
    followed,
    placed,
    stepped,
)
from vitals import deeds
from vitals.listing import RowState
from vitals.vocabulary import Cancellation, CaseKind

NUMBERS = st.integers(1, 8)
STEPS = pytest.mark.parametrize("step", Step)
FIELDS: dict[Step, dict[str, object]] = {
    Step.TAKE: {"case": "KN-261122-001"},
    Step.DO: {},
    Step.CANCEL: {"why": Cancellation.FASTING},
    Step.MOVE: {"moved_to": MORROW},
}


def rows(count: int) -> DayList:
    return added(DayList(DAY), [SIMPLE] * count, "AS")


def order(listed: DayList) -> list[int]:
    return [row.number for row in listed.rows]


class Course(RuleBasedStateMachine):
    """One list with which anything is tried at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.list = DayList(DAY)
        self.ended: dict[int, Row] = {}
        self.count = 0

    @rule(count=st.integers(0, 3))
    def some_are_added(self, count: int) -> None:
        before = order(self.list)
        self.list = added(self.list, [SIMPLE] * count, "AS")
        self.count += count
        assert order(self.list)[: len(before)] == before

    @rule(number=NUMBERS, before=st.none() | NUMBERS)
    def one_is_put_elsewhere(self, number: int, before: int | None) -> None:
        self.list = placed(self.list, number, before)

    @rule(number=NUMBERS, step=st.sampled_from(Step))
    def one_takes_a_step(self, number: int, step: Step) -> None:
        row, after = self.list.row(number), stepped(self.list, number, step, **FIELDS[step])
        try:
            assert allowed(self.list, number, step) == row
        except WrongRowError:
            assert after == self.list
        else:
            assert row is not None
            assert row.state is RowState.WAITING
            self.list = after

    @invariant()
    def no_row_is_lost_and_the_order_is_a_permutation(self) -> None:
        assert sorted(order(self.list)) == list(range(1, self.count + 1))

    @invariant()
    def a_row_that_has_ended_stays_as_it_ended(self) -> None:
        for row in self.list.rows:
            assert self.ended.get(row.number, row) == row
            if row.state.over:
                self.ended[row.number] = row

    @invariant()
    def the_next_is_the_first_that_waits(self) -> None:
        waiting = [row for row in self.list.rows if row.state is RowState.WAITING]
        assert self.list.next == (waiting[0] if waiting else None)
        assert self.list.over == all(row.state.over for row in self.list.rows)

    @invariant()
    def a_list_survives_being_written_down(self) -> None:
        assert msgspec.json.decode(msgspec.json.encode(self.list), type=DayList) == self.list


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_the_table_names_every_state_and_what_has_ended_has_no_step() -> None:
    assert NEXT.keys() == set(RowState)
    assert all(not steps for state, steps in NEXT.items() if state.over)
    assert set(NEXT[RowState.WAITING].values()) == set(RowState) - {RowState.WAITING}


@STEPS
@pytest.mark.parametrize("state", [state for state in RowState if state is not RowState.WAITING])
def test_a_row_ends_once(state: RowState, step: Step) -> None:
    (first,) = (one for one, after in NEXT[RowState.WAITING].items() if after is state)
    listed = stepped(rows(1), 1, first, **FIELDS[first])
    with pytest.raises(WrongRowError, match=r"row 1 .*: expected a row that waits"):
        allowed(listed, 1, step)
    assert stepped(listed, 1, step, **FIELDS[step]) == listed


def test_what_became_of_a_row_is_said_to_whoever_wants_it() -> None:
    listed = stepped(rows(3), 1, Step.TAKE, **FIELDS[Step.TAKE])
    listed = stepped(listed, 2, Step.MOVE, **FIELDS[Step.MOVE])
    for number, words in (
        (1, "row 1 was taken as KN-261122-001, and ends as that does"),
        (2, "row 2 was moved to 2026-11-23"),
        (7, "there is no row 7 on 2026-11-22: expected 1, 2, 3"),
    ):
        with pytest.raises(WrongRowError, match=words):
            allowed(listed, number, None)
    with pytest.raises(WrongRowError, match="the list is empty"):
        allowed(DayList(DAY), 1, Step.TAKE)


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (3, 1, [3, 1, 2]),
        (1, 3, [2, 1, 3]),
        (1, None, [2, 3, 1]),
        (2, 2, [1, 2, 3]),
        (9, 1, [1, 2, 3]),
        (1, 9, [1, 2, 3]),
    ],
)
def test_a_row_is_put_before_another_or_at_the_end(
    number: int, before: int | None, after: list[int]
) -> None:
    assert order(placed(rows(3), number, before)) == after


def test_the_next_is_passed_on_as_rows_are_taken_and_put_elsewhere() -> None:
    listed = placed(rows(3), 3, 1)
    first = listed.next
    assert first is not None
    assert first.number == 3
    assert first.plan == SIMPLE
    listed = stepped(listed, 3, Step.TAKE, **FIELDS[Step.TAKE])
    assert [row.number for row in listed.rows if row == listed.next] == [1]


def after(told: Case) -> Row:
    listed = stepped(rows(2), 1, Step.TAKE, case=told.number)
    row = followed(listed, told).row(1)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("kind", "said", "state", "why"),
    [
        ("anaesthetic", [], RowState.TAKEN, None),
        ("anaesthetic", [saying(deeds.Begin)], RowState.TAKEN, None),
        (
            "anaesthetic",
            [saying(deeds.Cancel)],
            RowState.CANCELLED,
            Cancellation.FASTING,
        ),
        ("anaesthetic", [saying(deeds.Transfer)], RowState.CANCELLED, Cancellation.OTHER),
        ("anaesthetic", [saying(deeds.Begin), saying(deeds.Transfer)], RowState.DONE, None),
        (
            "anaesthetic",
            [saying(w) for w in (deeds.Begin, deeds.Finish, deeds.Recover)],
            RowState.TAKEN,
            None,
        ),
        (
            "anaesthetic",
            [
                saying(word)
                for word in (
                    deeds.Begin,
                    deeds.Finish,
                    deeds.Recover,
                    deeds.Conclude,
                    deeds.Discharge,
                )
            ],
            RowState.DONE,
            None,
        ),
        ("block", [LOCAL, deeds.Observe(), deeds.Leave()], RowState.DONE, None),
        ("block", [PAIR, saying(deeds.Abandon)], RowState.CANCELLED, Cancellation.OTHER),
        ("block", [LOCAL, saying(deeds.Abandon)], RowState.DONE, None),
    ],
)
def test_a_row_that_was_taken_stands_and_ends_as_its_case_does(
    kind: str, said: list[deeds.Said], state: RowState, why: Cancellation | None
) -> None:
    row = after(course(case(CaseKind(kind)), said))
    assert (row.state, row.why) == (state, why)


def test_a_correction_of_the_case_gives_the_row_back() -> None:
    told = course(case(), [saying(deeds.Cancel), deeds.Correct(entry=1, reason="wrong child")])
    assert after(told).state is RowState.TAKEN
    assert after(told).why is None


def test_a_case_of_no_row_changes_nothing() -> None:
    listed = rows(2)
    assert followed(listed, course(case(), [saying(deeds.Cancel)])) == listed
