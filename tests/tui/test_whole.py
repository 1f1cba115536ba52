"""Nothing at the foot of the screen is cut, and nothing of one patient reads as another's."""

from __future__ import annotations

import patients
import pytest
import rosters
import scenes
from dashboards import lines
from desks import desk
from digits import read_digits
from msgspec import structs

from daemon.protocol.cases import CaseVerdict, Cell, Ground
from daemon.protocol.messages import Event
from tui.span import ELLIPSIS
from vitals.vocabulary import Basis, CaseState, GapCause, Modality, Obligation, Verdict
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
BROKEN = ("dk.delegation", "2635.series")


def cell(modality: Modality, obligation: Obligation, *, due: bool = True) -> Cell:
    met = None if modality is Modality.CLINICAL_OBSERVATION else False
    basis, cause = Basis.CONTRACT, GapCause.NOT_ATTACHED
    return Cell(modality, obligation, basis, "3024", "seed", met, cause, due=due)


EVERY = (
    *(cell(one, Obligation.REQUIRED) for one in list(Modality)[:4]),
    *(cell(one, Obligation.CONDITIONAL) for one in list(Modality)[4:]),
)
OVER = structs.replace(
    patients.JUDGED,
    state=CaseState.DISCHARGED,
    verdicts=(
        CaseVerdict(
            Basis.CONTRACT,
            Verdict.FAIL,
            tuple(Ground(None, rule, None, None, "rule_broken") for rule in BROKEN),
        ),
        patients.JUDGED.verdicts[1],
    ),
)


def starting(screen: list[str], word: str) -> str:
    return next(row for row in screen if row.strip().startswith(word))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", Language)
async def test_every_requirement_stands_in_the_row_uncut(
    language: Language, size: tuple[int, int]
) -> None:
    running = structs.replace(patients.RUNNING, cells=EVERY, by="ABCD")
    async with desk(running, size=size, language=language) as at:
        words = at.app.sight().words
        row = starting(lines(at.app), words.text("cells.title"))
        assert ELLIPSIS not in row
        for one in EVERY:
            assert words.named("modality", one.modality) in row


@pytest.mark.parametrize("size", SIZES)
async def test_a_monitor_that_may_still_be_put_on_has_a_box_and_no_cross(
    size: tuple[int, int],
) -> None:
    for due, mark in ((False, "SpO2 ☐"), (True, "SpO2 ✗")):
        cells = (cell(Modality.PULSE_OXIMETRY, Obligation.REQUIRED, due=due),)
        scene = structs.replace(patients.EMERGENCY, cells=cells, age_s=0.0)
        async with desk(scene, size=size) as at:
            row = starting(lines(at.app), "Krav")
            assert mark in row
            assert ("✗" in row) is due
            assert ("påsættes" in row) is not due


@pytest.mark.parametrize("language", Language)
async def test_a_long_reason_of_a_verdict_is_whole_in_a_low_window(language: Language) -> None:
    async with desk(OVER, language=language) as at:
        words = at.app.sight().words
        screen = " ".join(" ".join(lines(at.app)).split())
        told = words.text("ground.rule_broken", rule=words.rule(BROKEN[0]))
        assert words.text("verdict.title") in screen
        assert told in screen
        assert read_digits(lines(at.app)) == ["97", "118"]


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_next_shares_a_row_with_nothing_of_the_last_patient(
    size: tuple[int, int],
) -> None:
    async with desk(OVER, size=size, lists=(rosters.told(*rosters.ROWS),)) as at:
        row = starting(lines(at.app), "F6 næste: 3021")
        for word in ("anbefalinger", "planlagt", "varighed", "journalen"):
            assert word not in row


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_entered_stands_among_the_latest_where_no_event_is_at_hand(
    size: tuple[int, int],
) -> None:
    async with desk(patients.RUNNING, size=size) as at:
        assert "10:31 larynxmaske anlagt · AS" in starting(lines(at.app), "Senest")


async def test_an_entry_that_is_an_event_too_stands_there_once() -> None:
    last = patients.STORY[1]
    event = Event(last.entered, scenes.BED, "entry_airway", by="AS", detail="lma")
    async with desk(patients.RUNNING, event, size=(120, 40)) as at:
        assert " ".join(lines(at.app)).count("larynxmaske anlagt") == 1
