"""Pictures of whole screens; `pytest --snapshot-update` after a change that was meant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

import mornings
import msgspec
import patients
import pytest
import ringing
import rosters
import scenes
import wards
from checkout import ROOT
from dashboards import FrozenClock, Told, settings
from textual.pilot import Pilot

from daemon.protocol.message import Message
from tui.app import Dashboard
from vitals.measure import Channel
from words.catalogue import Language

WAVE_S, SWEEP_S = 6.0, 16.0
"""A wave that has begun, and one that fills its row."""
README = "low"
SCENES: dict[str, Sequence[Message]] = {
    "high": scenes.HIGH,
    "none": (),
    "missing": scenes.MISSING,
    "both": scenes.BOTH,
    "full": wards.FULL,
    README: wards.LOW,
    "ailing": wards.AILING,
    "planned": (*scenes.IDLE, patients.PLANNED),
    "late": (*scenes.IDLE, patients.LATE),
    "judged": (*scenes.IDLE, patients.JUDGED),
    "listed": scenes.IDLE,
    "paused": ringing.PAUSED_ALARMS,
    "calling": ringing.calling(),
    "morning": scenes.IDLE,
    "looking": scenes.IDLE,
    "gases": scenes.IDLE,
    "lowly": scenes.HIGH,
    "bare": (),
    "found": (*scenes.IDLE, patients.RUNNING),
}
MORNINGS = {
    "morning": ("f9",),
    "looking": ("f9", "enter", "down"),
    "gases": ("f9", "right", "right", "down"),
    "lowly": ("f9",),
}
KEYS = {"found": ("colon", "o"), "planned": "n", "late": "e", "listed": ("f5", "down"), **MORNINGS}
LISTS = {"listed": (rosters.told(*rosters.ROWS),)}
WAVES = {"high": scenes.waves, "both": scenes.waves, "full": wards.waves, README: wards.waves}


class Compare(Protocol):
    def __call__(
        self,
        app: Dashboard,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != README])
def test_the_screen_looks_as_it_was_approved(
    snap_compare: Compare, scene: str, size: tuple[int, int], language: Language
) -> None:
    assert approved(snap_compare, scene, size, language)


@pytest.mark.timeout(60)
def test_the_picture_of_the_readme_is_the_one_that_was_approved(snap_compare: Compare) -> None:
    name = "test_the_picture_of_the_readme_is_the_one_that_was_approved.svg"
    kept = Path(__file__).parent / "__snapshots__" / "test_pictures" / name
    assert approved(snap_compare, README, (120, 40), Language.DANISH)
    assert (ROOT / "docs" / "pictures" / "bedside.svg").read_text() == kept.read_text()


@pytest.mark.parametrize("size", [(100, 30), (200, 60)], ids=["100x30", "200x60"])
@pytest.mark.parametrize("scene", ["none", "full", "both", "planned", "listed", "morning"])
def test_other_sizes_look_as_they_were_approved(
    snap_compare: Compare, scene: str, size: tuple[int, int]
) -> None:
    assert approved(snap_compare, scene, size, Language.DANISH)


async def settled(app: Dashboard, pilot: Pilot[None]) -> None:
    """Let the numbers take their rows, and the wave what is left of them."""
    for _ in range(2):
        await pilot.pause()
        app.draw()
    await pilot.pause()


async def waved(app: Dashboard, pilot: Pilot[None], clock: FrozenClock, scene: str) -> None:
    """Let waves come; one that comes for the first time takes its rows before the next does."""
    known: set[Channel] = set()
    for wave in WAVES[scene](SWEEP_S if scene == README else WAVE_S) if scene in WAVES else ():
        if wave.channel is Channel.PLETH:
            clock.move(1 / 3)
        app.hear(msgspec.structs.replace(wave, at=clock.now().rfc3339()))
        app.draw()
        await (pilot.pause() if wave.channel in known else settled(app, pilot))
        known.add(wave.channel)


def approved(snap_compare: Compare, scene: str, size: tuple[int, int], language: Language) -> bool:
    """Tell whether a scene looks as it was approved."""
    messages = SCENES[scene]
    clock = FrozenClock()
    told = messages or scene == "bare"
    greeting = rosters.greeting(*messages, lists=LISTS.get(scene, ())) if told else []
    app = Dashboard(Told(greeting), clock, settings(language))

    async def play(pilot: Pilot[None]) -> None:
        """Let some seconds of wave pass, then say once more what is so."""
        await settled(app, pilot)
        await waved(app, pilot, clock, scene)
        if greeting:
            app.hear(greeting[1])  # type: ignore[arg-type]  # the snapshot
        else:
            clock.move(WAVE_S)
        for told in mornings.PRACTICE if scene in MORNINGS else ():
            app.hear(told)  # type: ignore[arg-type]  # what is told of a practice
        await pilot.press(*KEYS.get(scene, ""))
        app.draw()
        if scene in MORNINGS:
            await pilot.pause()
            app.draw()
        await pilot.pause()

    return snap_compare(app, terminal_size=size, run_before=play)
