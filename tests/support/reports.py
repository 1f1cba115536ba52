"""Reports to draw pages of: a month of 200 cases, an empty one, and cases with all that is odd."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from months import BOOK, CONFIG, OXYGEN, RULES, Journal, Made, moment, morning
from msgspec import structs

from daemon.protocol.cases import Entry
from daemon.report.document import Document
from daemon.report.making import Place, made
from daemon.report.scope import Reader, Scope
from daemon.report.sheet import Alarmed, Gap, Pressure, Sheet
from vagt.report.speech import local
from vitals import acts, deeds
from vitals.instant import Instant
from vitals.practice import Outcome
from vitals.vocabulary import Airway, Basis, GapCause, Modality, Priority

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
CASES = 200
DAY = date(2026, 11, 2)
CAUSES: tuple[tuple[GapCause, bool, bool], ...] = (
    (GapCause.NOT_ATTACHED, True, True),
    (GapCause.STALE, True, True),
    (GapCause.INVALID, True, True),
    (GapCause.DEVICE_LOST, True, True),
    (GapCause.CUFF_SAME_LIMB, False, True),
    (GapCause.WAIVED, True, True),
    (GapCause.RECORDER_DOWN, True, False),
)
"""Each cause, whether it counts, and whether it is documented."""
CODES = ("3021", "3022", "3023")


@dataclass(frozen=True)
class Filed:
    """A journal in a folder, to make reports of."""

    place: Place

    def month(self, *, sheets: bool = False, reader: Reader = Reader.OWNER) -> Document:
        clinic = "KN" if reader is Reader.CLINIC else ""
        return made(self.place, Scope(FIRST, LAST, sheets=sheets, reader=reader, clinic=clinic))

    def case(self, number: str) -> Document:
        return made(self.place, Scope(case=number))


def place(folder: Path, journal: Journal) -> Filed:
    """Write a journal down."""
    journal.write(folder)
    return Filed(Place(folder, CONFIG, RULES, BOOK))


def busy(cases: int = CASES) -> Journal:
    """Return a month of working days, with every morning gone through and some odd cases."""
    journal, chance = Journal(), random.Random(10)
    days = [FIRST + timedelta(one) for one in range(30)]
    days = [one for one in days if one.weekday() < 5]
    for place, day in enumerate(days):
        journal.start(moment(day, "06:00"))
        morning(journal, moment(day, "06:30"), skip="emergency" if place % 9 == 4 else "")
    journal.act(moment(days[0], "06:50"), OXYGEN)
    for day, bar in zip(days, range(200, 20, -8), strict=False):
        journal.act(moment(day, "16:00"), acts.Gauge("ilt", float(bar)))
    failed = acts.Mark("emergency", ("em-01",), "Taske", Outcome.FAILED, "batteri fladt")
    journal.act(moment(days[3], "06:55"), failed)
    for one in range(cases):
        begin = moment(days[one % len(days)], "07:05") + one // len(days) * 45 * 60.0
        journal.case(begin, _odd(chance))
    return journal


def _odd(chance: random.Random) -> Made:
    kind = chance.random()
    code, alarms = chance.choice(CODES), ("spo2_low",) * chance.randrange(4)
    if kind < 0.1:
        return Made(code=code, off=float(chance.randrange(3, 9)), alarms=alarms)
    if kind < 0.2:
        return Made(code=code, held=("live pulse_oximetry",), explained="græd", alarms=alarms)
    return Made(code=code, lasts=float(chance.randrange(8, 18)), alarms=alarms)


def empty() -> Journal:
    """Return a month in which nobody was anaesthetised."""
    journal = Journal()
    journal.start(moment(FIRST, "00:00"))
    journal.start(moment(LAST, "12:00"))
    return journal


def running() -> tuple[Journal, str]:
    """Return a case that is still open, and its number."""
    journal = Journal()
    journal.start(moment(DAY, "06:00"))
    return journal, journal.case(moment(DAY, "08:05"), Made(home=False))


def gapped(whole: Sheet) -> Sheet:
    """Return a case with a gap of every cause, on the contract and as advice, and every mark."""
    begin = local(whole.begun or whole.opened).timestamp()
    gaps = tuple(
        Gap(_at(begin + 60 * (1.5 * one)), _at(begin + 60 * (1.5 * one + 1)), (cause,), *how)
        for one, (cause, *how) in enumerate(CAUSES)
    )
    first = whole.lanes[0]
    lanes = tuple(
        structs.replace(first, modality=modality, basis=basis, gaps=gaps[place:])
        for place, (modality, basis) in enumerate(
            (
                (Modality.PULSE_OXIMETRY, Basis.CONTRACT),
                (Modality.CAPNOGRAPHY, Basis.CONTRACT),
                (Modality.ECG, Basis.CONTRACT),
                (Modality.NIBP, Basis.CONTRACT),
                (Modality.NEUROMUSCULAR, Basis.ADVISORY),
            )
        )
    )
    return structs.replace(
        whole,
        lanes=lanes,
        alarms=tuple(_alarms(begin)),
        pressures=tuple(
            Pressure(_at(begin + 120 * one), 96.0 + one * 5, 55.0 + one * 3, "AS")
            for one in range(7)
        ),
        entries=(*whole.entries, *_said(begin)),
    )


def _alarms(begin: float) -> list[Alarmed]:
    """Return alarms of every priority, one of which has not ended."""
    return [
        Alarmed("spo2_low", priority, _at(begin + 90 * place), end, "ox", by, 4.0)
        for place, (priority, end, by) in enumerate(
            (
                (Priority.HIGH, _at(begin + 60), "AS"),
                (Priority.MEDIUM, _at(begin + 150), ""),
                (Priority.LOW, None, ""),
            )
        )
    ]


def _said(begin: float) -> list[Entry]:
    told: tuple[deeds.Said, ...] = (
        deeds.SetAirway(Airway.TUBE),
        deeds.Relax(),
        deeds.Waive(Modality.NEUROMUSCULAR, 'ikke til stede: <b>æøå</b> & "}" </script>'),
        deeds.SetAirway(Airway.NONE),
    )
    return [
        Entry(20 + place, _at(begin + 100 * place), _at(begin + 100 * place), deed, "AS")
        for place, deed in enumerate(told)
    ]


def _at(wall: float) -> str:
    return Instant(wall, wall).rfc3339()
