"""What was said of a case that its alarms depend on, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, structs

from monitoring.case import Case, Entry, followed
from monitoring.course import facts, phase
from monitoring.profiles import Limits, in_force
from monitoring.settings import applied
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import Airway, Phase, Ventilation

MINUTE_S = 60.0
PAIRED = (Measure.SPO2, Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC)
"""What somebody reads who types a pair."""


class Bedside(Struct, frozen=True):
    """By everything that is known now; it changes with the entries alone."""

    airway: Airway | None = None
    airway_at: Instant | None = None
    """When it was last said to have been; None since the anaesthetic that runs began."""
    airway_said: Instant | None = None
    """When somebody said so: later, where it was entered late."""
    ventilation: Ventilation | None = None
    upset_at: Instant | None = None
    oxygen: bool = False
    """Whether it was last said to be given, since the anaesthetic that runs or ran last began."""
    every_s: float | None = None
    """How often blood pressure is to be measured; 0 where somebody said that it is not."""
    every_at: Instant | None = None
    """When that was set to what it is."""
    typed: Mapping[Measure, Instant] = field(default_factory=dict)
    """When a number of a measure was last typed in."""
    phase: Phase | None = None
    """In which the patient was watched last; None before the first."""
    turned: Instant | None = None
    """When that began; None where there was no other before it."""
    told: Instant | None = None
    """When somebody said so."""


def bedside(case: Case, now: Instant) -> Bedside:
    """Return what was said up to now, as it stands."""
    known, said = facts(case, now), Bedside()
    for entry, state in followed(case):
        said = _turned(_after(said, entry.deed, entry.at), entry, phase(state))
        if isinstance(entry.deed, deeds.SetAirway | deeds.Recover):
            said = structs.replace(said, airway_said=entry.entered)
    return structs.replace(said, airway=known.airway, ventilation=known.ventilation)


def held_to(case: Case, phase: Phase, said: Bedside) -> Limits:
    """Return what a case is held to just now: by age, by oxygen, and as somebody set it."""
    limits = applied(case.limits, case.profiles, case.settings, oxygen=said.oxygen)
    return in_force(*limits, phase, said.ventilation)


def _turned(said: Bedside, entry: Entry, now: Phase | None) -> Bedside:
    if now in (None, said.phase):
        return said
    if said.phase is None:
        return structs.replace(said, phase=now)
    return structs.replace(said, phase=now, turned=entry.at, told=entry.entered)


def _after(said: Bedside, deed: deeds.Said, at: Instant) -> Bedside:
    changes: dict[str, Any] = {}
    match deed:
        case deeds.SetAirway() | deeds.Recover(device_in_place=False):
            changes = {"airway_at": at}
        case deeds.Resume():
            changes = {"airway_at": None, "upset_at": None, "oxygen": False}
        case deeds.Upset():
            changes = {"upset_at": at}
        case deeds.Oxygen(given=given):
            changes = {"oxygen": given}
        case deeds.Repeat(minutes=minutes):
            same = said.every_s == minutes * MINUTE_S
            every_at = said.every_at if same else at
            changes = {"every_s": minutes * MINUTE_S, "every_at": every_at}
        case deeds.Measured(measure=measure):
            changes = {"typed": {**said.typed, measure: at}}
        case deeds.Pair(manual=True):
            changes = {"typed": {**said.typed, **dict.fromkeys(PAIRED, at)}}
        case _:
            pass
    return structs.replace(said, **changes)
