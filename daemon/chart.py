"""A case put into the message that clients read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from daemon.protocol import cases
from daemon.protocol.account import Asked
from daemon.protocol.limits import Altered
from daemon.protocol.rules import RULES_DIGITS
from monitoring.bedside import bedside, held_to
from monitoring.case import Case, arrived
from monitoring.cells import Cell
from monitoring.course import phase
from monitoring.limits import Range
from monitoring.overridden import holding
from monitoring.reach import reachable
from monitoring.settings import Setting, chosen, profile_of
from monitoring.spite import unexplained
from monitoring.steps import moves
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import Phase


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
        limits=tuple(_limits(found, now)),
        apnoea_s=found.profiles.apnoea_s,
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
        altered=tuple(_altered(found, one) for one in found.settings),
        band_reason=found.band_reason,
    )


def _limits(found: Case, now: Instant) -> Iterator[cases.Limit]:
    """Yield what a case is held to just now, and what of it somebody set."""
    held, said = phase(found.state) or Phase.DURING, bedside(found, now)
    for measure, limits in held_to(found, held, said).items():
        profile = profile_of(found.profiles, held, said.ventilation, measure)
        own = [one for one in found.settings if one.key[:2] == (profile, measure)]
        yield _limit(measure, limits, own)


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


def _limit(measure: Measure, limits: Range, own: Sequence[Setting]) -> cases.Limit:
    return cases.Limit(
        measure,
        lo=measure.rounded(limits.lo),
        hi=measure.rounded(limits.hi),
        ext_lo=measure.rounded(limits.ext_lo),
        ext_hi=measure.rounded(limits.ext_hi),
        changed=tuple(one.bound for one in own),
        extreme=tuple(one.bound for one in own if one.extreme),
    )


def _altered(found: Case, one: Setting) -> Altered:
    limits = chosen(found.limits, found.profiles, one.profile).get(one.measure, Range())
    return Altered(
        one.profile,
        one.measure,
        one.bound,
        one.measure.rounded(one.value),
        one.measure.rounded(getattr(limits, one.bound)),
        one.by,
        one.reason,
        one.at.rfc3339(),
        one.extreme,
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
