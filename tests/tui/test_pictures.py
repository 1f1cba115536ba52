"""Pictures of whole screens; `pytest --snapshot-update` after a change that was meant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec
import patients
import pytest
import scenes
import wards
from dashboards import FrozenClock, Told, settings
from textual.pilot import Pilot

from daemon.protocol.message import Message
from tui.app import Dashboard
from vitals.measure import Channel
from words.catalogue import Language

WAVE_S = 6.0
SCENES: dict[str, Sequence[Message]] = {
    "high": scenes.HIGH,
    "none": (),
    "missing": scenes.MISSING,
    "both": scenes.BOTH,
    "full": wards.FULL,
    "ailing": wards.AILING,
    "planned": (*scenes.IDLE, patients.PLANNED),
    "late": (*scenes.IDLE, patients.LATE),
    "judged": (*scenes.IDLE, patients.JUDGED),
}
KEYS = {"planned": "n", "late": "e"}
WAVES = {"high": scenes.waves, "both": scenes.waves, "full": wards.waves}


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
@pytest.mark.parametrize("scene", list(SCENES))
def test_the_screen_looks_as_it_was_approved(
    snap_compare: Compare, scene: str, size: tuple[int, int], language: Language
) -> None:
    messages = SCENES[scene]
    clock = FrozenClock()
    app = Dashboard(Told(scenes.greeting(*messages) if messages else []), clock, settings(language))

    async def play(pilot: Pilot[None]) -> None:
        """Let some seconds of wave pass, then say once more what is so."""
        await pilot.pause()
        for wave in WAVES[scene](WAVE_S) if scene in WAVES else ():
            if wave.channel is Channel.PLETH:
                clock.move(1 / 3)
            app.hear(msgspec.structs.replace(wave, at=clock.now().rfc3339()))
            app.draw()
            await pilot.pause()
        if messages:
            app.hear(scenes.snapshot(*messages))
        else:
            clock.move(WAVE_S)
        await pilot.press(*KEYS.get(scene, ""))
        app.draw()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=play)
