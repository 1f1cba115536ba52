"""What was typed is not lost where it is refused, not sent or not answered."""

from __future__ import annotations

import patients
import pytest
import scenes
from desks import desk, said

from daemon.protocol.commands import Enter, Plan
from daemon.protocol.messages import Refusal
from tui.prompt import ANSWER_S
from vitals import deeds
from vitals.duties import Duty

GIVE = [*"dropi", "enter", *"L4", "enter", *"vl", *"depo 40", "enter", *"nn"]
DELEGATED = [*GIVE, *"FT", "enter", *"123456789bcdegh", "enter", *"sn", "enter"]
SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_refused_injection_is_still_there_and_every_field_can_be_mended(
    size: tuple[int, int],
) -> None:
    async with desk(patients.BLOCK, size=size) as at:
        await at.press(*DELEGATED)
        await at.answer(Refusal.UNKNOWN_INITIALS)
        assert at.shows("Afvist: vagt kender ikke initialerne", "CPR")
        await at.press(*["up"] * 4)
        assert at.shows("FT▏")
        sent = await at.press("backspace", *"Y", "enter", *["enter"] * 4)
        first, again = (said(one) for one in sent)
        assert isinstance(first, deeds.Give)
        assert isinstance(again, deeds.Give)
        assert (first.delegated_to, again.delegated_to) == ("FT", "FY")
        assert (again.drug, again.steroid_mg, again.confirmed) == ("ropi", 40.0, tuple(Duty))


async def test_an_injection_that_is_held_and_was_not_given_leads_back_to_what_was_typed() -> None:
    async with desk(patients.BLOCK) as at:
        await at.press(*DELEGATED)
        await at.answer(Refusal.HELD)
        assert at.shows("CPR") is False
        await at.press("n")
        sent = await at.press("enter")
        assert said(sent[0]) == said(sent[1])


async def test_what_a_late_entry_was_typed_in_is_there_once_its_reason_is_left() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press(*"-20x", "t", *"OUH", "enter", *"blod", "enter")
        await at.answer(Refusal.REASON_MISSING)
        assert at.shows("Mere end 15 min sent")
        await at.press("escape")
        assert at.shows("blod▏")


async def test_a_short_question_does_not_come_back() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("l", "l")
        await at.answer(Refusal.WRONG_MOMENT)
        assert at.shows("Afvist: det følger ikke")
        assert not at.shows("l larynxmaske")


async def test_a_refused_patient_may_be_typed_on() -> None:
    async with desk() as at:
        await at.press("n", *"4 3029", "enter")
        await at.answer(Refusal.UNKNOWN_CODE)
        assert at.shows("4 3029▏", "Afvist: ")
        (_, again) = await at.press("backspace", "1", "enter")
        assert isinstance(again, Plan)
        assert again.code == "3021"


async def test_what_cannot_be_sent_stays_where_it_was_typed() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("h", *"MK", "enter", *"rolig", "enter")
        at.clock.move(3.0)
        assert await at.press("n") == []
        await at.hear(scenes.BEAT)
        assert at.shows("Ikke sendt", "smertestillende")
        (sent,) = await at.press("n")
        assert said(sent) == deeds.HandOver(to="MK", instruction="rolig", bp_lowering=False)


async def test_what_is_not_answered_comes_back_with_the_question_whether_it_was_done() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("x", "b", *"haster", "enter")
        at.clock.move(ANSWER_S + 0.1)
        await at.hear(scenes.BEAT)
        assert at.shows("Intet svar fra vagt", "haster▏")
        await at.press("escape")
        assert not at.shows("haster▏")


async def test_another_procedure_that_is_ambiguous_is_asked_for_its_site_alone() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("x", "i", *"ø3005", "enter", *"andet", "enter")
        await at.answer(Refusal.AMBIGUOUS)
        sent = await at.press("4")
        assert isinstance(sent[-1], Enter)
        assert sent[-1].deed == deeds.Rebook(
            procedures=("3005",), site="mouth_throat", reason="andet"
        )


async def test_pasted_text_goes_on_from_what_is_typed_as_one_line() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("x", "b", "a")
        await at.paste("kut\nblødning ")
        (sent,) = await at.press("enter")
        assert said(sent) == deeds.Explain(reason="akut blødning")
