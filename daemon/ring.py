"""The last seconds of waves and numbers of one bed, as they were told; bounded, in memory alone."""

from __future__ import annotations

import math
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitoring.stretch import Stretch, earliest, later, latest
from vitals.instant import Instant
from vitals.measure import Channel
from vitals.reading import Origin, Reading, WaveBlock

HORIZON_S = 70.0
"""Half a minute either way of an alarm, and some to spare."""
SAMPLES = 140_000
"""2,000 a second for 70 s: 1.1 MiB. Six channels of a large monitor together send about 900."""
NUMBERS = 4_096
"""58 a second for 70 s: 1.2 MiB at most. Four monitors send about 15."""
RUN_S = 1.0
SLACK_S = 0.25
"""A block this much later than its samples take has something missing before it."""
NONE = math.nan
"""Stands for a sample that the device did not have, in this file and nowhere else."""


@dataclass(slots=True)
class Run:
    """About a second of one channel without a gap."""

    device: str
    origin: Origin
    channel: Channel
    rate_hz: float
    unit: str
    values: array[float]
    at: Instant
    """When its last sample was received."""

    @property
    def start(self) -> Instant:
        """Return when its first sample was, by its rate."""
        return later(self.at, -(len(self.values) - 1) / self.rate_hz)

    @property
    def samples(self) -> tuple[float | None, ...]:
        """Return its samples; None where the device had none."""
        return tuple(None if math.isnan(value) else value for value in self.values)

    def within(self, span: Stretch) -> Run | None:
        """Return a copy of what lies in a span; None where nothing does."""
        start, count = self.start, len(self.values)
        first = max(0, math.ceil(round(span.begin.seconds_since(start) * self.rate_hz, 6)))
        past = math.floor(round(span.end.seconds_since(start) * self.rate_hz, 6)) + 1
        past = min(count, past)
        if first >= past:
            return None
        at = later(self.at, -(count - past) / self.rate_hz)
        whose = self.device, self.origin, self.channel, self.rate_hz, self.unit
        return Run(*whose, self.values[first:past], at)


@dataclass(frozen=True, slots=True)
class Sent:
    """A number, who sent it and when it came."""

    device: str
    origin: Origin
    reading: Reading
    came: Instant


@dataclass(frozen=True, slots=True)
class Cut:
    """What came in a span and around it: taken at once, and looked through where there is time."""

    span: Stretch
    heard: tuple[Run, ...]
    told: tuple[Sent, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return what of the waves lies in the span."""
        runs = (run.within(self.span) for run in self.heard)
        return tuple(run for run in runs if run is not None)

    @property
    def numbers(self) -> tuple[Sent, ...]:
        """Return the numbers that came in the span, in their order."""
        return tuple(sent for sent in self.told if self.span.holds(sent.came))


class Ring:
    """What a bed's devices sent lately: `since` is when all of it that is younger is there."""

    def __init__(self, now: Instant) -> None:
        self.since = now
        self._runs: deque[Run] = deque()
        self._open: dict[tuple[str, Channel], Run] = {}
        self._samples = 0
        self._numbers: deque[Sent] = deque()

    def hear(self, device: str, origin: Origin, item: Reading | WaveBlock, now: Instant) -> None:
        """Keep what a device of the bed sent, and let go of what is too old or too much."""
        if isinstance(item, WaveBlock):
            self._wave(device, origin, item)
        else:
            self._numbers.append(Sent(device, origin, item, now))
        self._forget(now)

    def cut(self, span: Stretch) -> Cut:
        """Return what came in a span, shortened to where all of it is there; it grows no more."""
        span = Stretch(earliest(latest(span.begin, self.since), span.end), span.end)
        growing = {id(run) for run in self._open.values()}
        runs = (_copy(run) if id(run) in growing else run for run in self._runs)
        return Cut(span, tuple(runs), tuple(self._numbers))

    def _wave(self, device: str, origin: Origin, block: WaveBlock) -> None:
        values = array("d", _numbered(block))
        run = self._open.get((device, block.channel))
        if run is not None and _follows(run, origin, block):
            run.values.extend(values)
            run.at = block.at
        elif values:
            run = Run(device, origin, block.channel, block.rate_hz, block.unit, values, block.at)
            self._open[device, block.channel] = run
            self._runs.append(run)
        self._samples += len(values)

    def _forget(self, now: Instant) -> None:
        while self._runs and self._let_go(self._runs[0].at, now, full=self._samples > SAMPLES):
            self._samples -= len(self._runs.popleft().values)
        while self._numbers and self._let_go(
            self._numbers[0].came, now, full=len(self._numbers) > NUMBERS
        ):
            self._numbers.popleft()

    def _let_go(self, at: Instant, now: Instant, *, full: bool) -> bool:
        """Tell whether the oldest goes; what goes young is missed in what is cut later."""
        if now.seconds_since(at) > HORIZON_S:
            return True
        if full:
            self.since = latest(self.since, at)
        return full


def _copy(run: Run) -> Run:
    return replace(run, values=run.values[:])


def _follows(run: Run, origin: Origin, block: WaveBlock) -> bool:
    """Tell whether a block goes on where a run ends, which is not yet as long as runs are."""
    if (run.origin, run.rate_hz, run.unit) != (origin, block.rate_hz, block.unit):
        return False
    takes_s = len(block.samples) / block.rate_hz
    late_s = block.at.seconds_since(run.at) - takes_s
    return len(run.values) < run.rate_hz * RUN_S and late_s <= SLACK_S


def _numbered(block: WaveBlock) -> Iterator[float]:
    return (NONE if sample is None else sample for sample in block.samples)
