"""An IRMA or ISA: its frames to readings, CO2 wave and notes.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein). Concentrations
become kPa with the ambient pressure that the analyser measures itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from devices.contract import Counts
from devices.phasein.condition import Condition
from devices.phasein.slow import AGENTS, Concentrations, General, Registers, Service
from devices.phasein.wire import NO_DATA, RATE_HZ, Frame, FrameDecoder, Id
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

FRESH_S = 1.5
"""The slow round takes half a second, and stops in self-test and sleep: three rounds are enough."""
LOWEST_PRESSURE, HIGHEST_PRESSURE = 500, 1300
"""Tenths of a kPa ("Slow data": 50 - 130 kPa)."""
HIGHEST_RATE = 120
"""/min ("Slow data": 0 - 120)."""
HIGHEST_TENTHS = 250
"""CO2 and agents ("Slow data": 0 - 25 %)."""

Block = TypeVar("Block", General, Registers, Service)


class Latest(Generic[Block]):
    """The newest slow block of a kind, until it is too old."""

    def __init__(self) -> None:
        self._block: Block | None = None
        self._at = Instant(0.0, 0.0)

    def keep(self, block: Block, at: Instant) -> None:
        """Replace what there was."""
        self._block, self._at = block, at

    def at(self, now: Instant) -> Block | None:
        """Return it, or None when there is none that is fresh."""
        return None if now.seconds_since(self._at) > FRESH_S else self._block


class PhaseinDriver:
    """One analyser; implements `devices.contract.Driver`."""

    def __init__(self) -> None:
        self._decoder = FrameDecoder()
        self._general = Latest[General]()
        self._registers = Latest[Registers]()
        self._service = Latest[Service]()
        self._notes: frozenset[Note] = frozenset()

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the frames completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            items += self._items(frame, at)
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the analyser needs no request
        """Return nothing: the analyser speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, frame: Frame, at: Instant) -> Iterator[Item]:
        self._keep(frame, at)
        condition = Condition(frame.status, self._registers.at(at), self._service.at(at))
        if condition.notes != self._notes:
            self._notes = condition.notes
            yield Notes(self._notes, at)
        general = self._general.at(at)
        yield from _Round(condition, general, at).readings(frame)
        yield WaveBlock(Channel.CO2, RATE_HZ, "kPa", (_sample(frame, condition, general),), at)

    def _keep(self, frame: Frame, at: Instant) -> None:
        match frame.id:
            case Id.GENERAL:
                self._general.keep(General.parse(frame.slow), at)
            case Id.REGISTERS:
                self._registers.keep(Registers.parse(frame.slow), at)
            case Id.SERVICE:
                self._service.keep(Service.parse(frame.slow), at)
            case _:
                pass


class _Round:
    """What the slow block of one frame says, in the light of what is known besides it."""

    def __init__(self, condition: Condition, general: General | None, at: Instant) -> None:
        self._condition = condition
        self._quality = condition.quality
        self._general = general
        self._at = at

    def readings(self, frame: Frame) -> Iterator[Reading]:
        match frame.id:
            case Id.INSPIRED:
                block = Concentrations.parse(frame.slow)
                yield self._co2(Measure.FICO2, block)
                yield self._gas(Measure.N2O_INSPIRED, block.n2o)
                yield from self._agents(Measure.AGENT_INSPIRED, block)
                yield self._gas(Measure.FIO2, block.oxygen)
            case Id.EXPIRED:
                block = Concentrations.parse(frame.slow)
                yield self._co2(Measure.ETCO2, block)
                yield self._gas(Measure.N2O_EXPIRED, block.n2o)
                yield from self._agents(Measure.AGENT_EXPIRED, block)
                yield self._gas(Measure.ETO2, block.oxygen)
            case Id.GENERAL:
                yield self._rate(General.parse(frame.slow))
            case _:
                pass

    def _co2(self, measure: Measure, block: Concentrations) -> Reading:
        percent = None if self._condition.apnoea else _tenths(block.co2)
        return self._gas(measure, _kpa(percent, self._general))

    def _rate(self, general: General) -> Reading:
        rate = general.rate or None
        if self._condition.apnoea or rate is None or rate > HIGHEST_RATE:
            rate = None
        return self._gas(Measure.RESPIRATORY_RATE, rate)

    def _agents(self, measure: Measure, block: Concentrations) -> Iterator[Reading]:
        """Yield each agent that is there, the primary one last: where one is kept, it is that."""
        general = self._general
        found = ((general.agent2, block.agent2), (general.agent1, block.agent1)) if general else ()
        named = [(AGENTS[code], value) for code, value in found if code in AGENTS]
        for agent, value in named:
            yield self._gas(measure, _tenths(value), agent)
        if not named:
            yield self._gas(measure, None)

    def _gas(self, measure: Measure, value: float | None, agent: Agent | None = None) -> Reading:
        if self._quality is Quality.INVALID:
            return Reading(measure, None, Quality.INVALID, self._at, agent)
        quality = Quality.UNAVAILABLE if value is None else self._quality
        return Reading(measure, value, quality, self._at, agent)


def _tenths(value: int | None) -> float | None:
    return None if value is None or value > HIGHEST_TENTHS else value / 10


def _kpa(percent: float | None, general: General | None) -> float | None:
    if percent is None or general is None or general.pressure is None:
        return None
    if not LOWEST_PRESSURE <= general.pressure <= HIGHEST_PRESSURE:
        return None
    return percent * general.pressure / 1000


def _sample(frame: Frame, condition: Condition, general: General | None) -> float | None:
    if frame.co2 == NO_DATA or condition.quality is Quality.INVALID:
        return None
    kpa = _kpa(frame.co2 / 100, general)
    return None if kpa is None else round(kpa, 3)
