"""What drivers of monitors that only speak have in common: frames that stand still are given up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from devices.contract import Counts
from firmware_bridge.receive import BufferedDecoder, portions
from vitals.instant import Instant
from vitals.reading import Item

SILENCE_S = 0.1
"""A frame that stood still for so long will not be finished."""


class StandstillDriver(ABC):
    """Implements `devices.contract.Driver`; what the frames say is its family's."""

    def __init__(self, decoder: BufferedDecoder[Any]) -> None:
        self._unfinished = decoder
        self._heard: Instant | None = None
        self._late: list[Item] = []

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._unfinished
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the frames completed by it say."""
        items, self._late = self._late, []
        for portion in portions(data):
            self._unfinished.feed(portion)
            items += self._completed(at)
        self._heard = at if data else self._heard
        return items

    def due(self, at: Instant) -> bytes:
        """Return nothing: the monitor speaks unasked. A frame that stands still is given up."""
        if self._heard is not None and at.seconds_since(self._heard) > SILENCE_S:
            self._late += self._give_up(self._heard)
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        if self._heard is not None:
            self._give_up(self._heard)
        return self.counts

    def _give_up(self, at: Instant) -> list[Item]:
        items: list[Item] = []
        while self._unfinished.waiting:
            self._unfinished.give_up()
            items += self._completed(at)
        return items

    @abstractmethod
    def _completed(self, at: Instant) -> Iterable[Item]:
        """Return what the frames say that are complete by now."""
