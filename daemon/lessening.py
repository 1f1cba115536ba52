"""What a clinic's own rows of stock, gases, equipment and papers ask less of than what ships.

A hold is taken away, and less is kept, where a named person signs it, and never silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checklists.devicerules import DeviceRules
from checklists.gasrules import GasRules
from checklists.paperrules import PaperRules
from checklists.supplies import Supplies
from vitals.vocabulary import Weight

SIGN = "write it as in what ships, or sign the row in approved_by"


def lessened(theirs: Mapping[str, object], ours: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each row, by the names of `daemon.checkbook.SINGLE`, that asks for less."""
    for name, found in theirs.items():
        match found, ours[name]:
            case Supplies() as rows, Supplies() as shipped:
                yield from _supplies(rows, shipped)
            case GasRules() as rows, GasRules() as shipped:
                yield from _gases(rows, shipped)
            case DeviceRules() as rows, DeviceRules() as shipped:
                yield from _devices(rows, shipped)
            case PaperRules() as rows, PaperRules() as shipped:
                yield from _papers(rows, shipped)
            case _:
                pass


def _supplies(theirs: Supplies, ours: Supplies) -> Iterator[str]:
    rows = {one.id: one for one in theirs.supplies}
    for shipped in ours.supplies:
        row = rows.get(shipped.id)
        if not shipped.hold or (row is not None and row.approved_by):
            continue
        if row is None or not row.hold:
            yield f"[[supply]] {shipped.id!r}: its hold is gone: {SIGN}"
        elif row.least < shipped.least:
            yield f"[[supply]] {shipped.id!r}: least is under {shipped.least}: {SIGN}"


def _gases(theirs: GasRules, ours: GasRules) -> Iterator[str]:
    for trouble, shipped in ours.thresholds.items():
        row = theirs.thresholds[trouble]
        if not row.approved_by and not set(shipped.holds) <= {*row.holds}:
            yield f"[[threshold]] {trouble!s}: its hold is gone: {SIGN}"
    for gas, kept in ours.kept.items():
        own = theirs.kept[gas]
        if not own.approved_by and own.reserve_l < kept.reserve_l:
            yield f"{gas!s}: less than {kept.reserve_l:g} l is kept in reserve: {SIGN}"


def _devices(theirs: DeviceRules, ours: DeviceRules) -> Iterator[str]:
    for trait, shipped in ours.concerns.items():
        row = theirs.concerns[trait]
        if shipped.weight is Weight.HOLD is not row.weight and not row.approved_by:
            yield f"[[concern]] {trait!s}: its hold is gone: {SIGN}"
    if theirs.service.over_days > ours.service.over_days and not theirs.service.approved_by:
        yield f"[service] over_days is over {ours.service.over_days}: {SIGN}"
    rows = {one.id: one for one in theirs.needed}
    for needed in ours.needed:
        own = rows.get(needed.id)
        if own is None or not (own.approved_by or set(needed.rows) <= set(own.rows)):
            yield f"[[needed]] {needed.id!r}: what it asks for is gone: {SIGN}"


def _papers(theirs: PaperRules, ours: PaperRules) -> Iterator[str]:
    rows = {one.id: one for one in (*theirs.training, *theirs.insurance, *theirs.plans)}
    for shipped in (*ours.training, *ours.insurance, *ours.plans):
        row = rows.get(shipped.id)
        held = row is not None and (row.weight == "hold" or bool(row.approved_by))
        if shipped.weight == "hold" and not held:
            yield f"{shipped.id!r}: its hold is gone: {SIGN}"
