"""Cylinders that a monitor reads by itself: those named as the value of the monitor is.

What a panel calls `O2`, `air` or `N2O` under pressure is a pipe, and no cylinder.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from checklists.ledger import Sensed
from daemon.clock import local_time
from daemon.picture import Picture
from vitals.acts import Gauge, Weigh
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.practice import Gas
from vitals.reading import Reading
from vitals.vocabulary import DeviceState

EVERY_S = 5.0
"""One reading in so long is enough to see a cylinder go down."""
KEPT_S = 900.0
"""Longer than any line through them is drawn."""
LIVE_S = 60.0
MOST_BAR, MOST_KG = 300.0, 200.0
"""As `vitals.acts` has them: beyond it nothing was read."""
PIPES = frozenset(gas.value for gas in Gas)


class Sensing:
    """Remembers what was read of cylinders lately; no reading is journalled."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._kept: dict[tuple[str, Measure], deque[tuple[Instant, Sensed]]] = {}
        self.count = 0
        """Counts every reading that was kept: what rests on them is worked out anew."""

    def look(self, now: Instant) -> None:
        """Take what is read just now, and forget what is old."""
        for reading in self._found():
            self._take(reading)
        for kept in self._kept.values():
            while kept and now.seconds_since(kept[0][0]) > KEPT_S:
                kept.popleft()

    @property
    def sensed(self) -> tuple[Sensed, ...]:
        """Return what was read lately."""
        return tuple(one for kept in self._kept.values() for _, one in kept)

    def live(self, now: Instant) -> frozenset[str]:
        """Return the names under which something is read just now."""
        return frozenset(
            name
            for (name, _), kept in self._kept.items()
            if kept and now.seconds_since(kept[-1][0]) <= LIVE_S
        )

    def _found(self) -> Iterator[Reading]:
        for station in self._picture.stations:
            if station.state is DeviceState.RECEIVING:
                yield from (one for one in station.readings.values() if _of_cylinder(one))

    def _take(self, reading: Reading) -> None:
        key = reading.site or "", reading.measure
        kept = self._kept.setdefault(key, deque())
        if kept and reading.at.seconds_since(kept[-1][0]) < EVERY_S:
            return
        kept.append((reading.at, Sensed(local_time(reading.at), _act(reading))))
        self.count += 1


def _of_cylinder(reading: Reading) -> bool:
    if reading.value is None or not reading.site or not reading.live:
        return False
    if reading.measure is Measure.GAS_MASS:
        return 0 < reading.value <= MOST_KG
    pipe = reading.site.casefold() in PIPES
    return reading.measure is Measure.GAS_PRESSURE and not pipe and 0 <= reading.value <= MOST_BAR


def _act(reading: Reading) -> Gauge | Weigh:
    name, value = reading.site or "", reading.value or 0.0
    return Weigh(name, value) if reading.measure is Measure.GAS_MASS else Gauge(name, value)
