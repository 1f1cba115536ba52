"""Every bed, and which of them wants eyes first; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.cases import Case
from daemon.protocol.messages import Alarm
from tui.mirror import Held
from tui.order import acknowledgeable, flashing, over
from tui.prompt import Awaiting, EndArmed, Idle, Note
from tui.sight import Reach, Sight
from tui.view import View
from vitals import deeds
from vitals.deed import Deed
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
_STEPS: tuple[type[Deed], ...] = (
    deeds.Begin,
    deeds.Finish,
    deeds.Recover,
    deeds.HandOver,
    deeds.Conclude,
    deeds.Resume,
)
"""What begins a phase."""


def at(sight: Sight, bed: str) -> Sight:
    """Return the same moment at another bed."""
    return replace(sight, place=replace(sight.place, wanted=bed))


def beds(sight: Sight) -> list[Sight]:
    """Return the beds with a patient, an alarm or a call, what is worst first."""
    hello = sight.mirror.hello
    if hello is None or sight.reach not in (Reach.LIVE, Reach.NO_BED):
        return []
    return sorted((one for bed in hello.beds if _taken(one := at(sight, bed))), key=_rank)


def free(sight: Sight) -> list[str]:
    """Return the beds at which there is nobody and nothing the matter."""
    hello = sight.mirror.hello
    return [bed for bed in (hello.beds if hello else ()) if not _taken(at(sight, bed))]


def calling(sight: Sight) -> bool:
    """Tell whether somebody calls from the bed."""
    return sight.bed.sounding is not None and bool(sight.bed.sounding.message.calls)


def foremost(sight: Sight) -> Alarm | None:
    """Return what is acknowledged next: at the chosen bed, or else at the worst that waits."""
    here = acknowledgeable(sight.bed.alarms.values())
    others = (acknowledgeable(one.bed.alarms.values()) for one in beds(sight))
    return here or next((one for one in others if one), None)


def elsewhere(sight: Sight) -> str | None:
    """Return the bed that is chosen before its alarm is acknowledged; None where that is done.

    While something is asked nothing is chosen: what is typed is of the bed that is.
    """
    asked = not isinstance(sight.prompt, Idle | Note | Awaiting | EndArmed)
    if sight.view is not View.RECOVERY or asked:
        return None
    alarm = foremost(sight)
    return None if alarm is None or alarm.bed == sight.bed_name else alarm.bed


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


def _taken(sight: Sight) -> bool:
    """Tell whether a bed has a patient, or something is the matter where nobody is said to be."""
    return sight.open is not None or bool(sight.bed.alarms) or calling(sight)


def _rank(sight: Sight) -> tuple[int, bool, int, str]:
    case = sight.open
    phase = _PHASES.index(case.state) if case and case.state in _PHASES else len(_PHASES)
    return -_urgency(sight), not missing(sight), phase, _since(case) if case else ""


def _since(case: Case) -> str:
    """Return since when the phase lasts, in RFC 3339: who waits longest comes first."""
    steps = (one for one in case.entries if isinstance(one.deed, _STEPS) and not one.struck)
    return max((one.at for one in steps), default=case.at)


def _urgency(sight: Sight) -> int:
    """Return how much a bed wants: by priority, what nobody has seen before what somebody has."""
    waits = [2 * one.message.priority.rank + flashing(one.message) for one in _lasting(sight)]
    waits += [2 * Priority.HIGH.rank + 1] if calling(sight) else []
    noted = 1 if sight.bed.alarms else 0
    return max(waits, default=0) + 1 if waits else noted


def _lasting(sight: Sight) -> list[Held[Alarm]]:
    return [one for one in sight.bed.alarms.values() if not over(one.message)]
