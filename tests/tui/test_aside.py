"""What stands beside an answer is in the language of the screen; the daemon's own line is not."""

from __future__ import annotations

import patients
import pytest
from desks import desk

from daemon.protocol.messages import Answer, Refusal, Result
from vitals.vocabulary import Flag
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
REMARK = "airway is not said where a case is planned: expected prepare, begin; 40 min late"
STRAYED = (Flag.OUT_OF_ORDER, Flag.LATE)
SAID = [
    (Language.DANISH, "Det passer ikke med forløbet på det tidspunkt: det er noteret"),
    (Language.NORWEGIAN, "Det passer ikke med forløpet på det tidspunktet: det er notert"),
    (Language.ENGLISH, "It does not fit the course at that time: it is kept"),
]
NAMES = [
    (Language.DANISH, "Det skrevne gemmes og står i rapporter: skriv det uden navn"),
    (Language.NORWEGIAN, "Det som skrives, lagres og står i rapporter: skriv det uten navn"),
    (Language.ENGLISH, "What is written is kept and stands in reports: say it without a name"),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "says"), SAID)
async def test_an_entry_of_a_time_before_the_start_is_told_in_the_language_of_the_screen(
    language: Language, says: str, size: tuple[int, int]
) -> None:
    async with desk(patients.RUNNING, size=size, language=language) as at:
        sent = await at.press("minus", "2", "l", "t")
        await at.hear(Answer(sent[-1].id, Result.RECORDED, detail=REMARK, flags=STRAYED))
        assert at.shows(says)
        assert not at.shows("expected")
        assert not at.shows("min late")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "says"), NAMES)
async def test_a_note_that_may_hold_a_name_is_told_in_the_language_of_the_screen(
    language: Language, says: str, size: tuple[int, int]
) -> None:
    async with desk(size=size, language=language) as at:
        sent = await at.press("f5", "n", *"3009", "space", "4", "space", *"Hansen", "enter")
        remark, flags = "what is written is kept", (Flag.NAMED,)
        await at.hear(Answer(sent[-1].id, Result.RECORDED, detail=remark, flags=flags))
        assert at.shows(says)


async def test_a_refusal_without_parts_is_told_by_its_own_words() -> None:
    async with desk(patients.RUNNING) as at:
        sent = await at.press("k")
        told = "no case KN-1 here: expected one that is open"
        await at.hear(Answer(sent[-1].id, Result.REFUSED, Refusal.UNKNOWN_CASE, told))
        assert at.shows("Afvist")
        assert not at.shows("expected")
