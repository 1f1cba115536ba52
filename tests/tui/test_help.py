"""Help never hides what keys act on."""

from __future__ import annotations

import patients
import pytest
from desks import desk, said

from daemon.protocol.messages import Refusal
from vitals import deeds

SIZES = [(80, 24), (120, 40)]
HELP = "overdrag, med instruks"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("key", "asked"),
    [("x", "bedøves igen"), ("l", "l larynxmaske"), ("i", "Aflæst"), ("g", "Patientens alder")],
)
async def test_a_question_closes_the_help_and_stands_there_whole(
    key: str, asked: str, size: tuple[int, int]
) -> None:
    async with desk(patients.RUNNING, size=size) as at:
        await at.press("f1")
        assert at.shows(HELP)
        await at.press(key)
        assert at.shows(asked)
        assert not at.shows(HELP)


async def test_the_start_check_and_the_list_close_the_help() -> None:
    for key, title in (("n", "Starttjek"), ("f5", "Liste ")):
        async with desk(patients.PLANNED) as at:
            await at.press("f1", key)
            assert at.shows(title)
            assert not at.shows("nødstart, uden spørgsmål")


async def test_no_help_is_laid_over_a_question_whose_keys_act() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("x", "f1")
        assert at.shows("bedøves igen")
        await at.press("escape")
        assert not at.shows(HELP)


async def test_what_is_asked_back_closes_the_help() -> None:
    async with desk(patients.RUNNING) as at:
        sent = await at.press("minus", "2", "0", "m", "r", "f1")
        assert said(sent[-1]) == deeds.Relax()
        assert at.shows(HELP)
        await at.answer(Refusal.REASON_MISSING)
        assert at.shows("begrundelse")
        assert not at.shows(HELP)


async def test_escape_closes_the_help_and_leaves_nothing_else() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("f1", "escape")
        assert not at.shows(HELP)
        assert at.source.sent == []
