"""What was said of a case that its alarms depend on, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, structs

from monitoring.case import Case, followed
from monitoring.course import facts
from monitoring.profiles import Limits, in_force
from monitoring.settings import applied
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import Airway, Phase, Ventilation

MINUTE_S = 60.0


class Bedside(Struct, frozen=True):
    """By everything that is known now; it changes with the entries alone."""

    airway: Airway | None = None
    airway_at: Instant | None = None
    """When it was last said; None since the anaesthetic that runs began."""
    ventilation: Ventilation | None = None
    upset_at: Instant | None = None
    oxygen: bool = False
    """Whether it was last said to be given, since the anaesthetic that runs or ran last began."""
    every_s: float | None = None
    """How often blood pressure is to be measured; 0 where somebody said that it is not."""
    typed: Mapping[Measure, Instant] = field(default_factory=dict)
    """When a number of a measure was last typed in."""


def bedside(case: Case, now: Instant) -> Bedside:
    """Return what was said up to now, as it stands."""
    known, said = facts(case, now), Bedside()
    for entry, _ in followed(case):
        said = _after(said, entry.deed, entry.at)
    return structs.replace(said, airway=known.airway, ventilation=known.ventilation)


def held_to(case: Case, phase: Phase, said: Bedside) -> Limits:
    """Return what a case is held to just now: by age, by oxygen, and as somebody set it."""
    limits = applied(case.limits, case.profiles, case.settings, oxygen=said.oxygen)
    return in_force(*limits, phase, said.ventilation)


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
            changes = {"every_s": minutes * MINUTE_S}
        case deeds.Measured(measure=measure):
            changes = {"typed": {**said.typed, measure: at}}
        case _:
            pass
    return structs.replace(said, **changes)
