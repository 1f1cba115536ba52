"""What can be wrong with one item of a register map, each found by itself.

A check is made unless one of the keys that it looks at is broken already, so that one slip is told
once and hides no other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Set
from typing import NamedTuple

from devices.modbus.item import LAST_ADDRESS, Kind, MapItem
from devices.modbus.units import known
from vitals.measure import Measure
from vitals.reading import Note

_RANGES = {
    Kind.U16: (0, 0xFFFF),
    Kind.I16: (-0x8000, 0xFFFF),
    Kind.U32: (0, 0xFFFFFFFF),
    Kind.I32: (-0x80000000, 0xFFFFFFFF),
}
"""What can stand in a register, signed or as its bare bits."""
_NAMES = ", ".join([Measure.GAS_PRESSURE, Measure.GAS_MASS, Note.GAS_SUPPLY, "…"])


class _Check(NamedTuple):
    keys: frozenset[str]
    faults: Callable[[MapItem], Iterator[str]]


def wrong(item: MapItem, broken: Set[str] = frozenset()) -> Iterator[str]:
    """Yield what is wrong, as `key: fault: remedy`; `broken` keys of the item are stand-ins."""
    for check in (*_OF_ANY, *_checks(item, broken)):
        if not check.keys & broken:
            yield from check.faults(item)


def _checks(item: MapItem, broken: Set[str]) -> tuple[_Check, ...]:
    if "name" in broken or (item.measure is None and item.note is None):
        return ()
    return _OF_CONTACTS if item.measure is None else _OF_MEASURES


def _name(item: MapItem) -> Iterator[str]:
    if item.measure is None and item.note is None:
        yield f"name: is neither a measure nor a note: use one of {_NAMES}"


def _addr(item: MapItem) -> Iterator[str]:
    if item.addr + item.type.words - 1 > LAST_ADDRESS:
        yield "addr: its second word is beyond 65535: use a smaller one"


def _stale(item: MapItem) -> Iterator[str]:
    if item.stale_s is not None and item.stale_s < item.poll_s:
        yield "stale_s: is shorter than poll_s: make it longer"


def _register(item: MapItem) -> Iterator[str]:
    if item.type is Kind.BIT or item.fc.of_bits:
        yield "type: a bit is no measure: read a register, with fc 3 or 4 and another type"


def _no_bit(item: MapItem) -> Iterator[str]:
    if item.bit is not None or item.invert:
        yield "bit: only a contact has `bit` or `invert`: remove it"


def _unit(item: MapItem) -> Iterator[str]:
    if item.measure is not None and item.unit not in (units := known(item.measure)):
        yield f"unit: is {item.unit!r}: use one of {', '.join(units)}"


def _finite(item: MapItem) -> Iterator[str]:
    for key in ("scale", "offset", "min", "max"):
        number = getattr(item, key)
        if number is not None and not math.isfinite(number):
            yield f"{key}: is {number}: write a number"
    if item.scale == 0:
        yield "scale: is 0: write what one count is"


def _bounds(item: MapItem) -> Iterator[str]:
    if item.min is None or item.max is None:
        absent = " and ".join(f"`{key}`" for key in ("min", "max") if getattr(item, key) is None)
        yield f"min: no {absent}: give both, or what stands in for no value is shown as a number"
    elif item.min >= item.max:
        yield "min: is not below `max`: mend one of them"


def _invalid(item: MapItem) -> Iterator[str]:
    lowest, highest = _RANGES.get(item.type, (-math.inf, math.inf))
    for number in item.invalid:
        if not lowest <= number <= highest:
            yield f"invalid: {number:g} cannot stand in {item.type}: remove it"


def _contact(item: MapItem) -> Iterator[str]:
    if item.type is not Kind.BIT:
        yield "type: a contact is a bit: write type = 'bit'"


def _bit(item: MapItem) -> Iterator[str]:
    if item.fc.of_bits != (item.bit is None):
        yield "bit: needed with fc 3 and 4, and not there with fc 1 and 2"


def _only_if(item: MapItem) -> Iterator[str]:
    if item.fc.of_bits and item.only_if:
        yield "only_if: compares registers: read the contact with fc 3 or 4, or remove it"


def _no(key: str) -> Callable[[MapItem], Iterator[str]]:
    def faults(item: MapItem) -> Iterator[str]:
        plain = MapItem(item.name, item.fc, item.addr, item.type)
        if getattr(item, key) != getattr(plain, key):
            yield f"{key}: a contact has none: remove it"

    return faults


def _checked(keys: str, faults: Callable[[MapItem], Iterator[str]]) -> _Check:
    return _Check(frozenset(keys.split()), faults)


_OF_ANY = (
    _checked("name", _name),
    _checked("addr type", _addr),
    _checked("stale_s poll_s", _stale),
)
_OF_MEASURES = (
    _checked("type fc", _register),
    _checked("bit invert", _no_bit),
    _checked("unit", _unit),
    _checked("scale offset min max", _finite),
    _checked("min max", _bounds),
    _checked("invalid type", _invalid),
)
_OF_CONTACTS = (
    _checked("type", _contact),
    _checked("fc bit", _bit),
    _checked("fc only_if", _only_if),
    *(
        _checked(key, _no(key))
        for key in ("word_order", "byte_swap", "scale", "offset", "unit", "invalid", "min", "max")
    ),
)
