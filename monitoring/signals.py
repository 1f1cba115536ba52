"""What the operator is shown of a condition: a table of its own, apart from the condition's.

Source: IEC 60601-1-8, alarm signals, acknowledgement and latching.
"""

from __future__ import annotations

from enum import StrEnum

from vitals.vocabulary import SignalState


class Cue(StrEnum):
    """What moves a signal on."""

    ONSET = "onset"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    LAPSED = "lapsed"
    """The acknowledgement has counted for as long as it may."""
    ENDED = "ended"
    ENDED_LATCHING = "ended_latching"


NEXT: dict[SignalState, dict[Cue, SignalState]] = {
    SignalState.OFF: {Cue.ONSET: SignalState.ON, Cue.ESCALATED: SignalState.ON},
    SignalState.ON: {
        Cue.ACKNOWLEDGED: SignalState.ACKNOWLEDGED,
        Cue.ENDED: SignalState.OFF,
        Cue.ENDED_LATCHING: SignalState.LATCHED,
    },
    SignalState.ACKNOWLEDGED: {
        Cue.ONSET: SignalState.ON,
        Cue.ESCALATED: SignalState.ON,
        Cue.LAPSED: SignalState.ON,
        Cue.ENDED: SignalState.OFF,
        Cue.ENDED_LATCHING: SignalState.OFF,
    },
    SignalState.LATCHED: {
        Cue.ACKNOWLEDGED: SignalState.OFF,
        Cue.ENDED: SignalState.OFF,
        Cue.ONSET: SignalState.ON,
        Cue.ESCALATED: SignalState.ON,
    },
}
"""Anything not named here leaves the signal as it is. An onset or an escalation always shows,
whatever came before: a record with a hole in it must not hide an alarm."""


def after(signal: SignalState, cue: Cue) -> SignalState:
    """Return the signal that follows."""
    return NEXT[signal].get(cue, signal)
