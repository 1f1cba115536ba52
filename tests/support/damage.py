"""What a cable can do to bytes, and what any driver then makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from devices.contract import Driver
from firmware_bridge.capture import parse
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

CAPTURES = Path(__file__).parents[1] / "captures"
NOW = Instant(0.0, 0.0)
WHOLE = 1 << 20

Told = tuple[float | None, Quality]


def captured(family: str, name: str) -> bytes:
    """Return all the bytes of a capture."""
    capture = parse((CAPTURES / family / f"{name}.vagt").read_text())
    return b"".join(record.data for record in capture.records)


def received(driver: Driver, data: bytes, portion: int = WHOLE) -> list[Item]:
    """Return what `driver` makes of `data` in equal portions."""
    parts = (data[start : start + portion] for start in range(0, len(data), portion))
    return [item for part in parts for item in driver.receive(part, NOW)]


def flips(data: bytes) -> Iterator[bytes]:
    """Yield `data` with each of its bits flipped in turn."""
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)


def told(items: Sequence[Item], measure: Measure) -> list[Told]:
    """Return value and quality of each reading of a measure."""
    return [
        (item.value, item.quality)
        for item in items
        if isinstance(item, Reading) and item.measure is measure
    ]


def numbers(items: Sequence[Item], measure: Measure) -> list[float | None]:
    """Return the value of each reading of a measure."""
    return [value for value, _ in told(items, measure)]


def waves(items: Sequence[Item]) -> list[float | None]:
    """Return all wave samples in their order."""
    return [sample for item in items if isinstance(item, WaveBlock) for sample in item.samples]


def notes(items: Sequence[Item]) -> list[set[Note]]:
    """Return what the device said of itself, each time it said it."""
    return [set(item.notes) for item in items if isinstance(item, Notes)]
