"""Every bed, and which of them wants eyes first; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.messages import Alarm
from tui.mirror import Held
from tui.order import acknowledgeable, flashing, ordered, over
from tui.sight import Reach, Sight
from vitals.vocabulary import Basis, CaseState, Obligation, Priority

_PHASES = (
    CaseState.RECOVERY,
    CaseState.LATE_RECOVERY,
    CaseState.MONITORING_ENDED,
    CaseState.ENDED,
    CaseState.ANAESTHESIA,
)
"""Whom recovery looks after first; whoever is not asleep yet comes behind those."""
AWAKENING = frozenset(_PHASES[:3])


def at(sight: Sight, bed: str) -> Sight:
    """Return the same moment at another bed."""
    return replace(sight, place=replace(sight.place, wanted=bed))


def beds(sight: Sight) -> list[Sight]:
    """Return the beds with a patient, what is worst first; in the daemon's order where alike."""
    hello = sight.mirror.hello
    if hello is None or sight.reach not in (Reach.LIVE, Reach.NO_BED):
        return []
    return sorted((one for bed in hello.beds if (one := at(sight, bed)).open), key=_rank)


def free(sight: Sight) -> list[str]:
    """Return the beds without a patient."""
    hello = sight.mirror.hello
    return [bed for bed in (hello.beds if hello else ()) if at(sight, bed).open is None]


def foremost(sight: Sight) -> Alarm | None:
    """Return what is acknowledged next: at the chosen bed, or else at the worst that waits."""
    here = acknowledgeable(sight.bed.alarms.values())
    others = (acknowledgeable(one.bed.alarms.values()) for one in beds(sight))
    return here or next((one for one in others if one), None)


def uppermost(sight: Sight) -> Held[Alarm] | None:
    """Return the alarm of the bed that is shown before its others."""
    return next(iter(ordered(sight.bed.alarms.values())), None)


def missing(sight: Sight) -> bool:
    """Tell whether something that the rules require is not met just now."""
    cells = sight.watched.cells if sight.watched else ()
    required = Obligation.REQUIRED, Basis.CONTRACT
    return any(
        (cell.obligation, cell.basis) == required and cell.met is False and cell.due
        for cell in cells
    )


def stepped(sight: Sight, sign: str, columns: int) -> str | None:
    """Return the bed that a key chooses; it does not go round."""
    names = [one.bed_name or "" for one in beds(sight)]
    if not names:
        return None
    if sight.bed_name not in names or sign == "home":
        return names[0]
    steps = {"left": -1, "right": 1, "up": -columns, "down": columns}
    to = names.index(sight.bed_name) + steps[sign]
    return names[to] if 0 <= to < len(names) else sight.bed_name


def _rank(sight: Sight) -> tuple[int, bool, int]:
    case = sight.open
    phase = _PHASES.index(case.state) if case and case.state in _PHASES else len(_PHASES)
    return -_urgency(sight), not missing(sight), phase


def _urgency(sight: Sight) -> int:
    """Return how much a bed wants: by priority, what nobody has seen before what somebody has."""
    waits = [2 * one.message.priority.rank + flashing(one.message) for one in _lasting(sight)]
    called = sight.bed.sounding is not None and bool(sight.bed.sounding.message.calls)
    waits += [2 * Priority.HIGH.rank + 1] if called else []
    noted = 1 if sight.bed.alarms else 0
    return max(waits, default=0) + 1 if waits else noted


def _lasting(sight: Sight) -> list[Held[Alarm]]:
    return [one for one in sight.bed.alarms.values() if not over(one.message)]
