"""What a client may ask of the daemon; each names who asks."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from daemon.protocol.daylist import ListOrder
from daemon.protocol.export import Export
from daemon.protocol.limits import LimitOrder
from daemon.protocol.month import Monthly
from daemon.protocol.recall import Recall
from daemon.protocol.request import Name, Request
from daemon.protocol.saying import Moment, Pin, PracticeOrder
from daemon.protocol.showing import Showing
from daemon.protocol.trend import Trended
from vitals.deed import Code, Remark
from vitals.deeds import Said
from vitals.vocabulary import CaseKind, Check

A_WEEK_S = 604_800.0
Number = Annotated[str, Meta(max_length=32)]
Port = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,255}\Z")]


class Command(Request, frozen=True):
    """What changes something at a bed."""

    bed: Name


class Start(Command, frozen=True, tag="start"):
    """Plan an anaesthetic and start it: `code` of the service, `age` as `4y`, `8m` or `20d`."""

    code: Name
    age: Name
    checks: tuple[Check, ...] = ()
    """What was made sure of."""
    asa: Annotated[int, Meta(ge=1, le=5)] | None = None
    anyway: bool = False
    """In spite of a hold; the reason may follow."""
    unattached: bool = False
    """A child that will not bear the probes yet."""


class Plan(Command, frozen=True, tag="plan"):
    """Open a case at the bed: its code, or the ENT procedures that map to one."""

    age: Name
    code: Name | None = None
    procedures: tuple[Code, ...] = ()
    site: Name | None = None
    """Of the procedures, where they alone do not decide."""
    case_kind: CaseKind = CaseKind.ANAESTHETIC


class Emergency(Command, frozen=True, tag="emergency"):
    """Nødstart: an anaesthetic at once, with nothing asked; what was open at the bed goes on."""


class Enter(Command, frozen=True, tag="enter"):
    """Say that something happened to the bed's case: `ago_s` seconds ago, or `at`."""

    deed: Said
    ago_s: Annotated[float, Meta(ge=0, le=A_WEEK_S)] = 0.0
    """At most a week: of a case that is at hand for that long."""
    case: Name | None = None
    """Its number, or the end of it, for a case that is over or was never at this bed."""
    reason: Remark = ""
    """Why it is entered late."""
    patient: Number | None = None
    """Of an injection: the patient's civil registration number, which is kept nowhere."""
    pin: Pin = ""
    """Of who signs the five words or sends the patient home, where they have one; kept nowhere."""
    at: Moment | None = None
    """When it happened, by the clock, exactly as it was typed; `ago_s` then says nothing."""

    def __repr__(self) -> str:
        """Name what is asked without the patient's number and without words: no log has them."""
        return f"Enter({self.id!r}, {self.by!r}, {self.bed!r}, {type(self.deed).__name__})"


class Aged(Command, frozen=True, tag="aged"):
    """Say how old the patient of the bed's case is; only the band is kept."""

    age: Name


class End(Command, frozen=True, tag="end"):
    """End the anaesthetic of the bed."""


class Acknowledge(Command, frozen=True, tag="acknowledge"):
    """Acknowledge one alarm; it sounds again when it comes again or becomes more urgent."""

    alarm: Name
    device: Name | None = None


class Pause(Command, frozen=True, tag="pause"):
    """Turn the sound of the bed off for a while: AUDIO PAUSED; what is shown stays."""


class Unpause(Command, frozen=True, tag="unpause"):
    """Turn the sound of the bed on again."""


class AnswerCall(Command, frozen=True, tag="answer_call"):
    """Answer what calls from the bed."""


class Assign(Command, frozen=True, tag="assign"):
    """Let a device stand at the bed from now on, and be plugged in at `port` where one is named."""

    device: Name
    port: Port | None = None


class Look(Request, frozen=True, tag="look"):
    """Say what the bytes of devices look like that are not valid for their protocols."""


class Here(Request, frozen=True, tag="here"):
    """A terminal answers, by itself: whoever is at it can be called there."""


Signal = Pause | Unpause | AnswerCall
"""What anybody may ask at any time of what sounds at a bed."""
Order = Start | Plan | Emergency | Enter | Aged | End | Acknowledge | Assign | Signal | LimitOrder
Wanted = Order | ListOrder | Look | Recall | Trended | Monthly | Export | PracticeOrder
"""What is asked for."""
Asking = Look | Recall | Trended | Monthly
"""What is asked in order to be told, and changes nothing."""
Spoken = Wanted | Here
Incoming = Spoken | Showing
