"""A report held to the same figures as they were reckoned here: each that differs, by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from second.figures import Figures
from second.rows import Row

_KEYS = {
    "cases": ("case",),
    "codes": ("code",),
    "totals": ("basis",),
    "waivers": ("case", "what", "at"),
    "days": ("day",),
    "readiness": ("day", "clinic", "id"),
    "alarms": ("alarm", "priority"),
    "watched": (),
    "downtime": ("begin",),
    "performed": ("by", "code", "procedures", "drug"),
    "sheets": ("case",),
    "coverage": ("case", "basis", "modality", "phase", "nth"),
    "gaps": ("case", "basis", "modality", "phase", "nth", "begin"),
    "alarm_log": ("case", "alarm", "begin", "device"),
    "entries": ("case", "number"),
    "stages": ("case", "phase", "begin"),
    "stays": ("case", "begin"),
    "pressures": ("case", "at"),
    "verdicts": ("case", "basis"),
    "national": ("case",),
}
"""By what a row of each table is told apart."""
ORDERED = ("cases", "codes", "alarms", "sheets")
Report = dict[str, Any]


def differences(report: Report, own: Figures) -> list[str]:
    """Return a line for each figure that is another."""
    tables = {one["name"]: one for one in report["tables"]}
    found = own.tables
    unknown = [f"{name}: nobody reckons it" for name in tables if name not in found]
    missing = [f"{name}: it is not in the report" for name in found if name not in tables]
    both = [name for name in tables if name in found]
    cells = [line for name in both for line in _table(name, _rows(tables[name]), found[name])]
    return [*unknown, *missing, *cells, *_pages(report, own), *_stamp(report, own)]


def _rows(table: Report) -> list[Row]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def _table(name: str, told: list[Row], own: list[Row]) -> Iterator[str]:
    key = _KEYS.get(name, ())
    theirs, ours = ({_key(one, key): one for one in rows} for rows in (told, own))
    if len(told) != len(own):
        yield f"{name}: {len(told)} rows, reckoned {len(own)}"
    yield from (f"{name} {' '.join(one)}: not reckoned" for one in theirs if one not in ours)
    yield from (f"{name} {' '.join(one)}: not in the report" for one in ours if one not in theirs)
    if name in ORDERED and list(theirs) != list(ours):
        yield f"{name}: they stand in another order"
    for place in theirs.keys() & ours.keys():
        row, reckoned = theirs[place], ours[place]
        for column in row.keys() | reckoned.keys():
            one, other = row.get(column, "nothing"), reckoned.get(column, "nothing")
            if one != other or type(one) is bool is not type(other):
                yield f"{name} {' '.join(place)}: {column} is {one!r}, reckoned {other!r}"


def _key(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in columns)


def _verdicts(report: Report, own: Figures) -> Iterator[str]:
    told = {one["case"]: one["verdicts"] for one in report["sheets"]}
    for number, reckoned in own.verdicts.items():
        for one in told.get(number, ()):
            reasons = sorted(map(_reason, one["reasons"]))
            here = {"result": one["result"], "reasons": reasons}
            if here != reckoned[one["basis"]]:
                yield f"verdict {number} {one['basis']}: {here}, reckoned {reckoned[one['basis']]}"


def _pages(report: Report, own: Figures) -> Iterator[str]:
    """Yield what pages show beside the tables: verdicts, lanes and counts."""
    yield from _verdicts(report, own)
    for sheet in report["sheets"]:
        told = {one["lane"]: one for one in map(_lane, sheet["lanes"])}
        for one in own.lanes[sheet["case"]]:
            if told.get(one["lane"]) != one:
                name = f"lane {sheet['case']} {one['lane']}"
                yield f"{name}: {told.get(one['lane'])}, reckoned {one}"
    for name, value in own.counted.items():
        if (there := report["term"]["sums"][name]) != value:
            yield f"sums: {name} is {there!r}, reckoned {value!r}"


def _lane(one: Row) -> Row:
    return {
        "lane": " ".join((one["basis"], one["modality"], one["phase"], str(one["nth"]))),
        "required": [(each["begin"], each["end"]) for each in one["required"]],
        "gaps": [(each["begin"], each["end"]) for each in one["gaps"]],
        "covered_s": one["covered_s"],
    }


def _reason(one: Row) -> str:
    words = " ".join(one[name] for name in ("modality", "rule", "why") if one[name])
    return f"{words} {one['phase']} {one['nth']} {[one['covered_s'], one['required_s']]}"


def _stamp(report: Report, own: Figures) -> Iterator[str]:
    stamp, journal = report["stamp"], own.journal
    reckoned = {"first": journal.seqs[0], "last": journal.seqs[1], "head": journal.head}
    for name, value in reckoned.items():
        if stamp[name] != value:
            yield f"stamp: {name} is {stamp[name]!r}, in the journal {value!r}"
