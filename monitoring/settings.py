"""Limits that somebody set for one case, in the place of what was chosen by age.

They are of that case alone and end with it. Each is one bound of one measure in one profile, so
that the others follow where the band changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, structs

from monitoring.limits import Range
from monitoring.profiles import RATES, Limits, Profiles
from vitals.instant import Instant
from vitals.limits import Bound, Profile
from vitals.measure import Measure
from vitals.vocabulary import Modality, Phase, Ventilation

MODALITIES = {
    Measure.SPO2: Modality.PULSE_OXIMETRY,
    Measure.PULSE_RATE: Modality.PULSE_OXIMETRY,
    Measure.HEART_RATE: Modality.ECG,
    Measure.ETCO2: Modality.CAPNOGRAPHY,
    Measure.FICO2: Modality.CAPNOGRAPHY,
    Measure.RESPIRATORY_RATE: Modality.CAPNOGRAPHY,
    Measure.NIBP_SYSTOLIC: Modality.NIBP,
    Measure.NIBP_MEAN: Modality.NIBP,
}
"""What each measure that has limits is watched by."""


class Setting(Struct, frozen=True):
    """One limit as somebody set it."""

    profile: Profile
    measure: Measure
    bound: Bound
    value: float | None
    """None: turned off."""
    by: str
    reason: str
    at: Instant
    extreme: bool = False
    """Off, far wider than chosen by age, or beyond what is extreme at that age: it stands out."""
    preset: float | None = None
    """By age when it was set; None in a record of before that was kept."""

    @property
    def key(self) -> tuple[Profile, Measure, Bound]:
        """Return the limit that it is of."""
        return self.profile, self.measure, self.bound


Settings = tuple[Setting, ...]


def chosen(limits: Limits, profiles: Profiles, profile: Profile) -> Limits:
    """Return what was chosen by age for a profile; of `controlled` the few that are others."""
    return {
        Profile.ANAESTHESIA: limits,
        Profile.CONTROLLED: profiles.controlled,
        Profile.RECOVERY: profiles.recovery,
    }[profile]


def profile_of(
    profiles: Profiles, phase: Phase, ventilation: Ventilation | None, measure: Measure
) -> Profile:
    """Return the profile that the limits of a measure come from just now."""
    if phase is Phase.RECOVERY and profiles.recovery:
        return Profile.RECOVERY
    if ventilation is Ventilation.CONTROLLED and measure in profiles.controlled:
        return Profile.CONTROLLED
    return Profile.ANAESTHESIA


def together(measure: Measure, limits: Limits) -> tuple[Measure, ...]:
    """Return the measures with one limit: pulse and heart rate are the same heart's."""
    return tuple(one for one in RATES if one in limits) if measure in RATES else (measure,)


def applied(
    limits: Limits, profiles: Profiles, settings: Settings, *, oxygen: bool = False
) -> tuple[Limits, Profiles]:
    """Return what a case is held to in each profile; what somebody set goes before oxygen."""
    if oxygen:
        profiles = _eased(profiles, settings)
    if not settings:
        return limits, profiles
    return _altered(limits, settings, Profile.ANAESTHESIA), structs.replace(
        profiles,
        controlled=_altered(profiles.controlled, settings, Profile.CONTROLLED),
        recovery=_altered(profiles.recovery, settings, Profile.RECOVERY),
    )


def merged(settings: Settings, new: Iterable[Setting], limits: Limits) -> Settings:
    """Return the settings with new ones of one profile, each in the place of the one before it.

    One that says what was chosen by age is none.
    """
    fresh = {one.key: one for one in new}
    kept = [one for one in settings if one.key not in fresh]
    told = [
        one for one in fresh.values() if getattr(limits.get(one.measure), one.bound) != one.value
    ]
    return (*kept, *told)


def fitting(limits: Limits, profiles: Profiles, settings: Settings) -> Settings:
    """Return the settings that go with limits that were chosen anew, measure by measure.

    Not those that stand wider from the new ones than they were set: nobody has confirmed that.
    """
    return tuple(_fitting(limits, profiles, settings))


def wider(limit: float, value: float | None, bound: Bound, share: float) -> bool:
    """Tell whether a limit is off, or at least so much wider than the one chosen by age."""
    if value is None:
        return True
    lower = bound in (Bound.LO, Bound.EXT_LO)
    return (limit - value if lower else value - limit) >= share * limit


def outside(preset: Range, value: float | None, bound: Bound) -> bool:
    """Tell whether a limit is off, or beyond the outer one that was chosen by age."""
    if value is None:
        return True
    if bound in (Bound.LO, Bound.EXT_LO):
        return preset.ext_lo is not None and value < preset.ext_lo
    return preset.ext_hi is not None and value > preset.ext_hi


def ranged(limits: Range, values: Mapping[Bound, float | None]) -> Range:
    """Return limits with some of them altered; ValueError where they do not stand in order."""
    changes: dict[str, Any] = {bound.value: value for bound, value in values.items()}
    return Range(**{**structs.asdict(limits), **changes})


def _eased(profiles: Profiles, settings: Settings) -> Profiles:
    """Return the profiles with what SpO2 is held to in recovery while oxygen is given."""
    found, least = profiles.recovery.get(Measure.SPO2), profiles.oxygen_lo
    if found is None or found.lo is None or least is None or least >= found.lo:
        return profiles
    set_by_hand = dict(_values(settings, Profile.RECOVERY)).get(Measure.SPO2, {})
    if not _ordered(found, {Bound.LO: least, **set_by_hand}):
        return profiles
    eased = ranged(found, {Bound.LO: least})
    return structs.replace(profiles, recovery={**profiles.recovery, Measure.SPO2: eased})


def _altered(limits: Limits, settings: Settings, profile: Profile) -> Limits:
    """Return the limits of a profile as they were set; those that do not go with them stay."""
    altered = dict(limits)
    for measure, values in _values(settings, profile):
        if measure in limits and _ordered(limits[measure], values):
            altered[measure] = ranged(limits[measure], values)
    return altered


def _values(
    settings: Iterable[Setting], profile: Profile
) -> Iterator[tuple[Measure, dict[Bound, float | None]]]:
    """Yield, by measure, what was set in a profile."""
    mine = [one for one in settings if one.profile is profile]
    for measure in dict.fromkeys(one.measure for one in mine):
        yield measure, {one.bound: one.value for one in mine if one.measure is measure}


def _fitting(limits: Limits, profiles: Profiles, settings: Settings) -> Iterator[Setting]:
    for profile in Profile:
        there = chosen(limits, profiles, profile)
        for measure, values in _values(settings, profile):
            if measure not in there or not _ordered(there[measure], values):
                continue
            own = [one for one in settings if (one.profile, one.measure) == (profile, measure)]
            if not any(_loosened(there[measure], one) for one in own):
                yield from (o for o in own if getattr(there[measure], o.bound) != o.value)


def _loosened(limits: Range, setting: Setting) -> bool:
    """Tell whether a limit is wider than by age, by which it would be stricter than it was then."""
    if setting.value is None or setting.preset is None:
        return False
    sign = 1 if setting.bound in (Bound.LO, Bound.EXT_LO) else -1
    now: float = sign * getattr(limits, setting.bound)
    return sign * setting.value < now and sign * setting.preset < now


def _ordered(limits: Range, values: Mapping[Bound, float | None]) -> bool:
    """Tell whether values stand in order with the limits beside them, and each limit was there."""
    if any(getattr(limits, bound) is None for bound in values):
        return False
    try:
        ranged(limits, values)
    except ValueError:
        return False
    return True
