"""A day on which much is odd: gaps, a dead recorder, corrections, late entries, a second start."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from months import Journal, Made, moment
from practices import SITE

from daemon.journal.alarming import AlarmChanged
from daemon.journal.events import CaseEntered, CoverageChanged, EventsLost, RecorderAlive
from monitoring.gaps import Closed, Opened
from monitoring.signals import Cue
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import Airway, Flag, GapCause, Modality, Priority, Technique

DAY = date(2026, 11, 2)
BED = "Stue 1"
CUES = (
    (Cue.ONSET, Priority.MEDIUM, None, None),
    (Cue.ACKNOWLEDGED, Priority.MEDIUM, "AS", 12.5),
    (Cue.LAPSED, Priority.MEDIUM, None, None),
    (Cue.ESCALATED, Priority.HIGH, None, None),
    (Cue.ACKNOWLEDGED, Priority.HIGH, "MK", 40.0),
    (Cue.ENDED_LATCHING, Priority.HIGH, None, None),
)


def written(folder: Path) -> Path:
    """Write it down, and return the configuration that it is read by."""
    journal = Journal()
    journal.start(moment(DAY, "06:00"))
    _alarmed(journal, journal.case(moment(DAY, "08:05"), Made(alarms=("spo2_low", "stale"))))
    _corrected(journal, journal.case(moment(DAY, "09:05"), Made(off=5.0, code="3022")))
    held = ("live pulse_oximetry", "kit")
    journal.case(moment(DAY, "10:05"), Made(off=30.0, held=held, explained="cried"))
    journal.case(moment(DAY, "10:45"), Made(held=("kit",), lasts=17.0))
    _died(journal, moment(DAY, "12:05"))
    _again(journal, moment(DAY, "13:05"))
    journal.case(moment(DAY, "15:05"), Made(lasts=1.5, code="3023"))
    journal.add(moment(DAY, "15:50"), EventsLost(3))
    journal.case(moment(DAY, "16:05"), Made(home=False, code="3023", lasts=35.0))
    journal.add(moment(DAY, "16:45"), RecorderAlive())
    journal.write(folder)
    (folder / "c.toml").write_text(f'{SITE}\n[data]\ndir = "{folder}"\n', "utf-8")
    return folder / "c.toml"


def _said(journal: Journal, case: str, at: float, place: int, deed: Said, ago_s: float = 0) -> None:
    flags = (Flag.LATE,) if ago_s else ()
    entered = CaseEntered(case, BED, place, deed, float(ago_s), "AS", "", "", flags)
    journal.add(at, entered)


def _off(journal: Journal, case: str, begin: float, end: float, modality: Modality) -> None:
    """Write a gap between two readings, which began with a cuff on the same limb."""
    since = Opened(modality, Instant(begin, begin), GapCause.CUFF_SAME_LIMB, at_reading=True)
    until = Closed(modality, Instant(end, end), at_reading=True)
    for change in (since, until):
        journal.add(end, CoverageChanged(case, BED, change))


def _alarmed(journal: Journal, case: str) -> None:
    at = moment(DAY, "08:09")
    for place, (cue, priority, by, latency_s) in enumerate(CUES):
        told = cue, case, BED, "hr_low", None, priority, None, None, None, by, latency_s
        journal.add(at + 10 * place, AlarmChanged(*told))
    lost = case, BED, "fico2_high", "gas", Priority.MEDIUM, None, None, None
    journal.add(at + 100, AlarmChanged(Cue.ENDED, *lost))
    _off(journal, case, at, at + 59.0, Modality.PULSE_OXIMETRY)
    _off(journal, case, at + 120, at + 185.0, Modality.PULSE_OXIMETRY)


def _corrected(journal: Journal, case: str) -> None:
    """Enter airways late, and strike two of them; one of these counts again."""
    at = moment(DAY, "09:09")
    _said(journal, case, at, 90, deeds.Sleep(technique=Technique.GA))
    _said(journal, case, at + 60, 91, deeds.SetAirway(airway=Airway.LMA), 120)
    _said(journal, case, at + 70, 92, deeds.SetAirway(airway=Airway.NONE))
    _said(journal, case, at + 80, 93, deeds.Correct(entry=92, reason="slip"))
    _said(journal, case, at + 90, 94, deeds.Relax())
    _said(journal, case, at + 95, 95, deeds.Correct(entry=94, reason="slip"))
    _said(journal, case, at + 99, 96, deeds.Correct(entry=95, reason="it was given"))
    _said(journal, case, at + 200, 97, deeds.Waive(modality=Modality.NEUROMUSCULAR, reason="none"))


def _died(journal: Journal, begin: float) -> None:
    """Let the recorder die for a minute, five minutes after a start."""
    case = journal.case(begin)
    journal.start(begin + 300.0)
    for modality in Modality:
        down = Instant(begin + 240.0, begin + 240.0), GapCause.RECORDER_DOWN
        until = Closed(modality, Instant(begin + 300.0, begin + 300.0), at_reading=False)
        for change in (Opened(modality, *down, at_reading=True), until):
            journal.add(begin + 300.0, CoverageChanged(case, BED, change))


def _again(journal: Journal, begin: float) -> None:
    """Go back to theatre from recovery, with another anaesthetist, and home from there."""
    case = journal.case(begin, Made(home=False, code="3022"))
    told: tuple[tuple[float, Said], ...] = (
        (60, deeds.Sleep(technique=Technique.MASK_GA)),
        (200, deeds.Combine(bp_lowering=True)),
        (800, deeds.HandOver(to="MK", instruction="call", bp_lowering=True)),
        (1000, deeds.Resume(code="3023", reason="bleeding")),
        (1010, deeds.Relieve(to="BL")),
        (1060, deeds.SetAirway(airway=Airway.TUBE)),
        (2900, deeds.Finish()),
        (2960, deeds.Recover()),
        (3000, deeds.HandOver(to="TN", instruction="call", bp_lowering=False)),
        (3400, deeds.Transfer(to="hospital", reason="bleeding")),
    )
    for place, (after_s, deed) in enumerate(told, 50):
        _said(journal, case, begin + after_s, place, deed)
