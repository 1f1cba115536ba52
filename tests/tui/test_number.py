"""That the number of the case is written in the patient's journal is seen as it begins and ends."""

from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import sight_of
from desks import desk
from msgspec import structs

from daemon.protocol.cases import Case
from tui.caseline import caseline, more
from tui.sight import Sight
from vitals import deeds
from vitals.vocabulary import CaseState, Check
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
KEEP = {
    Language.DANISH: "skriv nummeret i journalen",
    Language.NORWEGIAN: "skriv nummeret i journalen",
    Language.ENGLISH: "write the number in the journal",
}
CHECKED = patients.entry(1, deeds.Checked(checks=(Check.FASTING,)), 40)
BEGUN = structs.replace(patients.RUNNING, entries=(CHECKED, patients.entry(2, deeds.Begin(), 42)))
ENDED = structs.replace(
    patients.ENDED, entries=(*BEGUN.entries, patients.entry(3, deeds.Finish(), 42))
)
HOME = structs.replace(patients.LATE, state=CaseState.DISCHARGED)


def shown(sight: Sight, width: int) -> str:
    rows = [*caseline(sight, width, 1), more(sight, width)]
    return " ".join(span.text for row in rows for span in row)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", [BEGUN, ENDED, HOME], ids=["begun", "ended", "home"])
async def test_it_is_seen_at_the_start_and_at_the_end(
    case: Case, size: tuple[int, int], language: Language
) -> None:
    async with desk(case, size=size, language=language) as at:
        assert at.shows(case.case, KEEP[language])


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(("minute", "seen"), [(41, True), (40, False)])
def test_it_makes_room_again_a_while_after_the_start(
    *, minute: int, seen: bool, width: int
) -> None:
    begun = structs.replace(BEGUN, entries=(CHECKED, patients.entry(2, deeds.Begin(), minute)))
    said = shown(sight_of(*scenes.greeting(*scenes.IDLE, begun)), width)
    assert (KEEP[Language.DANISH] in said) is seen
