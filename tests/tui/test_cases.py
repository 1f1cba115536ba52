from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import lines
from desks import Desk, desk, said
from digits import read_digits, read_small
from msgspec import structs

from daemon.protocol.commands import Acknowledge, Aged, Emergency, Enter, Plan
from daemon.protocol.messages import Refusal
from tui.app import TWICE_S
from vitals import deeds
from vitals.vocabulary import Check

SIZES = [(80, 24), (120, 40)]


def numbers(at: Desk) -> list[str]:
    """Return the numbers on the screen: smaller in a low window while something is read there."""
    screen = lines(at.app)
    return read_small(screen) if len(screen) < SIZES[1][1] else read_digits(screen)


@pytest.mark.parametrize("size", SIZES)
async def test_three_keys_to_the_start_check_and_three_to_the_start(size: tuple[int, int]) -> None:
    async with desk(size=size) as at:
        (plan,) = await at.press("n", "4", "enter")
        assert isinstance(plan, Plan)
        assert (plan.age, plan.code) == ("4y", "3021")
        await at.hear(patients.PLANNED)
        await at.answer()
        assert at.shows("Starttjek", "6 punkter mangler", "navn + CPR", "Enter start")
        assert numbers(at) == ["97", "118"]
        sent = await at.press("f", "1", "enter")
        assert [said(one) for one in sent[1:]] == [
            deeds.Checked(checks=tuple(Check)),
            deeds.Assess(asa=1),
            deeds.Begin(),
        ]
        await at.hear(patients.RUNNING)
        await at.answer()
        assert not at.shows("Starttjek")
        assert at.shows("Journalført", "L luftvej")


async def test_a_start_that_is_held_stays_at_the_start_check_and_says_so() -> None:
    async with desk(patients.PLANNED) as at:
        await at.press("n", "enter")
        await at.answer(Refusal.HELD)
        assert at.shows("Afvist: holdt", "navn + CPR")
        sent = await at.press("!")
        assert said(sent[-1]) == deeds.Begin(anyway=True)
        await at.hear(patients.RUNNING)
        await at.answer()
        assert at.shows("Startet alligevel; begrundelsen kan følge: B")


@pytest.mark.parametrize(
    "before", [(), ("n",), ("n", "4"), ("f1",), ("f3",), ("h", "M"), ("x",), ("minus", "2"), ("s",)]
)
async def test_two_quick_exclamation_marks_are_an_emergency_from_anywhere(
    before: tuple[str, ...],
) -> None:
    for scene in ((), (patients.PLANNED,), (patients.RUNNING,)):
        async with desk(*scene) as at:
            sent = await at.press(*before, "exclamation_mark", "exclamation_mark")
            assert isinstance(sent[-1], Emergency)


async def test_two_slow_ones_are_not_and_three_are_one() -> None:
    async with desk() as at:
        await at.press("exclamation_mark")
        assert at.shows("Nødstart: tryk ! igen")
        at.clock.move(TWICE_S + 0.1)
        assert await at.press("exclamation_mark") == []
        sent = await at.press("exclamation_mark", "exclamation_mark")
        assert [type(one) for one in sent] == [Emergency]


async def test_after_an_emergency_the_age_is_unknown_until_g_gives_it() -> None:
    async with desk(patients.EMERGENCY) as at:
        assert at.shows("NØDSTART KN-261121-014 · Alder ukendt", "G angiver alder")
        (aged,) = await at.press("g", "8", "m", "enter")
        assert isinstance(aged, Aged)
        assert aged.age == "8m"


async def test_an_entry_that_is_late_is_asked_for_its_reason_and_keeps_its_time() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("minus", "2", "0", "m", "r")
        await at.answer(Refusal.REASON_MISSING)
        assert at.shows("10:22 Mere end 15 min sent: begrundelse")
        at.clock.move(3.0)
        await at.hear(scenes.BEAT)
        first, again = await at.press("t", "r", "a", "v", "l", "t", "enter")
        assert isinstance(first, Enter)
        assert isinstance(again, Enter)
        assert (first.ago_s, again.ago_s, again.reason) == (1200.0, 1203.0, "travlt")
        assert first.id != again.id


async def test_an_alarm_is_acknowledged_while_text_is_typed_and_the_text_stays() -> None:
    async with desk(patients.RUNNING, scenes.DESATURATION) as at:
        await at.press("h", "M", "K")
        assert at.shows("[F4] kvittér", "MK▏")
        (sent,) = await at.press("f4")
        assert isinstance(sent, Acknowledge)
        assert at.shows("MK▏")
        assert at.shows("[F4]")


@pytest.mark.parametrize("size", SIZES)
async def test_the_five_words_stand_with_their_help_and_numbers_stay_in_sight(
    size: tuple[int, int],
) -> None:
    async with desk(patients.LATE, size=size) as at:
        await at.press("e", "1", "3")
        assert at.shows("svarende til alder og vanlig tilstand", "1 ✓ vågen", "2 ☐ klar")
        assert at.shows("5 ☐ resp. stabil", "tal krydser")
        assert numbers(at) == ["97", "118"]


async def test_a_case_that_moves_away_leaves_the_bed_empty() -> None:
    moved = structs.replace(patients.LATE, bed="Stue 2")
    async with desk(patients.LATE) as at:
        assert at.shows("sen opvågning")
        await at.hear(moved)
        assert at.shows("ingen anæstesi: N")


async def test_what_cannot_be_sent_says_so_and_the_start_check_stays() -> None:
    async with desk(patients.PLANNED) as at:
        await at.press("n")
        at.clock.move(3.0)
        assert await at.press("f") == []
        await at.hear(scenes.BEAT)
        assert at.shows("Ikke sendt", "navn + CPR")


async def test_the_help_of_a_patient_turns_to_that_of_every_bed() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("f1")
        assert await at.comes("overdrag, med instruks", "eller 10:31 før en tast")
        await at.press("f1")
        assert await at.comes("nødstart, uden spørgsmål", "Ikke CE-mærket")
        await at.press("f1")
        assert not at.shows("luk skærmen")
