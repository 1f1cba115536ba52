"""What was begun for one patient is never put on the next who lies there."""

from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import sight_of
from desks import desk
from msgspec import structs

from daemon.protocol.cases import Case
from daemon.protocol.commands import Enter
from tui.bound import kept, of_patient
from tui.prompt import IDLE, Ask, AskAge, EndArmed, Gate, Listing, Morning, Note, Prompt, When
from vitals import deeds
from vitals.vocabulary import CaseState

FIRST = structs.replace(patients.RUNNING, state=CaseState.RECOVERY)
NEXT = structs.replace(FIRST, case="KN-261121-099")
BOUND = [
    Ask("conclude", typed="12345"),
    Ask("hand_over", answers=("MK",)),
    Ask("late", again=Enter("c1", "AS", scenes.BED, deeds.Recover())),
    AskAge("4", of_case=True),
    EndArmed(1e9),
    When("-2"),
    Gate(),
]
FREE = [IDLE, AskAge("4"), Listing(), Morning(), Ask("answer"), Ask("morning_gauge")]


def seen(case: Case, prompt: Prompt) -> tuple[Prompt, str]:
    sight = sight_of(*scenes.greeting(scenes.DEVICE, case), prompt=prompt)
    return kept(sight, FIRST.case)


@pytest.mark.parametrize("prompt", [one for one in BOUND if not isinstance(one, Gate)])
def test_a_question_about_a_patient_ends_with_that_patient(prompt: Prompt) -> None:
    assert of_patient(prompt)
    assert seen(FIRST, prompt) == (prompt, FIRST.case)
    after, about = seen(NEXT, prompt)
    assert isinstance(after, Note)
    assert after.word == "note.left"
    assert about == NEXT.case


def test_a_start_check_ends_with_the_case_that_it_was_opened_for() -> None:
    planned = structs.replace(patients.RUNNING, state=CaseState.PLANNED)
    other = structs.replace(planned, case=NEXT.case)
    sight = sight_of(*scenes.greeting(scenes.DEVICE, other), prompt=Gate())
    after, _ = kept(sight, planned.case)
    assert isinstance(after, Note)
    assert kept(sight, "") == (Gate(), other.case), "it was opened before the case was told"


@pytest.mark.parametrize("prompt", FREE)
def test_what_is_about_nobody_stays(prompt: Prompt) -> None:
    assert not of_patient(prompt)
    assert seen(NEXT, prompt) == (prompt, NEXT.case)


def test_without_word_from_the_daemon_nothing_that_was_typed_is_lost() -> None:
    prompt = Ask("conclude", typed="123")
    sight = sight_of(*scenes.greeting(scenes.DEVICE, NEXT), prompt=prompt, later_s=60.0)
    assert kept(sight, FIRST.case) == (prompt, FIRST.case)


async def test_five_words_ticked_for_one_are_never_signed_for_the_next() -> None:
    async with desk(scenes.DEVICE, FIRST) as made:
        await made.press("e", "1", "2", "3", "4", "5")
        await made.hear(NEXT)
        assert made.shows("Lukket")
        sent = await made.press("enter")
        assert not [one for one in sent if isinstance(one, Enter)]
