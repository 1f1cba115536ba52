"""What is said while hands are full is one or two keys; a time before it is two more."""

from __future__ import annotations

import patients
import pytest
import scenes
from desks import desk, said

from daemon.protocol.cases import Case
from daemon.protocol.commands import Enter
from vitals import deeds
from vitals.deed import Deed
from vitals.vocabulary import Airway, Technique, Ventilation

PROMISED, EARLIER = 2, 2
SAID: list[tuple[str, Deed]] = [
    ("ll", deeds.SetAirway(airway=Airway.LMA)),
    ("lt", deeds.SetAirway(airway=Airway.TUBE)),
    ("lr", deeds.SetAirway(airway=Airway.NONE)),
    ("vs", deeds.Ventilate(ventilation=Ventilation.SPONTANEOUS)),
    ("vk", deeds.Ventilate(ventilation=Ventilation.CONTROLLED)),
    ("tm", deeds.Sleep(technique=Technique.MASK_GA)),
    ("mr", deeds.Relax()),
    ("mk", deeds.Combine(bp_lowering=True)),
    ("mu", deeds.Combine(bp_lowering=False)),
    ("o", deeds.Attest()),
    ("k", deeds.Call()),
    ("rj", deeds.Recover()),
]


@pytest.mark.parametrize(("keys", "deed"), SAID, ids=[keys for keys, _ in SAID])
async def test_what_happens_is_said_in_two_keys_at_most(keys: str, deed: Deed) -> None:
    async with desk(patients.RUNNING) as at:
        (sent,) = await at.press(*keys)
        assert said(sent) == deed
        assert len(keys) <= PROMISED


@pytest.mark.parametrize(("keys", "deed"), SAID, ids=[keys for keys, _ in SAID])
async def test_two_minutes_ago_is_two_keys_before_it(keys: str, deed: Deed) -> None:
    async with desk(patients.RUNNING) as at:
        earlier = ("minus", "2")
        (sent,) = await at.press(*earlier, *keys)
        assert isinstance(sent, Enter)
        assert sent.deed == deed
        assert sent.ago_s == pytest.approx(120.0)
        assert len(earlier) == EARLIER


@pytest.mark.parametrize(
    ("before", "keys", "asked"),
    [
        ([*"dropi", "enter", *"L4", "enter"], "vl", "Steroid"),
        ([*"dropi", "enter", *"L4", "enter", *"vl"], ["enter"], "Ultralyd"),
    ],
)
async def test_the_site_of_a_block_and_that_there_is_no_steroid_are_two_keys_at_most(
    before: list[str], keys: list[str], asked: str
) -> None:
    async with desk(patients.BLOCK) as at:
        await at.press(*before, *keys)
        assert at.shows(asked)
        assert len(keys) <= PROMISED


@pytest.mark.parametrize("case", [None, patients.PLANNED, patients.RUNNING])
async def test_an_emergency_is_two_keys(case: Case | None) -> None:
    async with desk(*([case] if case else []), scenes.BEAT) as at:
        await at.press("exclamation_mark", "exclamation_mark")
        assert [type(one).__name__ for one in at.source.sent] == ["Emergency"]
