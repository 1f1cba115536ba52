"""Packets of CMS50 oximeters: recorded ones, and others composed after them."""

from __future__ import annotations

from damage import received

from devices.contec.driver import ContecDriver
from devices.contec.framing import Shape
from devices.contec.newer import NewFrame
from devices.contec.wire import OldFrame
from vitals.reading import Item

SHAPES: tuple[Shape, ...] = (OldFrame, NewFrame)

NEW = bytes.fromhex("01 e0 84 93 92 bc e3 ff ff")
NEW_65 = bytes.fromhex("01 e0 85 b3 96 c1 e1 ff ff")
NEW_INDEX = bytes.fromhex("01 a8 c6 d5 99 ac e3 a9 81")
NEW_ERROR = bytes.fromhex("01 e9 80 80 80 ff ff ff ff")
NEW_PACKETS = (NEW, NEW_65, NEW_INDEX, NEW_ERROR)

OLD = bytes.fromhex("c6 32 07 48 61")
OLD_FAST = bytes.fromhex("86 4b 49 2c 63")
OLD_OUT = bytes.fromhex("90 00 20 7f 7f")
OLD_DROPPING = bytes.fromhex("a0 28 05 3c 58")
OLD_PACKETS = (OLD, OLD_FAST, OLD_OUT, OLD_DROPPING)

PACKETS: list[tuple[Shape, bytes]] = [
    *((OldFrame, packet) for packet in OLD_PACKETS),
    *((NewFrame, packet) for packet in NEW_PACKETS),
]
GOOD: list[tuple[Shape, bytes]] = [(OldFrame, OLD), (NewFrame, NEW_INDEX)]


def items(shape: Shape, data: bytes) -> list[Item]:
    """Return what a new driver makes of `data` at once."""
    return received(ContecDriver(shape), data)
