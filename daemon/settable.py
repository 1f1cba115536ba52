"""Which limits can be set for a case, and whether they can stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from daemon.journal.limiting import LimitsReset
from daemon.protocol.limits import ResetLimits, SetLimit
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.case import Case
from monitoring.latitude import Latitude, of
from monitoring.limits import Range
from monitoring.profiles import Limits
from monitoring.settings import ranged, together
from vitals.limits import Bound, Profile
from vitals.measure import Measure

Values = dict[Bound, float | None]
"""None: turned off."""


def values(command: SetLimit) -> Values:
    """Return what is asked; refused where that is nothing, or one limit both ways."""
    given = {bound: getattr(command, bound.value) for bound in Bound}
    asked: Values = {bound: value for bound, value in given.items() if value is not None}
    if twice := [bound for bound in command.off if bound in asked]:
        detail = f"{', '.join(twice)}: a limit is set or off, not both"
        raise RefusedError(Refusal.BAD_LIMIT, detail)
    asked |= dict.fromkeys(command.off)
    if not asked:
        raise RefusedError(Refusal.BAD_LIMIT, f"name a limit: one of {', '.join(Bound)}")
    return asked


def check_known(measure: Measure, asked: Values, limits: Limits, profile: Profile) -> None:
    """Refuse a limit that nothing would alarm on."""
    if measure not in limits:
        listed = ", ".join(limits) or "none"
        detail = f"{measure} has no limits in {profile}; what has: {listed}"
        raise RefusedError(Refusal.BAD_LIMIT, detail)
    there = [bound for bound in Bound if getattr(limits[measure], bound) is not None]
    if strange := [bound for bound in asked if bound not in there]:
        what = f"{measure} {', '.join(strange)} in {profile}"
        detail = f"nothing alarms on {what}; what can be set: {', '.join(there)}"
        raise RefusedError(Refusal.BAD_LIMIT, detail)


def check_reach(measure: Measure, asked: Values, preset: Range, rows: Sequence[Latitude]) -> None:
    """Refuse a limit that no patient of that age is held to, also where it is said twice."""
    for bound, value in asked.items():
        reach = of(rows, measure).reach(bound, getattr(preset, bound))
        if value is not None and value not in reach:
            least = f"{reach.least:g} to {reach.most:g} can be set for this patient"
            raise RefusedError(Refusal.BAD_LIMIT, f"{measure} {bound} {value:g}: {least}")


def check_order(measure: Measure, asked: Values, before: Range) -> None:
    """Refuse limits that cannot stand beside each other."""
    try:
        ranged(before, asked)
    except ValueError as error:
        after = {bound: asked.get(bound, getattr(before, bound)) for bound in Bound}
        listed = ", ".join(f"{b} {v:g}" for b, v in after.items() if v is not None)
        detail = f"{measure} would be {listed}: {error}: set the others with it"
        raise RefusedError(Refusal.BAD_LIMIT, detail) from error


def reset(command: ResetLimits, case: Case) -> LimitsReset:
    """Return what takes settings back, of both rates where one is named."""
    wanted = together(command.measure, case.limits) if command.measure else None
    measures = dict.fromkeys(one.measure for one in case.settings)
    found = tuple(one for one in measures if wanted is None or one in wanted)
    if not found:
        what = command.measure or case.number
        detail = f"every limit of {what} is as chosen by age: there is nothing to undo"
        raise RefusedError(Refusal.BAD_LIMIT, detail)
    return LimitsReset(case.number, case.bed, found, command.by)
