"""Register maps: TOML in, a checked map out, every fault named with item and key.

No panel's map is built in: makers hand them out with the panel, and two panels of one maker differ.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from devices.modbus.item import LAST_ADDRESS, Kind, MapItem, RegisterMap, Unit
from devices.modbus.plan import blocks
from devices.modbus.units import known
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.reading import Note

_RANGES = {
    Kind.U16: (0, 0xFFFF),
    Kind.I16: (-0x8000, 0xFFFF),
    Kind.U32: (0, 0xFFFFFFFF),
    Kind.I32: (-0x80000000, 0xFFFFFFFF),
}
"""What can stand in a register, signed or as its bare bits."""


Table = TypeVar("Table", bound=Struct)


class MapError(Exception):
    """The map cannot be used; `errors` has one line each with what to mend."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above the items."""

    name: str = ""
    source: str = ""
    device: Unit = 1
    line: LineSettings | None = None


def parsed(text: str) -> RegisterMap:
    """Return the map in a text, or raise MapError with every fault found."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapError([f"map: {error}"]) from error
    except RecursionError as error:
        raise MapError(["map: is nested too deeply: write items as shown"]) from error
    rows = tables.pop("item", [])
    errors: list[str] = []
    head = _converted(tables, _Head, "map", errors)
    items = _items(rows, errors)
    if not errors and head is not None:
        whole = RegisterMap(head.name, head.device, head.line, items)
        errors += _faults(whole)
        if not errors:
            return whole
    raise MapError(errors)


def _items(rows: object, errors: list[str]) -> tuple[MapItem, ...]:
    if not isinstance(rows, list) or not rows:
        errors.append("map: no [[item]]: add at least one, with two brackets")
        return ()
    found: list[MapItem] = []
    for number, row in enumerate(rows, 1):
        if (item := _converted(row, MapItem, f"item {number}", errors)) is not None:
            errors += [f"item {number} ({item.label}): {fault}" for fault in _wrong(item)]
            found.append(item)
    return tuple(found)


def _converted(table: object, kind: type[Table], where: str, errors: list[str]) -> Table | None:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$.")
        errors.append(f"{where}: {path.rstrip('`')}: {what}" if path else f"{where}: {what}")
        return None


def _wrong(item: MapItem) -> Iterator[str]:
    if item.addr + item.type.words - 1 > LAST_ADDRESS:
        yield "addr: its second word is beyond 65535: use a smaller one"
    if item.stale_s is not None and item.stale_s < item.poll_s:
        yield "stale_s: is shorter than poll_s: make it longer"
    if item.measure is not None:
        yield from _wrong_number(item, item.measure)
    elif item.note is not None:
        yield from _wrong_contact(item)
    else:
        yield f"name: is neither a measure nor a note: use one of {_NAMES}"


def _wrong_number(item: MapItem, measure: Measure) -> Iterator[str]:
    if item.type is Kind.BIT or item.fc.of_bits:
        yield "type: a bit is no measure: read a register, with fc 3 or 4 and another type"
    if item.bit is not None or item.invert:
        yield "bit: only a contact has `bit` or `invert`: remove it"
    if item.unit not in known(measure):
        yield f"unit: is {item.unit!r}: use one of {', '.join(known(measure))}"
    yield from _wrong_scale(item)
    lowest, highest = _RANGES.get(item.type, (-math.inf, math.inf))
    for number in item.invalid:
        if not lowest <= number <= highest:
            yield f"invalid: {number:g} cannot stand in {item.type}: remove it"


def _wrong_scale(item: MapItem) -> Iterator[str]:
    for key in ("scale", "offset", "min", "max"):
        number = getattr(item, key)
        if number is not None and not math.isfinite(number):
            yield f"{key}: is {number}: write a number"
    if item.scale == 0:
        yield "scale: is 0: write what one count is"
    if item.type.words > 1 and (item.min is None or item.max is None):
        yield "min: two words can be in the wrong order: give `min` and `max`, to tell"
    if item.min is not None and item.max is not None and item.min >= item.max:
        yield "min: is not below `max`: mend one of them"


def _wrong_contact(item: MapItem) -> Iterator[str]:
    if item.type is not Kind.BIT:
        yield "type: a contact is a bit: write type = 'bit'"
    if item.fc.of_bits != (item.bit is None):
        yield "bit: needed with fc 3 and 4, and not there with fc 1 and 2"
    if item.fc.of_bits and item.only_if:
        yield "only_if: compares registers: read the contact with fc 3 or 4, or remove it"
    plain = MapItem(item.name, item.fc, item.addr, item.type)
    for key in ("word_order", "byte_swap", "scale", "offset", "unit", "invalid", "min", "max"):
        if getattr(item, key) != getattr(plain, key):
            yield f"{key}: a contact has none: remove it"


def _faults(whole: RegisterMap) -> Iterator[str]:
    """Yield what is wrong between items that are in order each by itself."""
    seen: set[tuple[str, str | None]] = set()
    for number, item in enumerate(whole.items, 1):
        if item.measure is not None and (item.name, item.site) in seen:
            yield f"item {number} ({item.label}): site: stands twice: give each its own"
        seen.add((item.name, item.site))
    for block in blocks(whole):
        for item in block.items:
            yield from (
                f"item {whole.items.index(item) + 1} ({item.label}): only_if: register"
                f" {guard.addr} is not next to its own: use one that is, or list those between"
                for guard in item.only_if
                if not block.holds(guard.addr)
            )


_NAMES = ", ".join([Measure.GAS_PRESSURE, Measure.GAS_MASS, Note.GAS_SUPPLY, "…"])
