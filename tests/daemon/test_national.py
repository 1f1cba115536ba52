"""What is typed into the national database by hand: what was said, and nothing else."""

from __future__ import annotations

from datetime import date

from months import Journal, moment
from odd import EMERGENCY, Steps, course

from daemon.journal.fold import fold
from daemon.report.national import national
from daemon.report.tables import asked
from daemon.report.term import National
from daemon.state import State
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import Airway, Cancellation, CaseKind, Technique

BEGIN = moment(date(2026, 11, 2), "08:00")
SAID: Steps = (
    (-1, deeds.Assess(2)),
    (-1, deeds.Assess(3)),
    (0, deeds.Begin()),
    (0, deeds.Sleep(Technique.MASK_GA)),
    (1, deeds.SetAirway(Airway.MASK)),
    (2, deeds.Sleep(Technique.GA)),
    (2, deeds.SetAirway(Airway.LMA)),
    (9, deeds.SetAirway(Airway.NONE)),
    (10.4, deeds.Finish()),
    (11, deeds.Recover()),
)
GONE: Steps = ((12, deeds.Transfer("Rigshospitalet", "blødning")),)


def told(steps: Steps, code: str = "3021", kind: CaseKind = CaseKind.ANAESTHETIC) -> list[National]:
    journal, state = Journal(), State()
    course(journal, BEGIN, steps, code, kind=kind, serial=1)
    for event, wall in sorted(journal.written, key=lambda one: one[1]):
        state = fold(state, event, Instant(wall, wall))
    return list(national((*state.cases.values(), *state.closed.values())))


def test_what_was_said_stands_in_it_each_once_and_in_order() -> None:
    (one,) = told((*SAID, *GONE))
    assert (one.date, one.code, one.band, one.asa) == (date(2026, 11, 2), "3021", "y2_5", 3)
    assert one.technique == (Technique.MASK_GA, Technique.GA)
    assert one.airway == (Airway.MASK, Airway.LMA)
    assert (one.anaesthesia_min, one.recovery_min) == (10, 1)
    assert (one.transfer, one.emergency, one.begun, one.cancelled) == (True, False, True, None)


def test_what_nobody_said_and_what_goes_on_is_null_and_never_a_number() -> None:
    (one,) = told(((0, deeds.Begin()),))
    absent = (one.asa, one.technique, one.airway, one.procedures, one.cancelled)
    assert absent == (None,) * 5
    assert (one.anaesthesia_min, one.recovery_min, one.transfer) == (None, None, None)
    (row,) = asked([one]).rows
    assert row.count(None) == 8


def test_an_emergency_has_the_code_that_was_named_or_none() -> None:
    (one,) = told(EMERGENCY, "")
    assert (one.code, one.emergency, one.transfer) == (None, True, False)
    assert (one.anaesthesia_min, one.recovery_min) == (12, 28)


def test_one_that_was_cancelled_has_the_reason_of_the_vocabulary() -> None:
    (one,) = told(((0, deeds.Cancel(Cancellation.FASTING, "spiste")),))
    assert (one.begun, one.cancelled, one.anaesthesia_min) == (False, Cancellation.FASTING, None)
    assert "spiste" not in str(one)


def test_a_treatment_of_pain_is_no_anaesthetic() -> None:
    assert told(((0, deeds.Abandon("x")),), "2635", CaseKind.BLOCK) == []
