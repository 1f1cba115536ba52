"""Limits that people change for one case; and how that alters it."""

from __future__ import annotations

from msgspec import structs

from daemon.journal.event import Event
from daemon.state import State
from monitoring.case import Case
from monitoring.limits import Range
from monitoring.profiles import Limits, Profiles
from monitoring.settings import Setting, chosen, fitting, merged
from vitals.instant import Instant
from vitals.limits import Bound, Profile
from vitals.measure import Measure


class LimitChanged(Event, frozen=True, tag="limit_changed"):
    """Somebody set limits of a measure for a case."""

    case: str
    bed: str
    profile: Profile
    measures: tuple[Measure, ...]
    """Pulse and heart rate have one limit."""
    values: dict[Bound, float | None]
    """Null: turned off."""
    before: dict[Bound, float | None]
    """What they were until now."""
    by: str
    reason: str
    extreme: tuple[Bound, ...] = ()
    """Those that are off or stand out as far wider than chosen by age."""
    confirmed: bool = False


class LimitsReset(Event, frozen=True, tag="limits_reset"):
    """Limits of a case are as chosen by age again."""

    case: str
    bed: str
    measures: tuple[Measure, ...]
    by: str


class BandChosen(Event, frozen=True, tag="band_chosen"):
    """Somebody chose the age band of a case; what its age answers of the two-year rule stays."""

    case: str
    bed: str
    band: str
    limits: dict[Measure, Range]
    profiles: Profiles
    limits_approved_by: str
    by: str
    reason: str


class LimitsRestored(Event, frozen=True, tag="limits_restored"):
    """After a start a case is held again to what somebody had set or chosen for it."""

    case: str
    bed: str
    count: int
    """Of limits that were set; 0 where only the band was chosen."""


Limiting = LimitChanged | LimitsReset | BandChosen | LimitsRestored
"""What becomes of the limits of one case."""


def limited(state: State, event: Limiting, at: Instant) -> State:
    """Return the state after an event of limits; unchanged where the case is unknown."""
    case = state.case(event.case)
    if case is None or isinstance(event, LimitsRestored):
        return state
    return state.with_case(_limited(case, event, at))


def _limited(case: Case, event: LimitChanged | LimitsReset | BandChosen, at: Instant) -> Case:
    match event:
        case LimitChanged():
            limits = chosen(case.limits, case.profiles, event.profile)
            settings = merged(case.settings, _settings(event, limits, at), limits)
            return structs.replace(case, settings=settings)
        case LimitsReset(measures=measures):
            left = tuple(one for one in case.settings if one.measure not in measures)
            return structs.replace(case, settings=left)
        case BandChosen():
            return structs.replace(
                case,
                band=event.band,
                limits=event.limits,
                profiles=event.profiles,
                limits_approved_by=event.limits_approved_by,
                band_reason=event.reason,
                settings=fitting(event.limits, event.profiles, case.settings),
            )


def _settings(event: LimitChanged, limits: Limits, at: Instant) -> tuple[Setting, ...]:
    return tuple(
        Setting(
            event.profile,
            measure,
            bound,
            value,
            event.by,
            event.reason,
            at,
            extreme=bound in event.extreme,
            preset=getattr(limits.get(measure), bound, None),
        )
        for measure in event.measures
        for bound, value in event.values.items()
    )
