"""The text for the patient's journal, in each language; its day is the clinic's own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
import scenes
from msgspec import structs

from daemon.protocol.account import Asked
from daemon.protocol.cases import Case, CaseVerdict, Entry
from vagt.summary import lines
from vitals import deeds
from vitals.deeds import Said
from vitals.measure import Measure
from vitals.series import History
from vitals.vocabulary import (
    Airway,
    Basis,
    CaseKind,
    Check,
    Flag,
    Modality,
    Part,
    Side,
    Verdict,
    Word,
)
from words.catalogue import Language

EVENING = "2026-11-21T22"
"""Eleven at night in Copenhagen."""
AFTER = "2026-11-21T23"
"""Midnight there."""


@pytest.fixture(autouse=True)
def _in_copenhagen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def entry(
    number: int, deed: Said, at: str, *, by: str = "AS", entered: str = "", struck: bool = False
) -> Entry:
    """Return what was said at a time, and typed in then where nothing else is said."""
    return Entry(number, f"{at}.000Z", f"{entered or at}.000Z", deed, by, struck=struck)


LMA = structs.replace(
    entry(3, deeds.SetAirway(airway=Airway.LMA), f"{EVENING}:52:00", entered=f"{AFTER}:10:05"),
    flags=(Flag.OUT_OF_ORDER, Flag.LATE),
    reason="travlt",
)
STORY = (
    entry(1, deeds.Checked(checks=(Check.IDENTITY, Check.HISTORY)), f"{EVENING}:50:00"),
    entry(2, deeds.Begin(anyway=True), f"{EVENING}:51:00"),
    LMA,
    entry(4, deeds.SetAirway(airway=Airway.TUBE), f"{EVENING}:53:00", struck=True),
    entry(5, deeds.Correct(entry=4, reason="forkert barn"), f"{EVENING}:55:00", by="BL"),
    entry(6, deeds.Measured(measure=Measure.TEMPERATURE, value=36.83), f"{EVENING}:56:00"),
    entry(7, deeds.Finish(performed=False, reason="løs tand"), f"{EVENING}:59:00"),
    entry(8, deeds.Recover(), f"{AFTER}:00:30"),
    entry(9, deeds.Conclude(words=tuple(Word)), f"{AFTER}:20:00", by="MK"),
)
CASE = structs.replace(
    scenes.CASE,
    at=f"{AFTER}:20:00.000Z",
    code="3022",
    planned="3021",
    procedures=("3005", "3057"),
    entries=STORY,
    held=("fasting", "recovery Stue 2 KN-261121-013"),
    asks=(Asked.EXPLAIN,),
    verdicts=(CaseVerdict(Basis.CONTRACT, Verdict.PASS),),
)
BLOCK = structs.replace(
    scenes.CASE,
    case_kind=CaseKind.BLOCK,
    code="2635",
    entries=(
        entry(1, deeds.Pair(spo2=98, systolic=120, diastolic=70), f"{EVENING}:50:00"),
        entry(
            2,
            deeds.Give(
                drug="ropivacain 8 mg",
                site="L4/L5",
                side=Side.LEFT,
                part=Part.LUMBAR,
                steroid="depomedrol",
                steroid_mg=40.0,
                guided=True,
                history=History.DENIED,
            ),
            f"{EVENING}:52:00",
        ),
        entry(3, deeds.Waive(modality=Modality.ECG, reason="kort"), f"{EVENING}:53:00"),
    ),
)


def told(case: Case = CASE, language: Language = Language.DANISH) -> list[str]:
    return list(lines(case, language))


def test_it_is_read_from_the_first_line_to_the_last_in_danish() -> None:
    begun = (
        "23:51:00  anæstesistart, trods: mangler: faste; "
        "Stue 2 KN-261121-013: tidlig opvågning, ikke overdraget  AS"
    )
    placed = (
        "23:52:00  larynxmaske anlagt  AS  · indtastet 2026-11-22 00:10:05: travlt"
        "  · uden for rækkefølge  · indført sent"
    )
    use = (
        "Ikke CE-mærket som medicinsk udstyr. Må ikke være eneste eller primære overvågning "
        "af en patient."
    )
    assert told() == [
        "KN-261121-014  2026-11-21  3022  planlagt 3021  2-4 år  Stue 1",
        "Procedurer: 3005 3057",
        "23:50:00  starttjek krydset, navn + CPR, anamnese  AS",
        begun,
        placed,
        "23:53:00  tube anlagt  AS  · ANNULLERET 23:55:00 af BL: forkert barn",
        "23:56:00  tal indtastet, temp 36,8 °C  AS",
        "23:59:00  anæstesi slut, indgreb ikke udført, løs tand  AS",
        "2026-11-22",
        "00:00:30  til opvågning, luftvej fjernet, fri, ikke dyb  AS",
        "00:20:00  monitorering afsluttet, vågen, klar, relevant, cirk. stabil, resp. stabil  MK",
        "Mangler: begrundelse for starten",
        "Krav: OPFYLDT",
        use,
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.NORWEGIAN, ["startsjekk", "ANNULLERT 23:55:00 av BL", "lagt inn", "Krav: "]),
        (Language.ENGLISH, ["start check", "STRUCK 23:55:00 by BL", "entered", "Requirements: "]),
    ],
)
def test_it_is_said_in_the_other_languages_too(language: Language, words: Sequence[str]) -> None:
    text = "\n".join(told(language=language))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("case", [CASE, BLOCK])
def test_no_line_holds_a_name_that_only_a_program_knows(case: Case, language: Language) -> None:
    text = "\n".join(told(case, language))
    assert not any(raw in text for raw in ("_", "{", "y2_5", "out_of", "Cel"))


def test_an_injection_is_told_whole() -> None:
    assert told(BLOCK)[2] == (
        "23:52:00  lokalanæstesi givet, ropivacain 8 mg, L4/L5, venstre, lumbal, depomedrol 40 mg, "
        "ultralydsvejledt, Sådanne behandlinger andre steder? nej, siger patienten  AS"
    )


def test_a_correction_that_was_itself_struck_is_shown_and_strikes_nothing() -> None:
    again = entry(10, deeds.Correct(entry=5, reason="dog rigtigt"), f"{AFTER}:30:00")
    entries = tuple(structs.replace(one, struck=one.number == 5) for one in (*STORY, again))
    text = told(structs.replace(CASE, entries=entries))
    assert "23:53:00  tube anlagt  AS" in text
    assert any(line.endswith("ANNULLERET 2026-11-22 00:30:00 af AS: dog rigtigt") for line in text)


def test_its_day_is_that_of_its_number_and_what_was_before_has_its_own() -> None:
    text = told(structs.replace(CASE, opened=f"{AFTER}:00:10.000Z"))
    assert text[0].startswith("KN-261121-014  2026-11-22  ")
    assert text[2:4][0] == "2026-11-21"


def test_an_injection_names_in_spite_of_what_it_was_given_and_what_is_still_to_be_said() -> None:
    pair, given, waived = BLOCK.entries
    entries = (pair, structs.replace(given, held=("2635.series", "2635.guided")), waived)
    text = "\n".join(told(structs.replace(BLOCK, entries=entries, asks=(Asked.EXPLAIN,))))
    assert ", trods: 2635: " in text
    assert "Mangler: begrundelse for injektionen" in text
