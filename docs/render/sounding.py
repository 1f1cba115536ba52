"""What sounds for an alarm, and the windows that it keeps to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheets import Shelf, either, joined, lasting, mark, sourced
from taken import Taken
from terms import term

HOW = (
    "A pulse is as long as it is at or above 90 % of its height; what rises and falls lies in the "
    "gaps. The parts of a group stand apart by two gaps and a pulse. No conformity with the "
    "standard is claimed."
)
WINDOWS = ("Priority", "Pulses", "A pulse", "Gap", "Groups apart", "Between bursts")
BURSTS = ("Burst", "Priority", "Pulses", "Fundamental, Hz", "Level, dB", *WINDOWS[2:])
NAMES = {"high": "high", "call": "a person calls", "medium": "medium", "low": "low"}
PRIORITIES = {"high": "HIGH", "medium": "MEDIUM", "low": "LOW"}


def tones(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the tones."""
    tables.take("schema")
    yield from (f"{HOW} {joined(mark(tables))}.", "")
    yield f"- **Pulse**: {_pulse(tables.table('pulse'), shelf)}"
    yield f"- **Volume**: {_volume(tables.table('volume'), shelf)}"
    yield f"- **What any pulse keeps to**: {_bounds(tables.table('bounds'), shelf)}"
    yield from ("", "What any burst keeps to, lengths in s:")
    yield from sourced(WINDOWS, [_window(row, shelf) for row in tables.rows("window")])
    yield from ("What sounds, lengths in s:",)
    yield from sourced(BURSTS, [_burst(row, shelf) for row in tables.rows("burst")])
    tables.done()


def _pulse(row: Taken, shelf: Shelf) -> str:
    levels = ", ".join(f"{level:g}" for level in row.take("levels_db"))
    said = (
        f"rises in {_share(row, 'rise')} and falls in {_share(row, 'fall')} of its length; the "
        f"fundamental and its multiples at {levels} dB. Source: {shelf.cited(row)}."
    )
    row.done()
    return said


def _volume(row: Taken, shelf: Shelf) -> str:
    said = (
        f"{row.take('default')} % of what the output can do unless it is set, and never below "
        f"{row.take('floor')} %. Source: {shelf.cited(row)}."
    )
    row.done()
    return said


def _bounds(row: Taken, shelf: Shelf) -> str:
    said = (
        f"a fundamental of {_span(row, 'f0_hz')} Hz; at least {row.take('components')} components "
        f"of {_span(row, 'component_hz')} Hz within {row.take('spread_db'):g} dB; a rise of "
        f"{_span(row, 'rise')} of its length. Source: {shelf.cited(row)}."
    )
    row.done()
    return said


def _window(row: Taken, shelf: Shelf) -> list[str]:
    allowed = either([_grouped(groups) for groups in row.take("groups")])
    cells = [_priority(row), allowed, _span(row, "pulse_s"), _span(row, "gap_s")]
    apart = row.maybe("apart_s")
    cells += ["" if apart is None else _said(Taken(apart, f"{row.where}: apart_s"))]
    cells += [_span(row, "interval_s"), shelf.cited(row)]
    row.done()
    return cells


def _burst(row: Taken, shelf: Shelf) -> list[str]:
    cells = [term(NAMES, row.take("id")), _priority(row), _grouped(row.take("groups"))]
    cells += [f"{row.take('f0_hz'):g}", f"{row.take('level_db'):g}"]
    cells += [f"{row.take(key):g}" for key in ("pulse_s", "gap_s")]
    apart_s = row.maybe("apart_s")
    cells += ["" if apart_s is None else f"{apart_s:g}", lasting(row.take("interval_s"))]
    cells.append(shelf.cited(row))
    row.done()
    return cells


def _priority(row: Taken) -> str:
    return term(PRIORITIES, row.take("priority"))


def _grouped(groups: Any) -> str:  # noqa: ANN401 - TOML's
    """Return groups as people write them: 3+2, 3+2."""
    return ", ".join("+".join(map(str, group)) for group in groups)


def _share(row: Taken, key: str) -> str:
    return f"{100 * row.take(key):g} %"


def _span(row: Taken, key: str) -> str:
    return _said(row.table(key))


def _said(span: Taken) -> str:
    said = f"{span.take('least'):g}-{span.take('most'):g}"
    span.done()
    return said
