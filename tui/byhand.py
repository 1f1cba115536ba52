"""Numbers that a person typed of the patient who is there: the newest of each measure; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daemon.protocol.cases import Entry
from tui.sight import Sight
from vitals import deeds
from vitals.measure import Measure


@dataclass(frozen=True, slots=True)
class Typed:
    """A number, and when the person says that it was so."""

    value: float
    at: str
    age_s: float


def typed(sight: Sight) -> dict[Measure, Typed]:
    """Return the newest number of each measure, unless it was struck; none once the case is over.

    Of numbers of the same moment the one that was said last counts.
    """
    entries = [one for one in (sight.open.entries if sight.open else ()) if not one.struck]
    found: dict[Measure, Typed] = {}
    for entry in sorted(entries, key=lambda one: (one.at, one.number)):
        age_s = max(0.0, sight.now.wall - sight.local_text(entry.at).timestamp())
        found |= {measure: Typed(value, entry.at, age_s) for measure, value in _numbers(entry)}
    return found


def _numbers(entry: Entry) -> Iterator[tuple[Measure, float]]:
    match entry.deed:
        case deeds.Measured(measure=measure, value=value):
            yield measure, value
        case deeds.Pair(spo2=spo2, systolic=systolic, diastolic=diastolic, manual=True):
            yield Measure.SPO2, spo2
            yield Measure.NIBP_SYSTOLIC, systolic
            yield Measure.NIBP_DIASTOLIC, diastolic
        case _:
            pass
