"""What bytes look like: every protocol that could prove itself is tried, and none is chosen.

A protocol without a check is never guessed: its numbers would look right on bytes of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from devices.contract import Options, ProtocolEntry
from vitals.instant import Instant

COVERED = 2 / 3
"""The share of the bytes that has to lie in good frames. Frames of eight check bits are found by
chance in any bytes, and in one device's bytes by another's rules as often as half of them."""
ALONE_BYTES = 16
"""A frame that stands alone proves its protocol from this length on."""

_START = Instant(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Likeness:
    """One protocol that bytes look like."""

    protocol: str
    frames: int
    covered: float
    """The share of the bytes in good frames, up to 1."""


def likenesses(data: bytes, entries: Iterable[ProtocolEntry]) -> tuple[Likeness, ...]:
    """Return the protocols that `data` looks like, best first; none where nothing fits."""
    tried = (_tried(data, entry) for entry in entries if entry.checked)
    found = [likeness for likeness in tried if likeness is not None]
    return tuple(sorted(found, key=lambda found: (-found.covered, -found.frames)))


def _tried(data: bytes, entry: ProtocolEntry) -> Likeness | None:
    driver = entry.driver(Options())
    driver.receive(data, _START)
    counts = driver.finish()
    good = len(data) - counts.discarded_bytes
    if not counts.frames or good < COVERED * len(data):
        return None
    if counts.frames == 1 and good < ALONE_BYTES:
        return None
    return Likeness(entry.name, counts.frames, round(good / len(data), 3))
