"""What must be found or read is found and read where there is little room."""

from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import lines
from desks import desk
from msgspec import structs

from tui.glyphs import Glyphs, drawn
from tui.span import shorten
from vitals.reading import Origin
from vitals.vocabulary import CaseState
from words.catalogue import Language, Words

SIMULATED = structs.replace(scenes.DEVICE, origin=Origin.SIMULATED)
MARKED = {
    Language.DANISH: "ikke CE-mærket",
    Language.NORWEGIAN: "Ikke CE-merket",
    Language.ENGLISH: "Not CE-marked",
}
STATES = (CaseState.ANAESTHESIA, CaseState.ENDED, CaseState.RECOVERY, CaseState.LATE_RECOVERY)


@pytest.mark.parametrize("language", Language)
async def test_that_it_is_no_medical_device_is_read_beside_a_ribbon_too(language: Language) -> None:
    async with desk(patients.RUNNING, SIMULATED, language=language) as at:
        row = lines(at.app)[1]
        assert MARKED[language] in row
        assert row.startswith(" Supplement")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("state", "size"),
    [(CaseState.ANAESTHESIA, (80, 24)), *((state, (120, 40)) for state in STATES)],
)
async def test_the_emergency_is_among_the_keys_of_every_patient(
    state: CaseState, language: Language, size: tuple[int, int]
) -> None:
    case = structs.replace(patients.RUNNING, state=state)
    async with desk(case, size=size, language=language) as at:
        assert f"!! {at.app.sight().words.text('key.emergency')}" in lines(at.app)[-1]


async def test_the_help_begins_with_the_emergency_and_says_that_there_is_more() -> None:
    async with desk(patients.RUNNING) as at:
        await at.press("f1")
        assert at.shows("!! nødstart, uden spørgsmål", "Hjælp 1/3 · F1 mere")
        await at.press("f1", "f1")
        assert at.shows("F11 alle senge", "F10 målt", "Hjælp 3/3 · F1 lukker")
        await at.press("f1")
        assert not at.shows("Hjælp 3/3")


@pytest.mark.parametrize("language", Language)
async def test_no_words_of_the_help_are_cut(language: Language) -> None:
    for scene in ((), (patients.RUNNING,), (patients.PLANNED,)):
        async with desk(*scene, language=language) as at:
            for _ in range(3):
                await at.press("f1")
                assert not at.shows("…")


def test_one_point_is_not_said_as_of_many() -> None:
    assert Words(Language.DANISH).text("gate.held_one") == "1 punkt mangler"
    assert Words(Language.NORWEGIAN).text("gate.held_one") == "1 punkt gjenstår"


def test_a_text_that_is_too_long_ends_after_a_word() -> None:
    name = "Anlæggelse af trommehindedræn"
    assert shorten(name, 29) == name
    assert shorten(name, 20) == "Anlæggelse af …"
    assert shorten("mangler: SpO2 leverer", 18) == "mangler: SpO2 …"
    assert shorten("Trommehindedræn", 8) == "Trommeh…"


def test_limits_are_signs_that_ascii_has() -> None:
    assert drawn("SpO2 %  ≥ 92", Glyphs.ASCII) == "SpO2 %  >=92"
    assert drawn("≤ 6", Glyphs.ASCII) == "<=6"
    assert drawn("≥ 92", Glyphs.BLOCKS) == "≥ 92"
