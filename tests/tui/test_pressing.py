from __future__ import annotations

import patients
import pytest
import scenes
from patients import deed_of, keyed

from daemon.protocol.commands import Acknowledge, Emergency, End, Enter, Plan
from daemon.protocol.messages import Answer, Refusal, Result
from tui.answering import answered
from tui.prompt import IDLE, Ask, AskAge, Awaiting, EndArmed, Gate, Note, Prompt, When
from tui.sending import awaiting
from vitals import deeds
from vitals.vocabulary import CaseKind

HIGH = patients.bed(patients.RUNNING, scenes.DESATURATION)
OPEN: list[Prompt] = [AskAge("4"), Ask("airway"), Ask("conclude"), Gate()]


@pytest.mark.parametrize("prompt", OPEN)
def test_acknowledging_goes_through_every_question_that_is_no_text(prompt: Prompt) -> None:
    assert isinstance(keyed(patients.asked(HIGH, prompt), "a"), Acknowledge)


@pytest.mark.parametrize("prompt", OPEN)
def test_calling_goes_through_every_question_that_is_no_text(prompt: Prompt) -> None:
    assert deed_of(keyed(patients.asked(HIGH, prompt), "k")) == deeds.Call()


def test_in_a_text_a_letter_is_a_letter() -> None:
    assert keyed(HIGH, "h", "AK") == Ask("hand_over", typed="AK")


@pytest.mark.parametrize("prompt", OPEN)
def test_no_other_key_goes_through_a_question(prompt: Prompt) -> None:
    for key in ("w", "q", "z", "s"):
        outcome = keyed(patients.asked(HIGH, prompt), key)
        assert not isinstance(outcome, EndArmed | Enter | End)


def test_a_key_of_the_patient_says_that_there_is_none() -> None:
    for key in "lvtmrheuxcokgs":
        outcome = keyed(patients.bed(), key)
        assert isinstance(outcome, Note), key
        assert outcome.word == "note.idle"


def test_one_exclamation_mark_alone_asks_for_the_second() -> None:
    outcome = keyed(HIGH, "!")
    assert isinstance(outcome, Note)
    assert outcome.word == "note.bang"


def test_a_time_that_was_begun_takes_the_letter_that_follows() -> None:
    assert keyed(HIGH, "-2") == When("-2")
    assert keyed(patients.asked(HIGH, IDLE), "z") is None


def answer(reason: Refusal | None = None) -> Answer:
    return Answer("c7", Result.REFUSED if reason else Result.RECORDED, reason)


def test_a_plan_that_is_ambiguous_is_asked_back_for_the_site() -> None:
    plan = Plan(id="c7", by="AS", bed=scenes.BED, age="4y", procedures=("3005",))
    free = patients.bed()
    back = answered(answer(Refusal.AMBIGUOUS), awaiting(plan, free), free)
    assert back == Ask("site", again=plan)


def test_a_late_entry_is_asked_back_for_its_reason_with_its_true_time() -> None:
    late = Enter(id="c7", by="AS", bed=scenes.BED, deed=deeds.Relax(), ago_s=1200.0)
    back = answered(answer(Refusal.REASON_MISSING), awaiting(late, HIGH), HIGH)
    assert isinstance(back, Ask)
    assert (back.form, back.again) == ("late", late)
    assert back.at == pytest.approx(scenes.NOW.monotonic - 1200.0)


def test_an_injection_that_is_held_is_asked_about() -> None:
    keys = ["d", "x", "enter", "y", "enter", "vl", "enter", "nn", "enter", "uu", "enter"]
    block = patients.bed(patients.BLOCK)
    give = keyed(block, *keys)
    assert isinstance(give, Enter)
    back = answered(answer(Refusal.HELD), awaiting(give, block), block)
    assert back == Ask("despite", again=give)


def test_a_block_that_was_planned_is_led_to_no_start_check() -> None:
    plan = Plan(id="c7", by="AS", bed=scenes.BED, age="45y", code="2635", case_kind=CaseKind.BLOCK)
    free = patients.bed()
    assert isinstance(answered(answer(), awaiting(plan, free), free), Note)


def test_the_answer_to_another_command_leads_nowhere() -> None:
    plan = Plan(id="c6", by="AS", bed=scenes.BED, age="4y")
    free = patients.bed()
    assert isinstance(answered(answer(), awaiting(plan, free), free), Note)


@pytest.mark.parametrize("prompt", [AskAge("4"), Ask("airway"), When("-2"), EndArmed(0.0)])
def test_a_question_that_is_being_answered_stays_when_an_answer_comes(prompt: Prompt) -> None:
    assert answered(answer(), prompt, HIGH) == prompt


def test_an_emergency_is_told_when_it_is_recorded() -> None:
    sent = Emergency(id="c7", by="AS", bed=scenes.BED)
    waiting = awaiting(sent, HIGH)
    assert isinstance(waiting, Awaiting)
    told = answered(answer(), waiting, HIGH)
    assert isinstance(told, Note)
    assert told.word == "answer.recorded"


@pytest.mark.parametrize("reason", [Refusal.PIN_ASKED, Refusal.PIN_WRONG])
def test_who_signs_a_patient_out_with_a_pin_is_asked_for_it_and_it_is_sent_with_the_words(
    reason: Refusal,
) -> None:
    home = Enter(id="c7", by="AS", bed=scenes.BED, deed=deeds.Discharge())
    back = answered(answer(reason), awaiting(home, HIGH), HIGH)
    assert isinstance(back, Ask)
    assert (back.form, back.again) == ("morning_pin", home)
    sent = keyed(patients.asked(HIGH, back), *"1234", "enter")
    assert isinstance(sent, Enter)
    assert (sent.deed, sent.pin, sent.reason) == (deeds.Discharge(), "1234", "")
    locked = answered(answer(Refusal.PIN_LOCKED), awaiting(home, HIGH), HIGH)
    assert isinstance(locked, Note)
