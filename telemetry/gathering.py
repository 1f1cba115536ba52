"""Blocks of waves, of any length, put together to about a second each; a gap is never joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from telemetry.samples import packed
from telemetry.series import Series, WaveSecond
from vitals.instant import Instant
from vitals.measure import Channel
from vitals.reading import Origin, WaveBlock

APART_S = 0.5
"""Blocks whose times differ by more from what their samples take, by either clock, do not follow
each other: after a step of the wall clock a wave is where the numbers beside it are."""
LEFT_S = 2.0
"""What is less than a second is kept once nothing has followed it for so long."""


@dataclass(slots=True)
class _Run:
    """Samples that followed each other."""

    series: Series
    rate_hz: float
    begin: float
    """Of the first sample that is held, by the monotonic clock."""
    wall: float
    """The same by the wall clock, in seconds since 1970 UTC."""
    samples: list[float | None] = field(default_factory=list)

    @property
    def end(self) -> float:
        """Return when the next sample is to come, by the monotonic clock."""
        return self.begin + self.lasts_s

    @property
    def lasts_s(self) -> float:
        """Return how long the samples that are held take."""
        return len(self.samples) / self.rate_hz

    def taken(self, count: int) -> WaveSecond:
        """Return so many of the samples, which are held no longer."""
        now, self.samples = self.samples[:count], self.samples[count:]
        scale, offset, data = packed(now)
        second = WaveSecond(self.series, round(self.wall * 1000), self.rate_hz, scale, offset, data)
        self.begin += count / self.rate_hz
        self.wall += count / self.rate_hz
        return second


class Gathering:
    """Every wave of every device that is being heard."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, Channel], _Run] = {}

    def hear(self, bed: str, device: str, origin: Origin, block: WaveBlock) -> Iterator[WaveSecond]:
        """Take a block and yield the seconds that it makes whole."""
        if not block.samples:
            return
        tags = (("bed", bed), ("device", device), ("origin", str(origin)))
        series = Series("wave", block.channel, block.unit, tags)
        lasted_s = len(block.samples) / block.rate_hz
        begin, wall = block.at.monotonic - lasted_s, block.at.wall - lasted_s
        run = self._runs.get((device, block.channel))
        if run is None or not _follows(run, series, block.rate_hz, begin, wall):
            if run is not None and run.samples:
                yield run.taken(len(run.samples))
            run = self._runs[(device, block.channel)] = _Run(series, block.rate_hz, begin, wall)
        run.samples.extend(block.samples)
        whole = max(1, round(block.rate_hz))
        while len(run.samples) >= whole:
            yield run.taken(whole)

    def rest(self, now: Instant) -> Iterator[WaveSecond]:
        """Yield what nothing follows any more."""
        for key, run in tuple(self._runs.items()):
            if now.monotonic - run.end > LEFT_S:
                del self._runs[key]
                if run.samples:
                    yield run.taken(len(run.samples))


def _follows(run: _Run, series: Series, rate_hz: float, begin: float, wall: float) -> bool:
    same = run.series == series and run.rate_hz == rate_hz
    apart_s = max(abs(begin - run.end), abs(wall - run.wall - run.lasts_s))
    return same and apart_s <= APART_S
