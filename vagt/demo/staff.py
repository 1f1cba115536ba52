"""The people of a scenario: what they do is asked of the daemon at its time, over its socket."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.commands import Acknowledge, Command, End, Start
from devices.simulated.rows import Deed, StaffEvent
from devices.simulated.scenario import Scenario
from vagt.demo.client import Client
from vitals.clock import Clock
from vitals.instant import Instant


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
    match event.do:
        case Deed.START:
            return Start(number, event.by, event.bed, event.code or "", event.age or "")
        case Deed.ACKNOWLEDGE:
            return Acknowledge(number, event.by, event.bed, event.alarm or "", event.device)
        case Deed.END:
            return End(number, event.by, event.bed)
