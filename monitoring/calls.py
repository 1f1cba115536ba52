"""A call for the anaesthetist: open until somebody answers, and wider the longer nobody does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitoring.signalrules import CallRow
from vitals.instant import Instant
from vitals.sounding import CallStep


@dataclass(frozen=True, slots=True)
class Call:
    """One call that nobody has answered."""

    case: str
    """Empty: from a bed at which no case ever was."""
    bed: str
    """Where the patient is."""
    entry: int
    """Its number among the entries of the case; 0 without one."""
    at: Instant
    """When it was made."""
    raised: Instant
    """When it was made or repeated last: a repeated call sounds through a pause."""
    by: str
    step: CallStep = CallStep.ANAESTHETIST
    """How far it has gone, as was last recorded."""

    @property
    def key(self) -> str:
        """Return what it is known by: one call of a case is open at a time, and one of a bed."""
        return called_by(self.case, self.bed)


def called_by(case: str, bed: str) -> str:
    """Return what a call is known by: its case, or its bed where there is none."""
    return case or bed


def made(before: Call | None, new: Call) -> Call:
    """Return the open call of a case after one was made: a second one repeats the first."""
    return new if before is None else replace(before, raised=new.raised)


def due(call: Call, row: CallRow, now: Instant) -> CallStep:
    """Return how far an open call is to have gone at `now`; it never goes back."""
    waited_s = now.seconds_since(call.at)
    if waited_s >= row.phone_s or call.step is CallStep.PHONE:
        return CallStep.PHONE
    if waited_s >= row.everywhere_s or call.step is CallStep.EVERYWHERE:
        return CallStep.EVERYWHERE
    return CallStep.ANAESTHETIST
