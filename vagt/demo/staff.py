"""The people of a scenario: what they do is asked of the daemon at its time, over its socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from daemon.protocol.commands import Acknowledge, Aged, Command, Emergency, End, Enter, Plan, Start
from daemon.protocol.messages import Answer
from devices.simulated.rows import Deed, StaffEvent
from devices.simulated.scenario import Scenario
from vagt.demo.client import Client
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Check


class Step(NamedTuple):
    """One thing that somebody of a story did."""

    number: int
    """From 0, on and on where the story repeats."""
    at: Instant
    event: StaffEvent


class Staff:
    """Does everything at its time, and knows which step of the story an answer is to."""

    def __init__(self, story: Scenario, clock: Clock) -> None:
        self._story = story
        self._clock = clock
        self._asked: dict[str, Step] = {}

    async def act(self, client: Client, begun: Instant) -> None:
        """Do what the story tells, counted from `begun`; again and again where it repeats."""
        for number, (at_s, event) in enumerate(_deeds(self._story)):
            await self._clock.sleep(max(0.0, at_s - self._clock.now().seconds_since(begun)))
            command = _command(event, f"staff-{number}")
            self._asked[command.id] = Step(number, self._clock.now(), event)
            await client.ask(command)

    def step(self, answer: Answer) -> Step | None:
        """Return which step an answer is to, once."""
        return self._asked.pop(answer.id, None)


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
