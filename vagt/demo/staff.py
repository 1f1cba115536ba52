"""The people of a scenario: what they do is asked of the daemon at its time, over its socket."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.commands import Acknowledge, Aged, Command, Emergency, End, Enter, Plan, Start
from devices.simulated.rows import Deed, StaffEvent
from devices.simulated.scenario import Scenario
from vagt.demo.client import Client
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Check


async def act(story: Scenario, client: Client, clock: Clock, begun: Instant) -> None:
    """Do everything at its time, counted from `begun`; again and again where the story repeats."""
    for number, (at_s, event) in enumerate(_deeds(story)):
        await clock.sleep(max(0.0, at_s - clock.now().seconds_since(begun)))
        await client.ask(_command(event, f"staff-{number}"))


def _deeds(story: Scenario) -> Iterator[tuple[float, StaffEvent]]:
    offset_s = 0.0
    while True:
        yield from ((offset_s + event.at_s, event) for event in story.staff)
        if not (story.repeats and story.staff):
            return
        offset_s += story.duration_s


def _command(event: StaffEvent, number: str) -> Command:
    at_bed = number, event.by, event.bed
    code, age = event.code or "", event.age or ""
    match event.do:
        case Deed.START:
            command: Command = Start(*at_bed, code, age, tuple(Check), 1, unattached=True)
        case Deed.PLAN:
            kind = CaseKind.BLOCK if event.block else CaseKind.ANAESTHETIC
            command = Plan(*at_bed, age, code, case_kind=kind)
        case Deed.EMERGENCY:
            command = Emergency(*at_bed)
        case Deed.AGE:
            command = Aged(*at_bed, age)
        case Deed.SAY if event.deed is not None:
            command = Enter(*at_bed, event.deed, event.ago_s)
        case Deed.ACKNOWLEDGE:
            command = Acknowledge(*at_bed, event.alarm or "", event.device)
        case _:
            command = End(*at_bed)
    return command
