"""Days of a clinic as its journal tells them: cases opened, told of and over, in a state."""

from __future__ import annotations

from collections.abc import Sequence

from beds import limits_shipped
from manual import at

from daemon.journal.events import CaseEntered, CaseOpened, StartHeld
from daemon.journal.fold import fold
from daemon.state import State
from monitoring.profiles import by_band
from vitals import deeds
from vitals.deeds import Said
from vitals.measure import Measure
from vitals.vocabulary import Airway, CaseKind, Word

BED = "Stue 1"
HOUR_S = 3600.0
BEGIN = deeds.Begin(anyway=True)
HOME: tuple[Said, ...] = (
    deeds.Finish(),
    deeds.Recover(),
    deeds.Conclude(words=tuple(Word)),
    deeds.Discharge(),
)
WALK: tuple[Said, ...] = (
    BEGIN,
    deeds.SetAirway(airway=Airway.LMA),
    deeds.Measured(measure=Measure.SPO2, value=97.0),
    deeds.Attest(),
)
"""The first steps, over and over: what follows no longer is kept all the same."""


def number(serial: int) -> str:
    return f"KN-261122-{serial:03d}"


def opening(serial: int, bed: str = BED) -> CaseOpened:
    return CaseOpened(
        case=number(serial),
        day="261122",
        serial=serial,
        bed=bed,
        case_kind=CaseKind.ANAESTHETIC,
        code="3022",
        rules="",
        band="y2_5",
        two_years=True,
        limits=by_band(limits_shipped(), limits_shipped().bands[0]).limits,
        limits_approved_by="",
        by="AS",
    )


def saying(serial: int, place: int, deed: Said, bed: str = BED) -> CaseEntered:
    return CaseEntered(number(serial), bed, place, deed, 0.0, "AS")


def opened(state: State, serial: int, hours: float, bed: str = BED) -> State:
    return fold(state, opening(serial, bed), at(hours * HOUR_S))


def said(state: State, serial: int, hours: float, *told: Said, bed: str = BED) -> State:
    """Say these of a case, a second after each other."""
    for seconds, deed in enumerate(told):
        case = state.case(number(serial))
        place = 1 if case is None else len(case.entries) + 1
        state = fold(state, saying(serial, place, deed, bed), at(hours * HOUR_S + seconds))
    return state


def been(
    state: State,
    serial: int,
    hours: float,
    *,
    bed: str = BED,
    held: Sequence[str] = (),
    told: Sequence[Said] = (),
) -> State:
    """Return the state after a case from its opening to its end."""
    state = opened(state, serial, hours, bed)
    if held:
        state = fold(state, StartHeld(number(serial), bed, tuple(held), "AS"), at(hours * HOUR_S))
    return said(state, serial, hours + 0.01, BEGIN, *told, *HOME, bed=bed)
