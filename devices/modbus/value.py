"""What registers mean: the number of an item, or why there is none."""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

from devices.modbus.bounds import possible
from devices.modbus.item import Kind, MapItem
from devices.modbus.plan import Block
from devices.modbus.units import converted
from devices.modbus.wire import Reply
from vitals.measure import Measure
from vitals.reading import Quality

_FORMS = {Kind.U16: ">H", Kind.I16: ">h", Kind.U32: ">I", Kind.I32: ">i", Kind.F32: ">f"}
_NEVER_ZERO = frozenset(
    {
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.HEART_RATE,
        Measure.NIBP_PULSE_RATE,
        Measure.RESPIRATORY_RATE,
    }
)
"""Zero is how monitors write that they have no value of these."""


class Value(NamedTuple):
    """A number with its quality, None where the quality has none."""

    number: float | None
    quality: Quality


def ordered(data: bytes, word_order: str, *, byte_swap: bool) -> bytes:
    """Return the bytes of one value, high byte first, from the order that the device has."""
    words = [data[place : place + 2] for place in range(0, len(data), 2)]
    if byte_swap:
        words = [word[::-1] for word in words]
    return b"".join(words if word_order == "big" else reversed(words))


def raw(item: MapItem, data: bytes) -> float:
    """Return the number that the registers of `item` hold, neither scaled nor judged."""
    straight = ordered(data, item.word_order, byte_swap=item.byte_swap)
    (number,) = struct.unpack(_FORMS[item.type], straight)
    return float(number)


def registers(item: MapItem, block: Block, reply: Reply) -> bytes:
    """Return the bytes of a reply that are the item's."""
    place = (item.addr - block.start) * 2
    return reply.data[place : place + item.type.words * 2]


def value(item: MapItem, measure: Measure, block: Block, reply: Reply) -> Value:
    """Return the value of a measure in its own unit."""
    if not guarded(item, block, reply):
        return Value(None, Quality.INVALID)
    number = raw(item, registers(item, block, reply))
    if _sentinel(item, number):
        return Value(None, Quality.UNAVAILABLE)
    number = number * item.scale + item.offset
    told = converted(number, item.unit or measure.form.unit, measure)
    if _beyond(item, number) or not possible(measure, item.site).holds(told):
        return Value(None, Quality.INVALID)
    if number == 0 and measure in _NEVER_ZERO:
        return Value(None, Quality.UNAVAILABLE)
    return Value(told, Quality.VALID)


def asserted(item: MapItem, block: Block, reply: Reply) -> bool:
    """Tell whether a contact gives alarm."""
    if item.bit is None:
        bit = reply.bit(item.addr - block.start)
    else:
        bit = bool(_word(item.addr, block, reply) >> item.bit & 1)
    return bit != item.invert


def guarded(item: MapItem, block: Block, reply: Reply) -> bool:
    """Tell whether every register that the item depends on is as it must be."""
    return all(
        _word(guard.addr, block, reply) & guard.mask == guard.equals for guard in item.only_if
    )


def _word(addr: int, block: Block, reply: Reply) -> int:
    return reply.words[addr - block.start]


def _sentinel(item: MapItem, number: float) -> bool:
    """Tell whether a number is on the item's list, which may name its bits or its signed value."""
    width = 1 << 16 * item.type.words
    signed = item.type in (Kind.I16, Kind.I32)
    return number in item.invalid or (signed and number % width in item.invalid)


def _beyond(item: MapItem, number: float) -> bool:
    """Tell whether a number is none, or outside what the map says."""
    if not math.isfinite(number):
        return True
    below = item.min is not None and number < item.min
    return below or (item.max is not None and number > item.max)
