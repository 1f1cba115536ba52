"""Beds as the rules see them, and a watch that holds one to the shipped rows as time passes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from monitoring.alarmrules import AlarmRules, alarm_rules
from monitoring.alarms import Alarm, Change, Key, acknowledge, advance, replayed
from monitoring.durations import durations
from monitoring.limits import LimitSet, Range, limit_set
from monitoring.obligations import Book
from monitoring.services import ServiceRules, service_rules
from monitoring.signals import Cue
from monitoring.view import Ages, BedView, CaseView, DeviceView, Sample
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import DeviceState, Modality

OXIMETER = "nonin"
FRESH_S, STALE_S, GRACE_S = 3.0, 10.0, 120.0
LIMITS = {
    Measure.SPO2: Range(lo=92, ext_lo=85),
    Measure.PULSE_RATE: Range(lo=70, hi=155, ext_lo=60, ext_hi=185),
}
AGES = {measure: Ages(FRESH_S, STALE_S) for measure in Measure}
REQUIRED = frozenset({Modality.PULSE_OXIMETRY})
SEEN = frozenset(Measure)


def text(name: str) -> str:
    """Return a shipped rule file."""
    return resources.files("monitoring").joinpath("rules", name).read_text("utf-8")


@cache
def alarms_shipped() -> AlarmRules:
    return alarm_rules(text("alarms.toml"), "alarms.toml")


def limits_shipped() -> LimitSet:
    return limit_set(text("limits.toml"), "limits.toml")


@cache
def book_shipped() -> Book:
    """Return every service that ships, by its code, with the durations."""
    folder = resources.files("monitoring").joinpath("rules")
    names = [entry.name for entry in folder.iterdir() if entry.name.startswith("service_")]
    rules = [service_rules(text(name), name) for name in names]
    bands = durations(text("durations.toml"), "durations.toml")
    return Book({one.service.code: one for one in rules}, bands)


def service_shipped() -> ServiceRules:
    return service_rules(text("service_3021.toml"), "service_3021.toml")


def at(seconds: float) -> Instant:
    """Return the moment so many seconds into the test; wall and monotonic clocks differ."""
    return Instant(1000.0 + seconds, 1_795_000_000.0 + seconds)


def sample(value: float | Quality | None, age_s: float = 0.3) -> Sample | None:
    """Return a valid number, or what a device says instead of one."""
    match value:
        case None:
            return None
        case Quality():
            return Sample(None, value, age_s)
        case _:
            return Sample(value, Quality.VALID, age_s)


def oximeter(
    spo2: float | Quality | None = 98,
    pulse: float | Quality | None = 100,
    *,
    name: str = OXIMETER,
    age_s: float = 0.3,
    state: DeviceState = DeviceState.RECEIVING,
) -> DeviceView:
    given = {
        Measure.SPO2: sample(spo2, age_s),
        Measure.PULSE_RATE: sample(pulse, age_s),
    }
    samples = {measure: one for measure, one in given.items() if one is not None}
    return DeviceView(name, (Modality.PULSE_OXIMETRY,), state, AGES, samples)


def bed(
    *devices: DeviceView,
    elapsed_s: float = 600.0,
    required: frozenset[Modality] = REQUIRED,
    seen: Iterable[Measure] = SEEN,
    recording: bool = True,
    **known: Any,
) -> BedView:
    """Return a bed; `known` is anything else that a case has."""
    case = case_view(elapsed_s=elapsed_s, required=required, seen=frozenset(seen), **known)
    return BedView(case, devices, recording)


def case_view(**known: Any) -> CaseView:
    """Return a case with the usual limits, ten minutes under way, and what is said of it."""
    usual = {
        "elapsed_s": 600.0,
        "grace_s": GRACE_S,
        "limits": LIMITS,
        "required": REQUIRED,
        "seen": SEEN,
        "allowances": alarms_shipped().allowances,
    }
    return CaseView(**{**usual, **known})


@dataclass
class Watch:
    """Evaluates a bed ten times a second against the shipped rows and remembers every change."""

    rules: AlarmRules = field(default_factory=alarms_shipped)
    alarms: dict[Key, Alarm] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    tenths: int = 0

    @property
    def now(self) -> Instant:
        return at(self.tenths / 10)

    def see(self, seen: BedView) -> list[Change]:
        """Evaluate once, now; the bed knows which alarms last."""
        onsets = {
            key.condition: self.now.seconds_since(alarm.onset)
            for key, alarm in self.alarms.items()
            if alarm.condition.alarming
        }
        seen = replace(seen, case=replace(seen.case, onsets=onsets))
        self.alarms, changes = advance(self.alarms, seen, self.rules.conditions, self.now)
        self.changes += changes
        return changes

    def pass_s(self, seconds: float, seen: BedView) -> list[Change]:
        """Let time pass and evaluate at each tenth of a second, the last one included."""
        found = []
        for _ in range(round(seconds * 10)):
            self.tenths += 1
            found += self.see(seen)
        return found

    def acknowledge(self, condition: str, device: str | None = None) -> Change | None:
        change = acknowledge(self.alarms, Key(condition, device), self.now)
        if change is not None:
            self.alarms = replayed(self.alarms, change)
            self.changes.append(change)
        return change

    def alarm(self, condition: str, device: str | None = None) -> Alarm:
        return self.alarms[Key(condition, device)]

    def alarming(self) -> set[str]:
        return {key.condition for key, alarm in self.alarms.items() if alarm.condition.alarming}


def cues(changes: Iterable[Change]) -> list[tuple[str, Cue]]:
    """Return what happened to which condition, in order."""
    return [(change.key.condition, change.cue) for change in changes]
