"""Waves as they are told: blocks that one read brought, joined where nothing lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vitals.measure import Channel
from vitals.reading import Item, WaveBlock


def joined(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items; the blocks of each channel as one, at the place of the last.

    A block follows another of its channel without a gap when both came with one read: a driver
    gives lost samples as None.
    """
    waiting: dict[Channel, WaveBlock] = {}
    for item in items:
        if not isinstance(item, WaveBlock):
            yield item
            continue
        before = waiting.get(item.channel)
        if before is not None and (before.rate_hz, before.unit) == (item.rate_hz, item.unit):
            waiting[item.channel] = replace(item, samples=before.samples + item.samples)
        else:
            if before is not None:
                yield before
            waiting[item.channel] = item
    yield from waiting.values()
