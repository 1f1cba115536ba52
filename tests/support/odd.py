"""Cases that are not as most are: an emergency without a code, a block, one cut off by a crash."""

from __future__ import annotations

from collections.abc import Sequence

from months import BED, MINUTE_S, RULES, Journal, opening
from msgspec import structs

from daemon.clock import local_time
from daemon.journal.events import CaseEntered, CoverageChanged, RecorderAlive
from monitoring.gaps import Begun, Closed, Opened
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, GapCause, Modality, Part, Side, Word

Steps = Sequence[tuple[float, Said]]
PAIR = deeds.Pair(98.0, 121.0, 74.0)
MEASURED = deeds.Pair(97.0, 118.0, 70.0, manual=False)
GIVE = deeds.Give("ropivakain", "L4", Side.LEFT, Part.LUMBAR, guided=True)
BLOCK: Steps = (
    (0, PAIR),
    (2, GIVE),
    (10, MEASURED),
    (30, deeds.Observe()),
    (31, deeds.Leave()),
)
EMERGENCY: Steps = (
    (0, deeds.Begin(anyway=True, emergency=True)),
    (12, deeds.Finish()),
    (13, deeds.Recover()),
    (40, deeds.Explain("kejsersnit i gang")),
    (41, deeds.Conclude(tuple(Word))),
    (42, deeds.Discharge()),
)


def course(
    journal: Journal, begin: float, steps: Steps, code: str, *, kind: CaseKind, serial: int
) -> str:
    """Add a case of its own steps, each so many minutes after its beginning."""
    day = local_time(Instant(0.0, begin)).date()
    number = f"KN-{day:%y%m%d}-{serial:03d}"
    found = opening(number, day, serial, code, RULES.hash)
    emergency = kind is CaseKind.ANAESTHETIC and not code
    journal.add(begin - 60, structs.replace(found, case_kind=kind, emergency=emergency))
    if kind is CaseKind.ANAESTHETIC:
        seen = Begun(Instant(begin - 60, begin - 60))
        journal.add(begin, CoverageChanged(number, BED, seen))
    for place, (minutes, deed) in enumerate(steps, 1):
        journal.add(begin + minutes * MINUTE_S, CaseEntered(number, BED, place, deed, 0.0, "AS"))
    return number


def crashed(journal: Journal, begin: float, died: float, back: float) -> tuple[str, float]:
    """Add a case in which the machine died and came back, and the moment at which it was back.

    Minutes from its beginning. What came before and after it was recorded, and nothing between.
    """
    number, fell, rose = journal.case(begin), begin + died * MINUTE_S, begin + back * MINUTE_S
    for at in range(int(begin), int(fell), 30):
        journal.add(float(at), RecorderAlive())
    kept = [one for one in journal.written if not fell < one[1] < rose]
    journal.written[:] = kept
    journal.start(rose)
    before = Instant(fell - rose, fell)
    for modality in Modality:
        lost = Opened(modality, before, GapCause.RECORDER_DOWN, at_reading=True)
        found = Closed(modality, Instant(0.0, rose), at_reading=True)
        journal.add(rose, CoverageChanged(number, BED, lost), CoverageChanged(number, BED, found))
    return number, rose
