"""The rows of tones.toml, read and held to their windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from monitoring.bounds import outside
from monitoring.bursts import Bounds, BurstRow, Pulse, Tone, ToneRules, Volume, Window
from vitals.rows import RowsError, converted, parsed, repeated, single
from vitals.vocabulary import Priority


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    proposal: bool
    approved_by: str
    pulse: Pulse
    volume: Volume
    bounds: Bounds
    window: Any = None
    burst: Any = None


def tone_rules(text: str, file: str) -> ToneRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    windows, faults = converted(tables, file, "window", Window)
    bursts, more = converted(tables, file, "burst", BurstRow)
    errors += faults + more
    errors += repeated([row.priority.value for row in windows], file, "window")
    errors += repeated([row.id.value for row in bursts], file, "burst")
    if not faults:
        errors += _missing([row.priority for row in windows], Priority, file, "window")
    if not more:
        errors += _missing([row.id for row in bursts], Tone, file, "burst")
    if errors or head is None:
        raise RowsError(errors)
    keyed = {row.priority: row for row in windows}, {row.id: row for row in bursts}
    rules = ToneRules(head.pulse, head.volume, head.bounds, *keyed)
    if faulty := [f"{file}: {fault}" for fault in outside(rules)]:
        raise RowsError(faulty)
    return rules


def _missing(given: list[Any], wanted: Iterable[str], file: str, name: str) -> Iterator[str]:
    gone = (one for one in wanted if one not in given)
    yield from (f"{file}: [[{name}]] {str(one)!r} is missing: add it" for one in gone)
