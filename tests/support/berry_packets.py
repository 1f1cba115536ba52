"""Packets of Berry modules, composed from the maker's table."""

from __future__ import annotations

from damage import received

from devices.berry.driver import BerryDriver
from vitals.reading import Item

GOOD = bytes.fromhex("c6 32 07 48 61")
FAST = bytes.fromhex("88 4b 49 2c 63")
NO_FINGER = bytes.fromhex("90 00 50 7f 7f")
UNPLUGGED = bytes.fromhex("b0 00 60 7f 7f")
PACKETS = (GOOD, FAST, NO_FINGER, UNPLUGGED)


def items(data: bytes) -> list[Item]:
    """Return what a new driver makes of `data` at once."""
    return received(BerryDriver(), data)
