"""What of a case is on record, put into the message that clients read: kept short."""

from __future__ import annotations

from daemon.protocol.account import Account, Attestation, Lapse, Waived, Watched
from monitoring import coverage
from monitoring.attested import Waiver
from monitoring.coverage import Covered, Hole
from vitals.vocabulary import Basis

MOST_GAPS = 20
"""So many are told of one modality; the rest are counted."""
_ORDER = tuple(Basis)


def told(found: coverage.Account) -> Account | None:
    """Return the account of a case; None where nothing was begun."""
    if not found.begun:
        return None
    rows = sorted(found.rows, key=lambda row: _ORDER.index(row.due.basis))
    return Account(
        watched=tuple(_watched(row) for row in rows if _tenths(row.required_s)),
        waived=tuple(_waived(one) for one in found.waivers),
        attested=tuple(Attestation(one.phase, one.by, one.nth) for one in found.attested),
    )


def _watched(row: Covered) -> Watched:
    holes = sorted(row.holes, key=lambda one: one.stretch.begin.monotonic)
    return Watched(
        basis=row.due.basis,
        modality=row.due.modality,
        phase=row.due.phase,
        since=row.due.span.begin.rfc3339(),
        rule=row.due.named.rule,
        required_s=_tenths(row.required_s),
        covered_s=_tenths(row.covered_s),
        excused_s=_tenths(row.excused_s),
        uncovered_s=_tenths(row.uncovered_s),
        undocumented_s=_tenths(row.undocumented_s),
        gaps=tuple(_lapse(one) for one in holes[:MOST_GAPS]),
        more=max(0, len(holes) - MOST_GAPS),
        nth=row.due.nth,
    )


def _lapse(hole: Hole) -> Lapse:
    stretch = hole.stretch
    return Lapse(stretch.begin.rfc3339(), _tenths(stretch.seconds), hole.causes[0], hole.counts)


def _waived(one: Waiver) -> Waived:
    return Waived(one.what, one.modality, one.reason, one.by, one.at.rfc3339(), one.holds)


def _tenths(seconds: float) -> float:
    return round(float(seconds), 1)
