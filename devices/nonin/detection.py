"""Finds out which format an oximeter has been left in: its memory keeps the last one chosen.

Documents: those of `wire`, `spot`, `text` and `display`. Formats that carry a check, or are text,
are told by their content. Format 8 carries none: four bytes, alone on a quiet line, thrice in
succession, are taken for it. Format 1 is never taken for granted: three bytes prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.contract import Counts, Driver
from devices.nonin.display import Df8Frame
from devices.nonin.driver import NoninDriver
from devices.nonin.packet import MISSING_RATE, MISSING_SPO2
from devices.nonin.records import display_driver, spot_driver, text_driver
from devices.nonin.values import pulse_rate, saturation
from devices.nonin.wire import Df2Frame, Df7Frame
from vitals.instant import Instant
from vitals.reading import Item

STEP = 16
"""Bytes that the trials take at a time. A text line, the shortest thing to be found, is longer, so
no two formats that follow each other are found in one step."""
SILENCE_S = 0.5
BURSTS = 3


class DetectingDriver:
    """One oximeter in a format yet to be found; implements `devices.contract.Driver`.

    The first trial that finds something whole becomes the driver for good. It has seen every byte,
    so it counts and says what it would have if it had been chosen by name; what the other trials
    made of the bytes is forgotten.
    """

    def __init__(self) -> None:
        self._trials: tuple[Driver, ...] = (
            text_driver(),
            spot_driver(),
            NoninDriver(Df2Frame),
            NoninDriver(Df7Frame),
        )
        self._bursts = Bursts()
        self._found: Driver | None = None
        self._received = 0
        self._before = 0
        """Bytes that the found driver has not been given: they belong to no frame."""

    @property
    def counts(self) -> Counts:
        """Return the counts so far: no frames before the format is found."""
        if self._found is None:
            unused = min(trial.counts.discarded_bytes for trial in self._trials)
            return Counts(discarded_bytes=min(unused, self._received - self._bursts.held))
        counts = self._found.counts
        return Counts(counts.frames, counts.bad_frames, counts.discarded_bytes + self._before)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the found format says."""
        items: list[Item] = []
        if self._found is None and data and self._bursts.add(data, at):
            items += self._replayed()
        place = 0
        while self._found is None and place < len(data):
            items += self._tried(data[place : place + STEP], at)
            place += STEP
        self._received += len(data[:place])
        if self._found is not None:
            items += self._found.receive(data[place:], at)
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - no format takes requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail, or all where no format was found, and return the counts."""
        if self._found is None:
            return Counts(discarded_bytes=self._received)
        self._found.finish()
        return self.counts

    def _tried(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Give each trial its bytes, and return what the first that finds something says."""
        said = [(trial, trial.receive(data, at)) for trial in self._trials]
        for trial, items in said:
            if items:
                self._found = trial
                return items
        return ()

    def _replayed(self) -> list[Item]:
        """Return what the bursts say to a driver of format 8, which is the one from now on."""
        self._found = driver = display_driver(Df8Frame)
        self._before = self._received - BURSTS * Df8Frame.BYTES
        return [item for burst, at in self._bursts.kept for item in driver.receive(burst, at)]


class Bursts:
    """The bytes between silences, while they look like format 8."""

    def __init__(self) -> None:
        self.kept: list[tuple[bytes, Instant]] = []
        """Complete ones in direct succession, each with the time of its last byte."""
        self._open = b""
        self._heard: Instant | None = None

    @property
    def held(self) -> int:
        """Return how many bytes may yet turn out to be frames."""
        return len(self._open) + sum(len(burst) for burst, _ in self.kept)

    def add(self, data: bytes, at: Instant) -> bool:
        """Tell whether the silence before `data` closed the last of three bursts that fit."""
        if self._heard is not None and at.seconds_since(self._heard) >= SILENCE_S:
            self._close(self._heard)
        self._heard = at
        self._open = (self._open + data)[: Df8Frame.BYTES + 1]
        return len(self.kept) == BURSTS

    def _close(self, heard: Instant) -> None:
        self.kept = [*self.kept, (self._open, heard)] if _fits(self._open) else []
        self._open = b""


def _fits(burst: bytes) -> bool:
    """Tell whether these are the four bytes of a frame whose numbers a device may send."""
    frame = Df8Frame.parse(burst)
    return (
        frame is not None
        and (frame.spo2 == MISSING_SPO2 or saturation(frame.spo2) is not None)
        and (frame.hr == MISSING_RATE or pulse_rate(frame.hr) is not None)
    )
