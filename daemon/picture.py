"""What every device last said: the newest wins; nothing here waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from daemon.config import Device
from devices.contract import Counts, ProtocolEntry
from monitoring.alarmrules import FreshnessRow
from monitoring.view import Ages, DeviceView, Sample
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Origin, Reading
from vitals.vocabulary import DeviceState

NOISE_S = 5.0
"""Bytes that came within this time, and no frame, are of another protocol or another speed."""


class Turn(StrEnum):
    """What happens to a connection."""

    OPENED = "opened"
    FRAME = "frame"
    QUIET = "quiet"
    LOST = "lost"
    FAILED = "failed"


_DOWN = {Turn.LOST: DeviceState.LOST, Turn.FAILED: DeviceState.DEFECTIVE}

NEXT: dict[DeviceState, dict[Turn, DeviceState]] = {
    DeviceState.OPENING: {
        Turn.FRAME: DeviceState.RECEIVING,
        Turn.QUIET: DeviceState.SILENT,
        **_DOWN,
    },
    DeviceState.RECEIVING: {Turn.QUIET: DeviceState.SILENT, **_DOWN},
    DeviceState.SILENT: {Turn.FRAME: DeviceState.RECEIVING, **_DOWN},
    DeviceState.LOST: {Turn.OPENED: DeviceState.OPENING, **_DOWN},
    DeviceState.DEFECTIVE: {Turn.OPENED: DeviceState.OPENING, **_DOWN},
}


class Station:
    """One configured device: where its connection stands and what it said last."""

    def __init__(
        self,
        device: Device,
        entry: ProtocolEntry,
        freshness: Mapping[Measure, FreshnessRow],
        now: Instant,
    ) -> None:
        self.device = device
        self.entry = entry
        self.state = DeviceState.OPENING
        self.since = now
        self.reason = ""
        self.origin = device.origin or Origin.MEASURED
        self.counts = Counts()
        self.earlier = Counts()
        """Counts of the drivers before this one: a new one starts at every opening."""
        self.heard: Instant | None = None
        self.bytes_at: Instant | None = None
        """When the last bytes came, readable or not."""
        self.readings: dict[tuple[Measure, str | None], Reading] = {}
        """The newest by measure and, where a device has several of one, by site."""
        self.notes: frozenset[Note] = frozenset()
        self.ages = {measure: _ages(freshness[measure], entry) for measure in entry.measures}

    def turn(self, turn: Turn, now: Instant, reason: str = "") -> bool:
        """Take a turn; tell whether the state changed."""
        state = NEXT[self.state].get(turn, self.state)
        self.reason = reason if state in _DOWN.values() else ""
        if state is self.state:
            return False
        self.state, self.since = state, now
        return True

    def quiet(self, now: Instant) -> bool:
        """Tell whether nothing good has come for longer than a healthy device is silent."""
        last = (
            self.since
            if self.heard is None or self.heard.monotonic < self.since.monotonic
            else self.heard
        )
        return now.seconds_since(last) > self.entry.quiet_s

    def complaint(self, now: Instant) -> str:
        """Return why there is nothing to read, in one English line; empty when all is well."""
        noisy = self.bytes_at is not None and now.seconds_since(self.bytes_at) < NOISE_S
        if noisy and self.state in (DeviceState.SILENT, DeviceState.OPENING):
            return f"bytes arrive but none are valid for {self.device.protocol}"
        return self.reason

    def totals(self) -> Counts:
        """Return the counts of all drivers since the daemon started."""
        return Counts(
            self.earlier.frames + self.counts.frames,
            self.earlier.bad_frames + self.counts.bad_frames,
            self.earlier.discarded_bytes + self.counts.discarded_bytes,
        )

    def view(self, now: Instant) -> DeviceView:
        """Return what the rules see of it."""
        samples = {
            measure: Sample(reading.value, reading.quality, now.seconds_since(reading.at))
            for (measure, site), reading in self.readings.items()
            if site is None
        }
        return DeviceView(
            self.device.name,
            self.entry.modalities,
            self.state,
            self.ages,
            samples,
        )


def _ages(row: FreshnessRow, entry: ProtocolEntry) -> Ages:
    """Return the ages of a row, longer where the device itself is slower."""
    return Ages(max(1.5 * entry.interval_s, row.fresh_s), max(entry.quiet_s, row.stale_s))


class Picture:
    """All stations, by bed."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self.stations = tuple(stations)

    def at(self, bed: str) -> tuple[Station, ...]:
        """Return the stations of one bed, in the order of the configuration."""
        return tuple(station for station in self.stations if station.device.bed == bed)

    def views(self, bed: str, now: Instant) -> tuple[DeviceView, ...]:
        """Return what the rules see of a bed's devices."""
        return tuple(station.view(now) for station in self.at(bed))
