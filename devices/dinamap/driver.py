"""DINAMAP PRO 1000: blocks to ECG and heart rate.

Document: as `devices.dinamap.wire`. The other numbers of the monitor, and what its first channel
measures, are not known well enough to be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contract import Counts
from devices.dinamap.pages import GROUP_BLOCKS, PAGE_BLOCKS, Page, Run, ecg
from devices.dinamap.wire import Block, BlockDecoder
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Quality, Reading, WaveBlock

ECG_HZ = 200
SILENCE_S = 1.0
"""After so long the sequence may have come round unseen, so nothing is joined across it."""


class DinamapDriver:
    """One monitor; implements `devices.contract.Driver`."""

    def __init__(self) -> None:
        self._decoder = BlockDecoder()
        self._group = Run(GROUP_BLOCKS)
        self._page = Run(PAGE_BLOCKS)
        self._heard: Instant | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the blocks completed by it say."""
        if self._heard is not None and at.seconds_since(self._heard) > SILENCE_S:
            self._group.clear()
            self._page.clear()
        self._heard = at if data else self._heard
        items: list[Item] = []
        for block in frames(self._decoder, data):
            items += self._items(block, at)
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the monitor speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, block: Block, at: Instant) -> Iterator[Item]:
        if (group := self._group.add(block)) is not None:
            yield WaveBlock(Channel.ECG, ECG_HZ, "count", ecg(group), at)
        if (blocks := self._page.add(block)) is not None:
            page = Page.parse(b"".join(each.slow for each in blocks))
            if page is not None:
                yield _heart_rate(page, at)


def _heart_rate(page: Page, at: Instant) -> Reading:
    quality = Quality.UNAVAILABLE if page.heart_rate is None else Quality.VALID
    return Reading(Measure.HEART_RATE, page.heart_rate, quality, at)
