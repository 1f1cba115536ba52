"""What somebody was told at the hand-over stands at the bed while the patient is theirs."""

from __future__ import annotations

import patients
import pytest
from dashboards import lines
from desks import desk
from digits import read_digits
from msgspec import structs

from daemon.protocol.cases import Case
from vitals import deeds
from vitals.vocabulary import CaseState

SIZES = [(80, 24), (120, 40)]
LONG = ("obs 30 min, ilt 2 l, " * 6)[:119] + "!"


def late(instruction: str) -> Case:
    deed = deeds.HandOver(to="RN", instruction=instruction, bp_lowering=False)
    story = (*patients.STORY[:-1], patients.entry(6, deed, 42))
    return structs.replace(patients.LATE, entries=story)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("instruction", ["obs 30 min, ilt", LONG, "x" * 120])
async def test_the_instruction_is_whole_at_the_bed_in_late_recovery(
    instruction: str, size: tuple[int, int]
) -> None:
    async with desk(late(instruction), size=size) as at:
        shown = "".join("".join(lines(at.app)).split())
        assert "InstrukstilRN:" + "".join(instruction.split()) in shown
        assert read_digits(lines(at.app))[:2] == ["97", "118"]


@pytest.mark.parametrize("size", SIZES)
async def test_it_stands_beside_every_question_and_the_numbers(size: tuple[int, int]) -> None:
    async with desk(late("obs 30 min, ilt"), size=size) as at:
        await at.press("e")
        assert at.shows("obs 30 min, ilt", "vågen", "resp. stabil")


async def test_it_is_gone_once_the_patient_is_no_longer_with_whom_it_was_given_to() -> None:
    early = structs.replace(late("obs 30 min, ilt"), state=CaseState.RECOVERY)
    async with desk(early) as at:
        assert not at.shows("obs 30 min, ilt")


async def test_a_small_window_has_it_too() -> None:
    async with desk(late("obs 30 min, ilt"), size=(60, 20)) as at:
        assert at.shows("obs 30 min, ilt", "97")
