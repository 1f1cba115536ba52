from __future__ import annotations

from itertools import product

import pytest
from beds import at

from monitoring.conditions import (
    NEXT,
    Condition,
    Delays,
    Happening,
    Presence,
    inactive,
    step,
)
from vitals.vocabulary import ConditionState

INACTIVE, PENDING, ACTIVE, CLEARING = ConditionState
PRESENT, ABSENT, UNKNOWN = Presence
DELAYS = Delays(onset_s=5.0, off_s=1.0, forget_s=3.0)
AT_ONCE = Delays(onset_s=0.0, off_s=0.0, forget_s=3.0)

TABLE = {
    (INACTIVE, Happening.PRESENT): PENDING,
    (INACTIVE, Happening.ABSENT): INACTIVE,
    (INACTIVE, Happening.PERSISTED): INACTIVE,
    (INACTIVE, Happening.FORGOTTEN): INACTIVE,
    (PENDING, Happening.PRESENT): PENDING,
    (PENDING, Happening.ABSENT): INACTIVE,
    (PENDING, Happening.PERSISTED): ACTIVE,
    (PENDING, Happening.FORGOTTEN): INACTIVE,
    (ACTIVE, Happening.PRESENT): ACTIVE,
    (ACTIVE, Happening.ABSENT): CLEARING,
    (ACTIVE, Happening.PERSISTED): ACTIVE,
    (ACTIVE, Happening.FORGOTTEN): ACTIVE,
    (CLEARING, Happening.PRESENT): ACTIVE,
    (CLEARING, Happening.ABSENT): CLEARING,
    (CLEARING, Happening.PERSISTED): INACTIVE,
    (CLEARING, Happening.FORGOTTEN): CLEARING,
}


def condition(state: ConditionState, since_s: float = 0.0) -> Condition:
    return Condition(state, at(since_s), at(since_s))


def walk(begin: ConditionState, *seen: tuple[float, Presence]) -> ConditionState:
    """Return where a condition stands after what was seen at each second."""
    now = condition(begin)
    for seconds, presence in seen:
        now = step(now, presence, DELAYS, at(seconds))
    return now.state


def test_the_table_is_judged_for_every_state_and_every_happening() -> None:
    assert TABLE.keys() == set(product(ConditionState, Happening))
    assert NEXT.keys() == set(ConditionState)


@pytest.mark.parametrize(("state", "happening"), TABLE)
def test_a_condition_moves_as_the_table_says(state: ConditionState, happening: Happening) -> None:
    assert NEXT[state].get(happening, state) is TABLE[state, happening]


def test_nobody_has_seen_a_new_condition_yet() -> None:
    assert inactive(at(7)) == Condition(INACTIVE, at(7), at(7))


@pytest.mark.parametrize(("seconds", "state"), [(4.9, PENDING), (5.0, ACTIVE)])
def test_it_is_an_alarm_only_after_its_onset_filter(seconds: float, state: ConditionState) -> None:
    assert walk(INACTIVE, (0, PRESENT), (seconds, PRESENT)) is state


@pytest.mark.parametrize(("seconds", "state"), [(0.9, CLEARING), (1.0, INACTIVE)])
def test_it_has_ended_only_after_its_off_delay(seconds: float, state: ConditionState) -> None:
    assert walk(ACTIVE, (10, ABSENT), (10 + seconds, ABSENT)) is state


@pytest.mark.parametrize(("seconds", "state"), [(3.0, PENDING), (3.1, INACTIVE)])
def test_a_wait_that_nobody_renews_is_forgotten(seconds: float, state: ConditionState) -> None:
    assert walk(INACTIVE, (0, PRESENT), (seconds, UNKNOWN)) is state


def test_a_short_gap_in_what_is_known_does_not_begin_the_wait_anew() -> None:
    seen = [(0.0, PRESENT), (2.0, UNKNOWN), (4.0, PRESENT), (5.0, PRESENT)]
    assert walk(INACTIVE, *seen) is ACTIVE


def test_a_wait_does_not_end_in_an_alarm_while_nothing_is_known() -> None:
    assert walk(INACTIVE, (0, PRESENT), (4.0, PRESENT), (6.0, UNKNOWN)) is PENDING


def test_one_absent_value_ends_the_wait_at_once() -> None:
    assert walk(INACTIVE, (0, PRESENT), (4.9, ABSENT)) is INACTIVE
    assert walk(INACTIVE, (0, PRESENT), (4.9, ABSENT), (5.0, PRESENT)) is PENDING


@pytest.mark.parametrize("state", [ACTIVE, CLEARING])
def test_nothing_known_neither_ends_nor_begins_an_alarm(state: ConditionState) -> None:
    assert walk(state, (600, UNKNOWN)) is state
    assert walk(INACTIVE, (600, UNKNOWN)) is INACTIVE


def test_an_alarm_that_comes_back_within_its_off_delay_never_ended() -> None:
    back = step(condition(CLEARING), PRESENT, DELAYS, at(0.9))
    assert (back.state, back.alarming) == (ACTIVE, True)


def test_without_delays_it_begins_and_ends_in_the_moment_it_is_seen() -> None:
    begun = step(inactive(at(0)), PRESENT, AT_ONCE, at(1))
    assert begun == Condition(ACTIVE, at(1), at(1))
    assert step(begun, ABSENT, AT_ONCE, at(2)) == Condition(INACTIVE, at(2), at(2))


def test_it_counts_as_an_alarm_until_it_has_ended_and_not_while_it_waits() -> None:
    alarming = {state for state in ConditionState if condition(state).alarming}
    assert alarming == {ACTIVE, CLEARING}


def test_a_jump_of_the_wall_clock_changes_no_delay() -> None:
    waiting = step(inactive(at(0)), PRESENT, DELAYS, at(0))
    later = at(4.9)
    jumped = type(later)(later.monotonic, later.wall + 86_400)
    assert step(waiting, PRESENT, DELAYS, jumped).state is PENDING
