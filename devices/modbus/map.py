"""Register maps: TOML in, a checked map out, every fault named with item and key.

No panel's map is built in: makers hand them out with the panel, and two panels of one maker differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from devices.modbus.faults import wrong
from devices.modbus.item import Kind, MapItem, RegisterMap, Unit
from devices.modbus.plan import blocks
from devices.modbus.table import faults, sound
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure

_STAND_INS = {"name": Measure.GAS_PRESSURE, "fc": 3, "addr": 0, "type": Kind.U16}
"""Where a key that every item has is not there or broken, so that the others can be judged."""


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
    errors = [f"map: {fault.text}" for fault in faults(tables, _Head)]
    head = _Head() if errors else msgspec.convert(tables, _Head)
    found = _rows(rows, errors)
    errors += [fault for row in found for fault in row.faults]
    errors += _twice(found)
    whole = RegisterMap(head.name, head.device, head.line, tuple(row.item for row in found))
    if not errors:
        errors += _apart(whole)
    if errors:
        raise MapError(errors)
    return whole


class _Row(NamedTuple):
    """One [[item]] as far as it is sound."""

    number: int
    item: MapItem
    broken: frozenset[str]
    faults: tuple[str, ...]


def _rows(rows: object, errors: list[str]) -> list[_Row]:
    if not isinstance(rows, list) or not rows:
        errors.append("map: no [[item]]: add at least one, with two brackets")
        return []
    return [_row(number, row) for number, row in enumerate(rows, 1)]


def _row(number: int, row: object) -> _Row:
    found = faults(row, MapItem)
    told = row if isinstance(row, dict) else {}
    broken = {fault.key for fault in found} or ({""} if row is not told else set())
    item = msgspec.convert({**_STAND_INS, **sound(told, MapItem, found)}, MapItem)
    where = f"item {number}"
    lines = [f"{where}: {fault.text}" for fault in found]
    if row is told:
        label = where if "name" in broken else f"{where} ({item.label})"
        lines += [f"{label}: {fault}" for fault in wrong(item, broken)]
    return _Row(number, item, frozenset(broken), tuple(lines))


def _twice(rows: Sequence[_Row]) -> Iterator[str]:
    seen: set[tuple[str, str | None]] = set()
    for row in rows:
        item = row.item
        if item.measure is None or row.broken & {"", "name", "site"}:
            continue
        if (item.name, item.site) in seen:
            yield f"item {row.number} ({item.label}): site: stands twice: give each its own"
        seen.add((item.name, item.site))


def _apart(whole: RegisterMap) -> Iterator[str]:
    """Yield where registers that belong together are read apart."""
    for block in blocks(whole):
        for item in block.items:
            yield from (
                f"item {whole.items.index(item) + 1} ({item.label}): only_if: register"
                f" {guard.addr} is not next to its own: use one that is, or list those between"
                for guard in item.only_if
                if not block.holds(guard.addr)
            )
