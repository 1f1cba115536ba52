"""What sounds at a bed, and the calls that nobody has answered: one message of each bed."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from daemon.protocol.message import Message
from vitals.sounding import CallStep, SoundProfile
from vitals.vocabulary import Priority


class AlarmState(StrEnum):
    """An alarm as a listener hears of it."""

    ACTIVE = "active"
    ACKNOWLEDGED = "acknowledged"
    ENDED = "ended"


class OpenCall(Struct, frozen=True):
    """A call for the anaesthetist that nobody has answered; it is high."""

    case: str
    """Empty: from a bed at which no case ever was."""
    at: str
    age_s: float
    """Seconds since it was made."""
    by: str
    step: CallStep
    """From `everywhere` on it is shown at every terminal, whatever bed that shows."""
    phone: str = ""
    """Whom to ring; empty before the step `phone`, and where none is configured."""


class Sounding(Message, frozen=True, tag="sounding"):
    """The sound of a bed: sent when anything of it changes, and with the snapshot."""

    at: str
    bed: str
    profile: SoundProfile
    audible: Priority | None
    """The most urgent alarm or call of the bed that is to sound just now; null: silence."""
    pause_s: float | None = None
    """AUDIO PAUSED for so many seconds more; null while it is not."""
    paused_by: str | None = None
    calls: tuple[OpenCall, ...] = ()
