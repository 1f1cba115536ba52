"""Cases with a course, and records of what watched them: seconds count from the start."""

from __future__ import annotations

from functools import cache

from beds import at, book_shipped, text

from monitoring.case import Case, Entry, with_entry
from monitoring.coverage import Account, Covered, accounted
from monitoring.due import Due, due
from monitoring.gaps import Gap, Record
from monitoring.stretch import Stretch
from monitoring.thresholds import Thresholds, thresholds
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import Airway, Basis, CaseKind, CaseState, GapCause, Modality, Phase

GRACE_S = 120.0
BEFORE_S = -300.0
"""When each case is opened and its record begins."""
Told = tuple[float, Said]
Off = tuple[float, float | None]
SPO2, CO2, ECG, NIBP = (
    Modality.PULSE_OXIMETRY,
    Modality.CAPNOGRAPHY,
    Modality.ECG,
    Modality.NIBP,
)
WORDS = deeds.Conclude(words=())
PAIR = deeds.Pair(spo2=98, systolic=120, diastolic=70)


@cache
def rows() -> Thresholds:
    return thresholds(text("coverage.toml"), "coverage.toml")


def told(
    *entries: Told,
    code: str = "3021",
    kind: CaseKind = CaseKind.ANAESTHETIC,
    two_years: bool | None = True,
    by: str = "AS",
) -> Case:
    """Return a case with these entries, each said when it happened."""
    case = Case(
        number="KN-261122-001",
        bed="1",
        state=CaseState.PLANNED,
        code=code,
        rules="",
        band="",
        two_years=two_years,
        limits={},
        limits_approved_by="",
        by=by,
        kind=kind,
        planned=code,
        opened=at(BEFORE_S),
    )
    return said(case, *entries, by=by)


def said(case: Case, *entries: Told, by: str = "AS") -> Case:
    for when, deed in entries:
        moment, number = at(when), len(case.entries) + 1
        entry = Entry(number=number, deed=deed, at=moment, entered=moment, by=by)
        case = with_entry(case, entry)
    return case


def anaesthetic(end_s: float, *between: Told, code: str = "3021", **known: bool | None) -> Case:
    """Return an anaesthetic from 0 to `end_s`, without recovery."""
    entries = [(0.0, deeds.Begin()), *between, (end_s, deeds.Finish())]
    return told(*entries, code=code, two_years=known.get("two_years", True))


def placed(airway: Airway = Airway.LMA) -> deeds.SetAirway:
    return deeds.SetAirway(airway=airway)


def stretch(begin_s: float, end_s: float) -> Stretch:
    return Stretch(at(begin_s), at(end_s))


def seconds(stretches: tuple[Stretch, ...]) -> list[tuple[float, float]]:
    """Return stretches as seconds from the start."""
    zero = at(0).monotonic
    return [(one.begin.monotonic - zero, one.end.monotonic - zero) for one in stretches]


def gap(
    modality: Modality,
    off: Off,
    cause: GapCause = GapCause.NOT_ATTACHED,
    *,
    readings: tuple[bool, bool] = (True, True),
) -> Gap:
    """Return a gap; `readings` tells whether it begins and ends at one."""
    since, until = off
    end = None if until is None else at(until)
    return Gap(modality, at(since), (cause,), readings[0], end, readings[1] and end is not None)


def never(modality: Modality, cause: GapCause = GapCause.NOT_ATTACHED) -> Gap:
    """Return the gap of a modality that was never seen."""
    return gap(modality, (BEFORE_S, None), cause, readings=(False, False))


def record(*gaps: Gap, since: float = BEFORE_S) -> Record:
    """Return what is on record; a modality without a gap was watched all the time."""
    return Record(at(since), gaps)


def account(
    case: Case, on_record: Record | None, now: Instant | float = 100_000.0, grace_s: float = GRACE_S
) -> Account:
    moment = at(now) if isinstance(now, float) else now
    return accounted(case, book_shipped(), on_record, moment, rows(), grace_s=grace_s)


def row(
    found: Account,
    modality: Modality,
    basis: Basis = Basis.CONTRACT,
    phase: Phase = Phase.DURING,
) -> Covered:
    """Return the one row of a modality, or fail."""
    rows_ = [one for one in found.rows if one.due.modality is modality]
    (only,) = [one for one in rows_ if (one.due.basis, one.due.phase) == (basis, phase)]
    return only


def dues(case: Case, now: float = 100_000.0) -> tuple[Due, ...]:
    return due(case, book_shipped(), at(now), grace_s=GRACE_S)


def required(
    case: Case,
    modality: Modality,
    basis: Basis = Basis.CONTRACT,
    phase: Phase = Phase.DURING,
    now: float = 100_000.0,
) -> list[tuple[float, float]]:
    """Return when a modality was required, in seconds from the start; every span of the phase."""
    found = [one for one in dues(case, now) if (one.basis, one.modality) == (basis, modality)]
    return [pair for one in found if one.phase is phase for pair in seconds(one.required)]
