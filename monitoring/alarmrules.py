"""Alarm rows: how urgent each condition is, how long it takes, how old a value may be."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from monitoring.rows import RowsError, Source, converted, parsed, repeated
from vitals.measure import Measure
from vitals.vocabulary import AlarmKind, Priority


class ConditionRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One alarm condition's timing and urgency; times in s, as the file's head says."""

    id: str
    kind: AlarmKind
    priority: Priority
    onset_s: float
    off_s: float
    forget_s: float
    latches: Literal["never", "high", "always"]
    source: Source
    escalate_s: float | None = None
    """Absent: time alone never makes it high."""

    def latched(self, priority: Priority) -> bool:
        """Tell whether the note stays after an alarm that had become `priority`."""
        return self.latches == "always" or (self.latches == "high" and priority is Priority.HIGH)


class FreshnessRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How old a numeric of one measure may be, in s."""

    measure: Measure
    fresh_s: float
    stale_s: float
    source: Source


class Induction(Struct, frozen=True, forbid_unknown_fields=True):
    """How long after anaesthesia start nothing is asked of probes that are not on yet, in s."""

    grace_s: float
    source: Source


class AlarmRules(Struct, frozen=True):
    """Everything of the alarm rows."""

    conditions: dict[str, ConditionRow]
    freshness: dict[Measure, FreshnessRow]
    induction: Induction


def alarm_rules(text: str, file: str) -> AlarmRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    conditions, errors = converted(tables, file, "condition", ConditionRow)
    freshness, more = converted(tables, file, "freshness", FreshnessRow)
    inductions, last = converted(
        {"induction": [tables["induction"]] if "induction" in tables else []},
        file,
        "induction",
        Induction,
    )
    errors += more + last + repeated([row.id for row in conditions], file, "condition")
    if errors:
        raise RowsError(errors)
    return AlarmRules(
        {row.id: row for row in conditions},
        {row.measure: row for row in freshness},
        inductions[0],
    )
