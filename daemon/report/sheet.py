"""The page of a case: what was required of it, what of that is on record, and what was said.

Moments are RFC 3339 in UTC, durations in s. No age, name or note of a patient is in it.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from daemon.protocol.account import Account
from daemon.protocol.cases import CaseVerdict, Entry
from vitals.measure import Agent, Measure
from vitals.reading import Origin
from vitals.vocabulary import (
    Basis,
    CaseKind,
    CaseState,
    GapCause,
    Modality,
    Phase,
    Priority,
)


class Reach(Struct, frozen=True):
    """From one moment to a later one; an end that has not been yet is null."""

    begin: str
    end: str | None


class Stage(Struct, frozen=True):
    """One anaesthetic or recovery of a case; a treatment has none."""

    phase: Phase
    begin: str
    end: str | None
    by: tuple[str, ...] = ()
    """Who had the patient under clinical observation, as far as somebody said so."""
    nth: int = 0
    """From 1; 0 where there is one alone."""


class Stay(Struct, frozen=True):
    """A bed that the patient lay in."""

    bed: str
    begin: str
    end: str | None


class Gap(Struct, frozen=True):
    """A stretch in which nothing came, though it was required."""

    begin: str
    end: str
    causes: tuple[GapCause, ...]
    counts: bool
    """False: it is excused, as a short gap that a cuff on the same limb made is."""
    documented: bool
    """False: the recorder did not run, so that nobody knows."""


class Lane(Struct, frozen=True):
    """One modality on one basis in one phase: when it was required, and when nothing came.

    What is covered is what is required without the gaps that count.
    """

    basis: Basis
    modality: Modality
    phase: Phase
    nth: int
    rule: str
    required: tuple[Reach, ...]
    gaps: tuple[Gap, ...]
    required_s: float
    covered_s: float
    excused_s: float
    uncovered_s: float
    """Not monitored: the recorder ran, and nothing came."""
    undocumented_s: float
    """Not documented: the recorder did not run."""


class Alarmed(Struct, frozen=True):
    """One alarm from its onset to its end."""

    alarm: str
    priority: Priority
    """The highest that it reached."""
    begin: str
    end: str | None
    device: str | None
    acknowledged_by: str
    """Empty: nobody acknowledged it."""
    latency_s: float | None
    """From the onset to that; null where nobody did."""
    onset: bool = True
    """False: its onset was lost, and it begins with the first that is known of it."""


class Pressure(Struct, frozen=True):
    """One blood pressure in mmHg."""

    at: str
    systolic: float | None
    diastolic: float | None
    by: str
    manual: bool = True
    """False: as the monitors gave it."""
    device: str | None = None
    """Of one from the local history: which monitor; null of one that somebody said."""
    origin: Origin | None = None
    """Of such a one: measured, simulated or replayed."""


class Kept(StrEnum):
    """How much of what monitors measured during a case the local history still holds."""

    WHOLE = "whole"
    """It reaches over the whole case: where there is no number, none came."""
    PART = "part"
    """It does not reach back to the beginning, or the case lasted longer than a day."""
    GONE = "gone"
    """It holds nothing that is so old."""
    ABSENT = "absent"
    """There is no history here."""
    UNREADABLE = "unreadable"
    """Its file is damaged, or cannot be read."""


class Dot(Struct, frozen=True, array_like=True, gc=False):
    """What a measure was over a minute, or over a part of a longer stay."""

    at: str
    """When that begins."""
    mean: float | int
    low: float | int
    high: float | int


class Curve(Struct, frozen=True):
    """One measure of one device over a case; where it has no point no number came."""

    measure: Measure
    device: str
    unit: str
    origin: Origin
    agent: Agent | None
    site: str | None
    points: tuple[Dot, ...]


class Sheet(Struct, frozen=True):
    """One case."""

    case: str
    bed: str
    opened: str
    begun: str | None
    """When its first anaesthetic began, or its first injection was given."""
    ended: str | None
    """When its last anaesthetic ended."""
    over: str | None
    """When it was over: sent home, handed on or given up; null: it is still open."""
    state: CaseState
    kind: CaseKind
    code: str
    """What it is held to; empty in an emergency until a code is named."""
    planned: str
    by_duration: str
    """The service that its duration fits, be it its own; empty where none does, or it goes on."""
    procedures: tuple[str, ...]
    band: str
    """Id of the age band; the age itself is kept nowhere."""
    emergency: bool
    by: str
    """Initials of the anaesthetist."""
    rules: str
    """The first twelve hexadecimal digits of the hash over the rule rows that it is judged by."""
    judged: bool
    """False: those rows are not at hand, and nothing can be said of it."""
    held: tuple[str, ...]
    """In spite of what it was started."""
    stays: tuple[Stay, ...]
    stages: tuple[Stage, ...]
    entries: tuple[Entry, ...]
    """What was said, in the order in which it happened, struck or not; notes have no text."""
    verdicts: tuple[CaseVerdict, ...]
    account: Account | None
    lanes: tuple[Lane, ...]
    alarms: tuple[Alarmed, ...]
    pressures: tuple[Pressure, ...]
    """As they were said."""
    history: Kept = Kept.ABSENT
    """What of the case is left in the local history, which is kept for less long than the journal:
    nothing of it is in a table, and no figure rests on it."""
    curves: tuple[Curve, ...] = ()
    """From the history."""
    readings: tuple[Pressure, ...] = ()
    """What cuffs measured, from the history."""
