from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from checklists.readiness import Finding, Ready, State, What, effect, readiness
from vitals.practice import Readiness, Responsible
from vitals.rows import Label
from vitals.vocabulary import Weight

READY, NOTICES, HELD, UNCHECKED, UNUSED = Readiness
WORSE = (READY, NOTICES, UNCHECKED, HELD)
DAY = date(2026, 11, 23)
GONE = DAY - timedelta(days=1)
BAD = {State.MISSING, State.SHORT, State.EXPIRED, State.RECALLED, State.FAILED}
PADS = Finding(
    what=What.ROW,
    id="em-04",
    target="Kit A",
    weight=Weight.HOLD,
    state=State.SOUND,
    responsible=Responsible.ANAESTHESIOLOGIST,
    label=Label("Adult pads", "Voksenelektroder", "Voksenelektroder"),
    source="somewhere, p. 1",
)


def found(**fields: Any) -> Finding:
    return replace(PADS, **fields)


def days() -> st.SearchStrategy[date]:
    around = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
    return around | st.sampled_from([date.min, date.max])


def findings() -> st.SearchStrategy[Finding]:
    return st.builds(
        found,
        what=st.sampled_from(What),
        id=st.sampled_from(["a", "b"]),
        target=st.sampled_from(["Kit A", "KN"]),
        weight=st.sampled_from([Weight.HOLD, Weight.NOTICE]),
        state=st.sampled_from(State),
        since=st.none() | days(),
        until=st.none() | days(),
    )


def answer(*given: Finding) -> Readiness:
    return readiness(given, DAY, used=True).state


@pytest.mark.parametrize(
    ("state", "hold", "notice"),
    [
        (State.SOUND, READY, READY),
        (State.ENDING, NOTICES, NOTICES),
        (State.UNCHECKED, UNCHECKED, NOTICES),
        *((state, HELD, NOTICES) for state in sorted(BAD)),
    ],
)
def test_what_holds_closes_the_place_and_a_notice_never_does(
    state: State, hold: Readiness, notice: Readiness
) -> None:
    assert answer(found(state=state)) is hold
    assert answer(found(state=state, weight=Weight.NOTICE)) is notice
    assert len(readiness([found(state=state)], DAY, used=True).reasons) == (hold is not READY)


@pytest.mark.parametrize(
    ("days_left", "expected"), [(-1, HELD), (0, NOTICES), (1, NOTICES), (2, READY)]
)
def test_what_expires_tomorrow_shows_today_and_its_last_day_still_counts(
    days_left: int, expected: Readiness
) -> None:
    assert answer(found(until=DAY + timedelta(days=days_left))) is expected


def test_what_is_known_to_be_wrong_is_worse_than_what_nobody_has_looked_at() -> None:
    unchecked, failed = found(id="mc-01", state=State.UNCHECKED), found(state=State.FAILED)
    assert answer(unchecked, failed) is HELD
    assert answer(unchecked, found()) is UNCHECKED


def test_nobody_is_asked_for_anything_where_nobody_works() -> None:
    assert readiness([found(state=State.FAILED)], DAY, used=False) == Ready(UNUSED)


def test_where_nothing_was_to_be_looked_at_nothing_was_looked_at() -> None:
    assert answer() is UNCHECKED


def order(*given: Finding) -> list[str]:
    return [one.id for one in readiness(given, DAY, used=True).reasons]


def test_what_saves_a_life_and_is_not_in_order_stands_before_every_other_hold() -> None:
    assert order(
        found(id="expired", until=DAY - timedelta(days=99)),
        found(id="recalled", state=State.RECALLED),
        found(id="unchecked", state=State.UNCHECKED, vital=True),
        found(id="scope", state=State.FAILED, vital=True),
        found(id="notice", state=State.FAILED, weight=Weight.NOTICE, vital=True),
    ) == ["scope", "expired", "recalled", "unchecked", "notice"]


def test_other_holds_stand_by_how_they_stand_and_days_part_only_what_stands_alike() -> None:
    days = {"new": GONE, "old": DAY - timedelta(days=30)}
    assert order(
        found(id="short", state=State.SHORT),
        *(found(id=name, state=State.EXPIRED, until=day) for name, day in days.items()),
        found(id="missing", state=State.MISSING),
        found(id="failed", state=State.FAILED),
    ) == ["failed", "missing", "old", "new", "short"]


def test_what_is_about_one_thing_stands_together_and_no_notice_comes_before_a_hold() -> None:
    assert order(
        found(id="device", state=State.FAILED, about="defibrillator"),
        found(id="em-01", state=State.UNCHECKED, about="defibrillator"),
        found(id="missing", state=State.MISSING),
        found(id="late", weight=Weight.NOTICE, state=State.EXPIRED, about="defibrillator"),
    ) == ["device", "em-01", "missing", "late"]


@pytest.mark.parametrize(("left", "state"), [(-1, State.EXPIRED), (0, State.ENDING)])
def test_a_reason_says_how_it_stands_on_the_day_and_not_that_it_is_in_order(
    left: int, state: State
) -> None:
    (told,) = readiness([found(until=DAY + timedelta(days=left))], DAY, used=True).reasons
    assert told.state is state


def test_the_reasons_stand_worst_first_and_then_as_they_end() -> None:
    given = [
        found(id="1", weight=Weight.NOTICE, state=State.SHORT),
        found(id="2", state=State.UNCHECKED),
        found(id="3", state=State.FAILED, what=What.PACK),
        found(id="4", state=State.FAILED, since=DAY),
        found(id="5", until=GONE),
        found(id="6"),
        found(id="7", until=DAY),
        found(id="8", state=State.FAILED, target="Kit B"),
    ]
    reasons = readiness(given, DAY, used=True).reasons
    assert [one.id for one in reasons] == ["4", "8", "3", "5", "2", "1", "7"]


@given(st.lists(findings()), st.sampled_from([State.UNCHECKED, *sorted(BAD)]), st.data())
def test_a_hold_that_was_not_looked_at_or_is_wrong_never_yields_ready_or_notices(
    others: list[Finding], state: State, data: st.DataObject
) -> None:
    bad = replace(data.draw(findings()), weight=Weight.HOLD, state=state)
    assert answer(*others, bad) in {UNCHECKED, HELD}


@given(st.lists(findings()), st.sampled_from(State))
def test_a_hold_whose_last_day_is_over_never_yields_ready_or_notices(
    others: list[Finding], state: State
) -> None:
    assert answer(*others, found(until=GONE, state=state)) is HELD


@given(st.lists(findings(), max_size=8), st.randoms())
def test_the_order_of_findings_and_those_given_twice_change_nothing(
    given: list[Finding], random: Any
) -> None:
    again = [*given, *given[:3]]
    random.shuffle(again)
    assert readiness(again, DAY, used=True) == readiness(given, DAY, used=True)


@given(st.lists(findings(), min_size=1), findings())
def test_one_more_finding_never_makes_the_answer_better(given: list[Finding], one: Finding) -> None:
    assert WORSE.index(answer(*given, one)) >= WORSE.index(answer(*given))


@given(st.lists(findings(), min_size=1))
def test_every_answer_but_ready_has_a_reason_that_alone_would_give_it(given: list[Finding]) -> None:
    told = readiness(given, DAY, used=True)
    assert (told.state is READY) == (not told.reasons)
    assert all(effect(one, DAY) is not READY for one in told.reasons)
    assert not told.reasons or effect(told.reasons[0], DAY) is told.state


@given(st.sets(findings(), max_size=6))
def test_a_reason_that_weighs_a_hold_is_one_that_closes_or_that_nobody_has_looked_at(
    given: set[Finding],
) -> None:
    for one in readiness(given, DAY, used=True).reasons:
        closes = effect(one, DAY) in (HELD, UNCHECKED)
        assert (one.weight is Weight.HOLD) is closes


@pytest.mark.parametrize("state", [State.SOUND, State.ENDING])
def test_what_only_ends_soon_is_a_notice_among_the_reasons(state: State) -> None:
    (reason,) = readiness([found(state=state, until=DAY)], DAY, used=True).reasons
    assert reason.weight is Weight.NOTICE
    (over,) = readiness([found(state=state, until=GONE)], DAY, used=True).reasons
    assert over.weight is Weight.HOLD
