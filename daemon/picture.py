"""What every device last said: the newest wins; nothing here waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from daemon.config import Device
from daemon.unread import Unread
from devices.contract import Counts, Pace, ProtocolEntry
from monitoring.alarmrules import FreshnessRow
from monitoring.view import Ages, DeviceView, Sample
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Origin, Quality, Reading
from vitals.vocabulary import DeviceState, Fault

BY_PROBE = frozenset({Measure.SPO2, Measure.PULSE_RATE})
NOISE_S = 5.0
"""Bytes that came within this time, and no frame, are of another protocol or another speed."""


LASTING_S = 2.0
"""Before that they may be the beginning of the first frame."""


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
    # Its port opens well enough: it is as it was until it has been read again.
    DeviceState.DEFECTIVE: {Turn.FRAME: DeviceState.RECEIVING, **_DOWN},
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
        """As configured; where it stands and is looked for may have been changed since."""
        self.bed = device.bed
        self.port = device.port
        self.entry = entry
        self.state = DeviceState.OPENING
        self.since = now
        self.reason = ""
        self._fault: Fault | None = None
        """The same as `reason`, for a program."""
        self.origin = device.origin or Origin.MEASURED
        self.counts = Counts()
        self.earlier = Counts()
        """Counts of the drivers before this one: a new one starts at every opening."""
        self.heard: Instant | None = None
        self.bytes_at: Instant | None = None
        """When the last bytes came, readable or not."""
        self.unread = Unread()
        self.readings: dict[tuple[Measure, str | None], Reading] = {}
        """The newest by measure and, where a device has several of one, by site."""
        self.notes: frozenset[Note] = frozenset()
        """What its driver knows that it said of itself; `said` tells what holds now."""
        self.ages = {measure: _ages(freshness[measure], entry) for measure in entry.measures}
        self._paced = {key: _paced(freshness[key[0]], one) for key, one in entry.paces.items()}
        self.ages |= {key[0]: ages for key, ages in self._paced.items() if key[1] is None}

    def stand(self, bed: str, port: str) -> None:
        """Stand at a bed from now on, looked for at a port; numbers stay with whom they are of."""
        if bed != self.bed:
            self.readings.clear()
        self.bed, self.port = bed, port

    def turn(self, turn: Turn, now: Instant, reason: str = "", fault: Fault | None = None) -> bool:
        """Take a turn; tell whether the state changed."""
        state = NEXT[self.state].get(turn, self.state)
        if turn in _DOWN or state not in _DOWN.values():  # silence explains no lost wire
            self.reason, self._fault = reason, fault
        if state is self.state:
            return False
        self.state, self.since = state, now
        return True

    @property
    def said(self) -> frozenset[Note]:
        """Return what it says of itself just now: nothing while nothing good comes from it.

        A driver tells notes only when they change, so they are back when the device is.
        """
        return self.notes if self.state is DeviceState.RECEIVING else frozenset()

    def ages_of(self, reading: Reading) -> Ages:
        """Return how old a reading may be."""
        own = self._paced.get((reading.measure, reading.site))
        return self.ages[reading.measure] if own is None else own

    def quiet(self, now: Instant) -> bool:
        """Tell whether nothing good has come for longer than a healthy device is silent."""
        last = (
            self.since
            if self.heard is None or self.heard.monotonic < self.since.monotonic
            else self.heard
        )
        quiet_s = self.entry.quiet_s
        return quiet_s is not None and now.seconds_since(last) > quiet_s

    def complaint(self, now: Instant) -> str:
        """Return why there is nothing to read, in one English line; empty when all is well."""
        if self._noisy(now):
            return f"bytes arrive but none are valid for {self.device.protocol}"
        return self.reason

    def fault(self, now: Instant) -> Fault | None:
        """Return what `complaint` says, for a program; None when all is well."""
        return Fault.NOISE if self._noisy(now) else self._fault

    def _noisy(self, now: Instant) -> bool:
        since = self.unread.since
        recent = self.bytes_at is not None and now.seconds_since(self.bytes_at) < NOISE_S
        lasting = since is not None and now.seconds_since(since) >= LASTING_S
        return recent and lasting and self.state in (DeviceState.SILENT, DeviceState.OPENING)

    def totals(self) -> Counts:
        """Return the counts of all drivers since the daemon started."""
        return Counts(
            self.earlier.frames + self.counts.frames,
            self.earlier.bad_frames + self.counts.bad_frames,
            self.earlier.discarded_bytes + self.counts.discarded_bytes,
        )

    def view(self, now: Instant) -> DeviceView:
        """Return what the rules see of it: nothing of what was measured once or is remembered.

        No number because no pulse is found is a search, and no fault of the probe, whichever of
        both its protocol makes of it.
        """
        searches = Note.NO_PULSE in self.notes
        samples = {
            measure: Sample(
                reading.value, _sought(reading, searches=searches), now.seconds_since(reading.at)
            )
            for (measure, site), reading in self.readings.items()
            if site is None and reading.live
        }
        return DeviceView(
            self.device.name,
            self.entry.modalities,
            self.state,
            self.ages,
            samples,
            self.said,
        )


def _sought(reading: Reading, *, searches: bool) -> Quality:
    fault = reading.quality is Quality.INVALID and reading.measure in BY_PROBE
    return Quality.UNAVAILABLE if searches and fault else reading.quality


def _ages(row: FreshnessRow, entry: ProtocolEntry) -> Ages:
    """Return the ages of a row, longer where the device itself is slower."""
    return Ages(max(1.5 * entry.interval_s, row.fresh_s), max(entry.quiet_s or 0.0, row.stale_s))


def _paced(row: FreshnessRow, pace: Pace) -> Ages:
    """Return the ages of a row for a number with a pace of its own."""
    stale_s = max(pace.lives_s, row.stale_s)
    return Ages(min(max(1.5 * pace.interval_s, row.fresh_s), stale_s), stale_s)


class Picture:
    """All stations, by bed."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self.stations = tuple(stations)

    def at(self, bed: str) -> tuple[Station, ...]:
        """Return the stations of one bed, in the order of the configuration."""
        return tuple(station for station in self.stations if station.bed == bed)

    def views(self, bed: str, now: Instant) -> tuple[DeviceView, ...]:
        """Return what the rules see of a bed's devices."""
        return tuple(station.view(now) for station in self.at(bed))
