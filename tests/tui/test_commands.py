from __future__ import annotations

from typing import Any

import msgspec
import pytest
import scenes
from dashboards import sight_of
from hypothesis import given
from hypothesis import strategies as st

from daemon.protocol.codec import to_command, to_line
from daemon.protocol.commands import Acknowledge, Aged, Emergency, End, Enter, Plan
from daemon.protocol.messages import Answer, Refusal, Result
from tui.age import LONGEST, Planned, Unclear, age, planned
from tui.answering import answered
from tui.commands import (
    Asker,
    acknowledged,
    aged,
    begun,
    emergency,
    ended,
    entered,
    erased,
    typed,
)
from tui.prompt import (
    ANSWER_S,
    ARMED_S,
    IDLE,
    NOTE_S,
    AskAge,
    EndArmed,
    Gate,
    Note,
    Prompt,
)
from tui.sending import awaiting
from tui.settling import settled
from tui.sight import Sight
from vitals.deeds import Finish
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, CaseState, SignalState

ASKER = Asker("AS", 7)
RUNNING = sight_of(*scenes.greeting(*scenes.HIGH))
FREE = sight_of(*scenes.greeting(*scenes.IDLE))


def placed(state: CaseState) -> Sight:
    """Return a bed whose case stands somewhere."""
    case = msgspec.structs.replace(scenes.CASE, state=state)
    return sight_of(*scenes.greeting(*scenes.IDLE, case))


def after(seconds: float) -> Instant:
    return Instant(scenes.NOW.monotonic + seconds, scenes.NOW.wall)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", "4y"),
        ("4y", "4y"),
        ("4å", "4y"),
        ("12", "12y"),
        ("8m", "8m"),
        ("20d", "20d"),
        ("08m", "8m"),
        ("1y", "1y"),
        ("0", Unclear.MONTHS),
        ("1", Unclear.MONTHS),
        ("01", Unclear.MONTHS),
        ("", Unclear.MALFORMED),
        ("m", Unclear.MALFORMED),
        ("4 y", Unclear.MALFORMED),
        ("-4", Unclear.MALFORMED),
        ("4yy", Unclear.MALFORMED),
        ("\u0664", Unclear.MALFORMED),
    ],
)
def test_an_age_is_years_unless_it_says_months_or_days(text: str, expected: str | Unclear) -> None:
    assert age(text) == expected


@given(text=st.text(alphabet="0123456789dmyåbøe -.,½", max_size=8))
def test_whatever_is_typed_is_a_command_that_the_daemon_can_read_or_is_asked_back(
    text: str,
) -> None:
    outcome = entered(FREE, AskAge(text), ASKER)
    if isinstance(outcome, Plan):
        assert to_command(to_line(outcome)) == outcome
    else:
        assert isinstance(outcome, AskAge)
        assert outcome.unclear is not None


def plan(age: str, **fields: Any) -> Plan:
    return Plan(id="c7", by="AS", bed=scenes.BED, age=age, **fields)


def test_enter_plans_the_usual_anaesthetic_of_the_bed_with_its_age() -> None:
    assert entered(FREE, AskAge("8m"), ASKER) == plan("8m", code="3021")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 3022", Planned("4y", "3022")),
        ("4y 3023", Planned("4y", "3023")),
        ("120å 3025", Planned("120y", "3025")),
        ("8m  3024", Planned("8m", "3024")),
        ("4 ", Planned("4y", "3021")),
        ("4", Planned("4y", "3021")),
        ("4 ø3005 3057", Planned("4y", None, ("3005", "3057"))),
        ("4 e3005 e3057", Planned("4y", None, ("3005", "3057"))),
        ("45 b2635", Planned("45y", "2635", (), CaseKind.BLOCK)),
        ("4 302", Unclear.MALFORMED),
        ("4 30222", Unclear.MALFORMED),
        ("4 3022 3", Unclear.MALFORMED),
        ("4 3022 3023", Unclear.MALFORMED),
        ("4 b2635 2637", Unclear.MALFORMED),
        ("4 ø", Unclear.MALFORMED),
        ("m 3022", Unclear.MALFORMED),
        ("1 3022", Unclear.MONTHS),
    ],
)
def test_a_code_a_block_or_procedures_may_stand_after_the_age(
    text: str, expected: Planned | Unclear
) -> None:
    assert planned(text, "3021") == expected


def test_enter_plans_what_was_typed_after_the_age() -> None:
    assert entered(FREE, AskAge("4 3022"), ASKER) == plan("4y", code="3022")
    assert entered(FREE, AskAge("4 ø3005"), ASKER) == plan("4y", procedures=("3005",))
    block = plan("45y", code="2635", case_kind=CaseKind.BLOCK)
    assert entered(FREE, AskAge("45 b2635"), ASKER) == block
    assert entered(FREE, AskAge("4 302"), ASKER) == AskAge("4 302", Unclear.MALFORMED)


def test_the_age_of_a_patient_who_is_there_is_sent_without_a_code() -> None:
    asked = aged(RUNNING)
    assert asked == AskAge(of_case=True)
    told = Aged(id="c7", by="AS", bed=scenes.BED, age="8m")
    assert entered(RUNNING, AskAge("8m", of_case=True), ASKER) == told
    back = entered(RUNNING, AskAge("1", of_case=True), ASKER)
    assert back == AskAge("1", Unclear.MONTHS, of_case=True)
    assert isinstance(aged(FREE), Note)


def test_an_emergency_asks_nothing() -> None:
    for sight in (RUNNING, FREE):
        assert emergency(sight, ASKER) == Emergency(id="c7", by="AS", bed=scenes.BED)


def test_the_longest_age_with_a_code_can_be_typed() -> None:
    prompt: Prompt = AskAge()
    for sign in "120y 3022":
        assert isinstance(prompt, AskAge)
        prompt = typed(prompt, sign)
    assert prompt == AskAge("120y 3022")


def test_only_the_signs_of_an_age_are_taken_and_no_more_than_fit() -> None:
    assert typed(AskAge("8"), "M") == AskAge("8m")
    assert typed(AskAge("1"), ",") == AskAge("1,")
    assert typed(AskAge("8"), "a") == AskAge("8")
    assert typed(AskAge("1" * LONGEST), "1") == AskAge("1" * LONGEST)
    assert erased(AskAge("8m", Unclear.MONTHS)) == AskAge("8")


@pytest.mark.parametrize("state", [CaseState.PLANNED, CaseState.PREOP])
def test_a_case_that_is_planned_is_led_to_its_start_check(state: CaseState) -> None:
    assert begun(placed(state)) == Gate()


@pytest.mark.parametrize("state", [CaseState.ANAESTHESIA, CaseState.RECOVERY])
def test_a_patient_who_is_there_is_not_asked_for_an_age(state: CaseState) -> None:
    assert isinstance(begun(placed(state)), Note)


@pytest.mark.parametrize("state", [CaseState.DISCHARGED, CaseState.TRANSFERRED])
def test_the_next_patient_may_come_once_the_last_has_gone(state: CaseState) -> None:
    assert begun(placed(state)) == AskAge()
    assert begun(FREE) == AskAge()


def test_an_end_is_sent_on_the_second_press_alone() -> None:
    armed = ended(RUNNING, IDLE, ASKER)
    assert armed == EndArmed(scenes.NOW.monotonic + ARMED_S)
    assert ended(RUNNING, EndArmed(scenes.NOW.monotonic), ASKER) == End(
        id="c7", by="AS", bed=scenes.BED
    )
    too_late = EndArmed(scenes.NOW.monotonic - 0.01)
    assert isinstance(ended(RUNNING, too_late, ASKER), EndArmed)
    assert isinstance(ended(FREE, IDLE, ASKER), Note)


def test_an_end_that_was_some_time_ago_is_entered_with_its_time() -> None:
    at = scenes.NOW.monotonic - 120.0
    armed = ended(RUNNING, IDLE, ASKER, at)
    assert armed == EndArmed(scenes.NOW.monotonic + ARMED_S, at)
    assert isinstance(armed, EndArmed)
    outcome = ended(RUNNING, armed, ASKER)
    assert isinstance(outcome, Enter)
    assert (outcome.deed, outcome.ago_s) == (Finish(), 120.0)


def test_the_uppermost_waiting_alarm_is_acknowledged_with_its_device() -> None:
    sight = sight_of(*scenes.greeting(*scenes.MISSING))
    assert acknowledged(sight, ASKER) == Acknowledge(
        id="c7", by="AS", bed=scenes.BED, alarm="link_lost", device="nonin"
    )


def test_nothing_is_sent_when_no_alarm_waits() -> None:
    done = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED)
    assert isinstance(acknowledged(sight_of(*scenes.greeting(done)), ASKER), Note)


@pytest.mark.parametrize(
    ("result", "word"),
    [
        (Result.RECORDED, "answer.recorded"),
        (Result.IN_EFFECT, "answer.in_effect"),
        (Result.REFUSED, "answer.refused"),
    ],
)
def test_every_answer_is_told(result: Result, word: str) -> None:
    refusal = Refusal.NO_CASE if result is Result.REFUSED else None
    waiting = awaiting(End(id="c7", by="AS", bed=scenes.BED), RUNNING)
    prompt = answered(Answer(id="c7", result=result, reason=refusal), waiting, RUNNING)
    assert isinstance(prompt, Note)
    told = prompt.word, prompt.until, prompt.refusal
    assert told == (word, scenes.NOW.monotonic + NOTE_S, refusal)


def test_a_command_without_an_answer_is_called_unanswered() -> None:
    waiting = awaiting(End(id="c7", by="AS", bed=scenes.BED), RUNNING)
    assert settled(waiting, after(ANSWER_S)) == waiting
    found = settled(waiting, after(ANSWER_S + 0.01))
    assert isinstance(found, Note)
    assert found.word == "note.unanswered"


def test_a_question_left_alone_goes_away_and_an_age_half_typed_does_not() -> None:
    assert settled(EndArmed(scenes.NOW.monotonic), after(0.01)) == IDLE
    assert settled(Note("note.quiet", scenes.NOW.monotonic), after(0.01)) == IDLE
    assert settled(AskAge("8"), after(3600.0)) == AskAge("8")
