"""Alarm rows: how urgent each condition is, how long it takes, how old a value may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from monitoring.allowances import (
    Allowances,
    Arrival,
    Breathing,
    ByHand,
    ClockRow,
    Cuff,
    GasRow,
    OutboxRow,
    Pressure,
    Pulse,
    Waking,
)
from monitoring.detectors import DETECTORS
from vitals.measure import Measure
from vitals.rows import RowsError, Seconds, Source, Text, converted, parsed, repeated, single
from vitals.vocabulary import AlarmKind, Priority


class ConditionRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One alarm condition's timing and urgency; times in s, as the file's head says."""

    id: Text
    kind: AlarmKind
    priority: Priority
    onset_s: Seconds
    off_s: Seconds
    forget_s: Seconds
    latches: Literal["never", "high", "always"]
    source: Source
    escalate_s: Seconds | None = None
    """Absent: time alone never makes it high."""
    extreme_s: Seconds | None = None
    """At or beyond the outer limit for so long: high. Absent: it has no outer limit."""

    def latched(self, priority: Priority) -> bool:
        """Tell whether the note stays after an alarm that had become `priority`."""
        return self.latches == "always" or (self.latches == "high" and priority is Priority.HIGH)


class FreshnessRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How old a numeric of one measure may be, in s."""

    measure: Measure
    fresh_s: Seconds
    stale_s: Seconds
    source: Source

    def __post_init__(self) -> None:
        """Refuse a number that would be gone before it is old."""
        if not self.fresh_s < self.stale_s:
            raise ValueError("fresh_s < stale_s does not hold")


class Induction(Struct, frozen=True, forbid_unknown_fields=True):
    """How long after anaesthesia start nothing is asked of probes that are not on yet, in s."""

    grace_s: Seconds
    source: Source


class AlarmRules(Struct, frozen=True):
    """Everything of the alarm rows."""

    conditions: dict[str, ConditionRow]
    freshness: dict[Measure, FreshnessRow]
    induction: Induction
    allowances: Allowances


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    proposal: bool
    approved_by: str
    induction: Induction
    arrival: Arrival
    pulse: Pulse
    cuff: Cuff
    breathing: Breathing
    pressure: Pressure
    waking: Waking
    clock: ClockRow
    gas: GasRow
    outbox: OutboxRow
    typed: ByHand
    approved_on: str = ""
    approved_hash: str = ""
    condition: Any = None
    freshness: Any = None


def alarm_rules(text: str, file: str) -> AlarmRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    conditions, faults = converted(tables, file, "condition", ConditionRow)
    freshness, more = converted(tables, file, "freshness", FreshnessRow)
    errors += faults + more + repeated([row.id for row in conditions], file, "condition")
    measures = [row.measure.value for row in freshness]
    errors += repeated(measures, file, "freshness")
    if not faults:
        errors += _unmatched([row.id for row in conditions], DETECTORS, file, "condition")
    if not more:
        wanted = [measure.value for measure in Measure]
        errors += _unmatched(measures, wanted, file, "freshness")
    if errors or head is None:
        raise RowsError(errors)
    return AlarmRules(
        {row.id: row for row in conditions},
        {row.measure: row for row in freshness},
        head.induction,
        _allowances(head, {row.measure: row.stale_s for row in freshness}),
    )


def _allowances(head: _Head, stale_s: Mapping[Measure, float]) -> Allowances:
    rows = (head.pulse, head.cuff, head.breathing, head.pressure, head.waking, head.clock)
    return Allowances(head.arrival, *rows, head.gas, head.outbox, head.typed, stale_s)


def _unmatched(ids: Sequence[str], wanted: Iterable[str], file: str, name: str) -> list[str]:
    """Return an error line for each row that nobody asks for, and each that is not there."""
    known = list(wanted)
    unknown = [one for one in dict.fromkeys(ids) if one not in known]
    missing = [one for one in known if one not in ids]
    return [
        *(f"{file}: [[{name}]] {one!r} is unknown: remove it" for one in unknown),
        *(f"{file}: [[{name}]] {one!r} is missing: add it" for one in missing),
    ]
