"""A driver and a simulator joined by two wires that behave badly in one way each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from manual import at

from devices.contract import Driver
from devices.simulated.catalogue import Simulator
from vitals.reading import Item

STEP_S = 0.1
SLACK_S = 1e-6
"""So that a sum of steps is not late by a rounding."""
LOST = 0.2
"""The share of portions that a lossy wire damages: half of them go missing, half lose a byte."""


@dataclass
class Wire:
    """One direction: what is put in comes out later, in pieces, or not."""

    delay_s: float = 0.0
    in_bytes: bool = False
    lost: float = 0.0
    random: Random = field(default_factory=lambda: Random(7))
    waiting: list[tuple[float, bytes]] = field(default_factory=list)

    def put(self, data: bytes, now_s: float) -> None:
        if data and self.random.random() < self.lost:
            data = self._damaged(data)
        self.waiting.append((now_s + self.delay_s, data))

    def arrived(self, now_s: float) -> list[bytes]:
        due = [data for due_s, data in self.waiting if due_s <= now_s + SLACK_S]
        self.waiting = [entry for entry in self.waiting if entry[0] > now_s + SLACK_S]
        if self.in_bytes:
            return [bytes((byte,)) for data in due for byte in data]
        return [data for data in due if data]

    def _damaged(self, data: bytes) -> bytes:
        place = self.random.randrange(len(data))
        return b"" if self.random.random() < 0.5 else data[:place] + data[place + 1 :]


WIRES: dict[str, Callable[[], Wire]] = {
    "whole": Wire,
    "byte by byte": lambda: Wire(in_bytes=True),
    "lossy": lambda: Wire(lost=LOST),
    "late": lambda: Wire(delay_s=0.7),
}


class Conversation:
    """Driver and simulator, and everything that the driver said, with the time it was heard."""

    def __init__(self, driver: Driver, simulator: Simulator, wire: str = "whole") -> None:
        self.driver, self.simulator = driver, simulator
        self.there, self.back = WIRES[wire](), WIRES[wire]()
        self.items: list[Item] = []
        self.written = b""
        self.ticks = 0

    @property
    def now_s(self) -> float:
        return self.ticks * STEP_S

    def run(self, seconds: float) -> list[Item]:
        """Let time pass; return what the driver said in it."""
        before = len(self.items)
        for _ in range(round(seconds / STEP_S)):
            self._tick()
        return self.items[before:]

    def _tick(self) -> None:
        now_s = self.now_s
        due = self.driver.due(at(now_s))
        self.written += due
        self.there.put(due, now_s)
        for data in self.there.arrived(now_s):
            self.simulator.receive(data)
        self.back.put(self.simulator.emit(now_s), now_s)
        for data in self.back.arrived(now_s):
            self.items += self.driver.receive(data, at(now_s))
        self.ticks += 1
