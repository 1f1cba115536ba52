"""Which step may follow which: one table for anaesthetics and one for blocks.

Course of an anaesthetic and of recovery: Modernisering af anæstesiologisk speciallægepraksis (FAPS,
RLTN), chapter 3, p. 15; of a block: chapter 8, services 2622, 2635 and 2637.
"""

from __future__ import annotations

from vitals import deeds
from vitals.deed import Deed
from vitals.vocabulary import CaseKind, CaseState

Table = dict[CaseState, dict[type[Deed], CaseState]]

_HOSPITAL: dict[type[Deed], CaseState] = {deeds.Transfer: CaseState.TRANSFERRED}
_NOT_BEGUN: dict[type[Deed], CaseState] = {
    deeds.Begin: CaseState.ANAESTHESIA,
    deeds.Cancel: CaseState.CANCELLED,
    **_HOSPITAL,
}
_AGAIN: dict[type[Deed], CaseState] = {deeds.Resume: CaseState.ANAESTHESIA, **_HOSPITAL}
_AWAKE: dict[type[Deed], CaseState] = {deeds.Conclude: CaseState.MONITORING_ENDED, **_AGAIN}
_UNDONE: dict[type[Deed], CaseState] = {deeds.Abandon: CaseState.ABANDONED, **_HOSPITAL}

_ANAESTHETIC: Table = {
    CaseState.PLANNED: {deeds.Prepare: CaseState.PREOP, **_NOT_BEGUN},
    CaseState.PREOP: _NOT_BEGUN,
    CaseState.ANAESTHESIA: {deeds.Finish: CaseState.ENDED, **_HOSPITAL},
    CaseState.ENDED: {deeds.Recover: CaseState.RECOVERY, **_AGAIN},
    CaseState.RECOVERY: {deeds.HandOver: CaseState.LATE_RECOVERY, **_AWAKE},
    CaseState.LATE_RECOVERY: {
        deeds.HandOver: CaseState.LATE_RECOVERY,
        deeds.Recover: CaseState.RECOVERY,
        **_AWAKE,
    },
    CaseState.MONITORING_ENDED: {
        deeds.Discharge: CaseState.DISCHARGED,
        deeds.Recover: CaseState.RECOVERY,
        **_AGAIN,
    },
    CaseState.DISCHARGED: {},
    CaseState.CANCELLED: {},
    CaseState.TRANSFERRED: {},
}
_BLOCK: Table = {
    CaseState.PLANNED: {
        deeds.Pair: CaseState.READINGS_BEFORE,
        deeds.Give: CaseState.GIVEN,
        deeds.Cancel: CaseState.CANCELLED,
        **_UNDONE,
    },
    CaseState.READINGS_BEFORE: {
        deeds.Pair: CaseState.READINGS_BEFORE,
        deeds.Give: CaseState.GIVEN,
        **_UNDONE,
    },
    CaseState.GIVEN: {
        deeds.Give: CaseState.GIVEN,
        deeds.Pair: CaseState.READINGS_AFTER,
        deeds.Observe: CaseState.OBSERVED,
        **_UNDONE,
    },
    CaseState.READINGS_AFTER: {
        deeds.Give: CaseState.GIVEN,
        deeds.Pair: CaseState.READINGS_AFTER,
        deeds.Observe: CaseState.OBSERVED,
        **_UNDONE,
    },
    CaseState.OBSERVED: {
        deeds.Pair: CaseState.OBSERVED,
        deeds.Leave: CaseState.LEFT,
        **_UNDONE,
    },
    CaseState.LEFT: {},
    CaseState.ABANDONED: {},
    CaseState.CANCELLED: {},
    CaseState.TRANSFERRED: {},
}
NEXT: dict[CaseKind, Table] = {CaseKind.ANAESTHETIC: _ANAESTHETIC, CaseKind.BLOCK: _BLOCK}

ALWAYS = (deeds.SetAirway, deeds.Finish, deeds.Call)
"""Taken whatever the table says, and flagged: nothing stands between a doctor and these."""

_OPEN = frozenset(state for state in CaseState if not state.over)
WATCHED = frozenset(
    {
        CaseState.ANAESTHESIA,
        CaseState.ENDED,
        CaseState.RECOVERY,
        CaseState.LATE_RECOVERY,
    }
)
"""States in which the patient's monitors are held to the rules."""
ATTENDED = WATCHED | {CaseState.READINGS_BEFORE, CaseState.GIVEN, CaseState.READINGS_AFTER}
"""Those, and the states of a block in which the patient's numbers are held to limits."""
_EVER = frozenset(CaseState)

WHERE: dict[type[Deed], frozenset[CaseState]] = {
    deeds.Checked: _OPEN,
    deeds.Assess: _OPEN,
    deeds.SetAirway: WATCHED,
    deeds.Ventilate: WATCHED,
    deeds.Sleep: WATCHED | {CaseState.PLANNED, CaseState.PREOP},
    deeds.Contact: WATCHED,
    deeds.Relax: WATCHED,
    deeds.Combine: _OPEN,
    deeds.Attest: _OPEN,
    deeds.Relieve: _OPEN,
    deeds.Rebook: _OPEN,
    deeds.Reach: WATCHED | {CaseState.MONITORING_ENDED},
    deeds.Call: _OPEN,
    deeds.Move: _OPEN,
    deeds.Upset: WATCHED,
    deeds.Oxygen: WATCHED,
    deeds.Repeat: ATTENDED,
    deeds.Measured: _OPEN,
    deeds.Waive: _EVER,
    deeds.Explain: _EVER,
    deeds.Correct: _EVER,
}
"""Where the case stands when what moves it nowhere may happen; reasons may follow at any time."""


def moves(kind: CaseKind, deed: Deed) -> bool:
    """Tell whether a deed is a step of the table, rather than something that happens on the way."""
    return any(type(deed) in row for row in NEXT[kind].values())


def expected(kind: CaseKind, state: CaseState) -> tuple[str, ...]:
    """Return the words for the steps that may follow a state."""
    return tuple(step.name() for step in NEXT[kind][state])
