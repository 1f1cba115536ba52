"""A case put into the message that clients read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daemon.protocol import cases
from daemon.protocol.account import Asked
from daemon.protocol.rules import RULES_DIGITS
from monitoring.case import Case, arrived
from monitoring.cells import Cell
from monitoring.limits import Range
from monitoring.overridden import holding
from monitoring.reach import reachable
from monitoring.spite import unexplained
from monitoring.steps import moves
from vitals.instant import Instant
from vitals.measure import Measure


def case(found: Case, cells: Iterable[Cell], now: Instant) -> cases.Case:
    """Return a case with what it demands just now."""
    until = found.ended or now
    return cases.Case(
        at=_stepped(found).rfc3339(),
        age_s=round(until.seconds_since(found.since), 3),
        case=found.number,
        bed=found.bed,
        state=found.state,
        code=found.code,
        rules=found.rules[:RULES_DIGITS],
        band=found.band,
        limits_approved_by=found.limits_approved_by,
        limits=tuple(_limit(measure, limits) for measure, limits in found.limits.items()),
        cells=tuple(_cell(cell) for cell in cells),
        by=found.by,
        case_kind=found.kind,
        planned=found.planned,
        procedures=found.procedures,
        emergency=found.emergency,
        entries=tuple(_entries(found)),
        held=found.held,
        asks=(Asked.EXPLAIN,) if unexplained(found) else (),
        callable=reachable(found),
        opened=found.opened.rfc3339(),
        here_s=round(now.seconds_since(arrived(found)), 3),
    )


def _stepped(found: Case) -> Instant:
    """Return when it came to where it stands."""
    steps = [one.at for one in found.told if moves(found.kind, one.deed)]
    return steps[-1] if steps else found.opened


def _entries(found: Case) -> Iterator[cases.Entry]:
    standing = {one.number for one in found.standing}
    for one in sorted(found.entries, key=lambda one: (one.at.monotonic, one.number)):
        yield cases.Entry(
            number=one.number,
            at=one.at.rfc3339(),
            entered=one.entered.rfc3339(),
            deed=one.deed,
            by=one.by,
            flags=one.flags,
            struck=one.number not in standing,
            reason=one.reason,
            held=holding(found.overridden, one.number),
        )


def _limit(measure: Measure, limits: Range) -> cases.Limit:
    return cases.Limit(
        measure,
        *(measure.rounded(value) for value in (limits.lo, limits.hi, limits.ext_lo, limits.ext_hi)),
    )


def _cell(cell: Cell) -> cases.Cell:
    row = cell.obliged
    return cases.Cell(
        row.modality,
        row.obligation,
        row.basis,
        row.rule,
        row.source,
        cell.met,
        cell.cause,
        row.origin,
        approved=bool(row.approved_by) or not row.proposal,
        due=cell.due,
    )
