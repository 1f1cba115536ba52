"""A recovery room with so many beds, as the daemon tells of it, and what is drawn of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import patients
import ringing
import scenes
from dashboards import sight_of, text
from msgspec import structs
from textual.pilot import Pilot

from daemon.protocol.message import Message
from daemon.protocol.messages import Alarm
from tui.app import Dashboard
from tui.cards import cardsview
from tui.sight import Sight
from tui.view import View
from vitals.vocabulary import Priority
from words.catalogue import Language

SECRET = ("3021", "2-4 år", "KN-261121", "vågen på 20 min")
"""What tells who lies there, or what was done: not for those who stand beside the screen."""
CASES = (patients.EARLY, patients.LATE, patients.JUDGED, patients.RUNNING)
ALARMS: dict[Priority | None, Alarm | None] = {
    Priority.HIGH: scenes.DESATURATION,
    Priority.MEDIUM: scenes.FAST,
    Priority.LOW: ringing.LOW,
    None: None,
}


def named(number: int, name: str = "Seng") -> str:
    return f"{name} {number}"


def ward(alarms: Sequence[Priority | None], name: str = "Seng") -> list[Message]:
    """Return what a daemon tells of so many beds with a patient, and one without."""
    names = [named(number, name) for number in range(1, len(alarms) + 1)]
    told: list[Message] = []
    for number, (bed, priority, case) in enumerate(
        zip(names, alarms, itertools.cycle(CASES), strict=False)
    ):
        device = structs.replace(scenes.DEVICE, bed=bed, name=f"nonin{number}")
        alarm = ALARMS[priority]
        told += [
            structs.replace(case, bed=bed, case=f"KN-261121-0{10 + number}"),
            device,
            structs.replace(scenes.SPO2, bed=bed, device=device.name, value=90 + number % 10),
            structs.replace(scenes.PULSE, bed=bed, device=device.name),
            *([structs.replace(alarm, bed=bed, device=None)] if alarm else []),
        ]
    hello = structs.replace(scenes.HELLO, beds=(*names, "Stue 9"))
    return [hello, scenes.snapshot(*told)]


THREE = ward([None, Priority.HIGH, Priority.MEDIUM])


def recovery(messages: Sequence[Message], language: Language = Language.DANISH) -> Sight:
    return replace(sight_of(*messages, language=language), view=View.RECOVERY)


def drawn(sight: Sight, size: tuple[int, int]) -> str:
    return "\n".join("".join(span.text for span in row) for row in cardsview(sight, *size))


async def shown(pilot: Pilot[None], app: Dashboard) -> str:
    for _ in range(2):
        await pilot.pause()
        app.draw()
    await pilot.pause()
    return text(app)
