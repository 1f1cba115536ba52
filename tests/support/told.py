"""Cases as people tell them: one of each thing that can be said, and what comes of saying it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

from beds import at, text

from monitoring.case import Case, Entry, judged, with_entry
from monitoring.courserules import CourseRules, course_rules
from vitals import deeds
from vitals.deed import Deed
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import (
    Airway,
    Cancellation,
    CaseKind,
    CaseState,
    Check,
    Modality,
    Part,
    Side,
    Technique,
    Ventilation,
    Word,
)

LOCAL = deeds.Give(drug="ropivacaine", site="l4", side=Side.MIDDLE, part=Part.LUMBAR)
"""Local anaesthetic alone, where every service allows it."""
PAIR = deeds.Pair(spo2=98, systolic=120, diastolic=70)
SAYINGS: tuple[Said, ...] = (
    deeds.Prepare(),
    deeds.Checked(checks=tuple(Check)),
    deeds.Assess(asa=1),
    deeds.Begin(),
    deeds.SetAirway(airway=Airway.LMA),
    deeds.SetAirway(airway=Airway.NONE),
    deeds.Ventilate(ventilation=Ventilation.CONTROLLED),
    deeds.Sleep(technique=Technique.MASK_GA),
    deeds.Contact(contact=False),
    deeds.Relax(),
    deeds.Combine(bp_lowering=True),
    deeds.Attest(),
    deeds.Upset(),
    deeds.Oxygen(given=True),
    deeds.Repeat(minutes=5),
    deeds.Relieve(to="MK"),
    deeds.Rebook(code="3023", reason="more to do"),
    deeds.Finish(),
    deeds.Recover(),
    deeds.HandOver(to="LN", instruction="oxygen", bp_lowering=True),
    deeds.Reach(callable=True),
    deeds.Call(),
    deeds.Conclude(words=tuple(Word)),
    deeds.Discharge(),
    deeds.Cancel(why=Cancellation.FASTING),
    deeds.Transfer(to="Aalborg", reason="bleeding"),
    deeds.Resume(code="3022"),
    deeds.Move(bed="bed 2"),
    deeds.Measured(measure=Measure.SPO2, value=98),
    deeds.Waive(modality=Modality.ECG, reason="no electrodes"),
    deeds.Explain(reason="laryngospasm"),
    deeds.Correct(entry=1, reason="slip"),
    PAIR,
    LOCAL,
    deeds.Observe(),
    deeds.Leave(),
    deeds.Abandon(reason="fainted"),
)
"""At least one of each thing that can be said."""
WORDS = get_args(Said)


@cache
def times() -> CourseRules:
    """Return the rows of how late and how early, as they ship."""
    return course_rules(text("course.toml"), "course.toml")


def case(kind: CaseKind = CaseKind.ANAESTHETIC, **fields: Any) -> Case:
    """Return a case of which nothing has been said yet."""
    block = kind is CaseKind.BLOCK
    told: dict[str, Any] = {
        "number": "KN-261121-001",
        "bed": "bed 1",
        "state": CaseState.PLANNED,
        "code": "2635" if block else "3021",
        "rules": "abc",
        "band": "adult",
        "two_years": True,
        "limits": {},
        "limits_approved_by": "",
        "by": "AS",
        "opened": at(0),
    }
    return Case(kind=kind, **{**told, **fields})


def entry(
    of: Case, deed: Said, happened: Instant, *, entered: Instant | None = None, by: str = "AS"
) -> Entry:
    """Return the next entry of a case; entered when it happened where nothing else is said."""
    number = len(of.entries) + 1
    return Entry(number=number, deed=deed, at=happened, entered=entered or happened, by=by)


def tell(of: Case, deed: Said, happened: Instant, *, by: str = "AS") -> Case:
    """Return the case after something was said, or raise WrongMomentError."""
    return with_entry(of, judged(of, entry(of, deed, happened, by=by), times()))


def course(of: Case, said: Iterable[Said], *, begin_s: float = 0, every_s: float = 60) -> Case:
    """Return the case after things were said in turn, one a minute."""
    for number, deed in enumerate(said):
        of = tell(of, deed, at(begin_s + number * every_s))
    return of


def saying(word: type[Deed]) -> Said:
    """Return one thing of a kind."""
    return next(deed for deed in SAYINGS if type(deed) is word)
