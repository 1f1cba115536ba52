"""What makes a simulation faster than life: a clock, its loop, and a count of what is under way."""

from __future__ import annotations

import asyncio
from functools import partial

from daemon.links import link
from daemon.outside import Outside
from devices.contract import ProtocolEntry
from firmware_bridge.link import Link
from firmware_bridge.tally import Tallies
from vagt.demo.answers import Answering, Answers
from vagt.demo.loop import SteppedLoop, Stepper
from vagt.demo.stepped import SteppedClock
from vitals.clock import Clock


class Fast:
    """What daemon and devices of one simulation share; it is never faster than `speed`."""

    def __init__(self, speed: float) -> None:
        self.clock = SteppedClock()
        self.tallies = Tallies()
        self._answers = Answers()
        self._stepper = Stepper(self.clock, speed, self.tallies, self._answers)

    def loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop on which all of it has to run."""
        return SteppedLoop(self.clock, self._stepper, self._answers)

    def outside(self) -> Outside:
        """Return how its daemon reaches wires and disk, so that both are counted."""
        return Outside(link=self._link, journal=partial(Answering, answers=self._answers))

    def _link(self, port: str, entry: ProtocolEntry, clock: Clock) -> Link:
        return link(port, entry, clock, self.tallies.of(port))
