"""What people say has happened to a case: said over the socket, kept in the journal as it was said.

Sources of the words: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3
(course of an anaesthetic, recovery, discharge) and chapter 8 (services 2622, 2635 and 2637).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from vitals.deed import Bed, Code, Deed, Initials, Line, MaybeCode, MaybeInitials, Remark
from vitals.duties import Duty
from vitals.measure import Measure
from vitals.series import Choice, History
from vitals.vocabulary import (
    Airway,
    Cancellation,
    Check,
    Modality,
    Part,
    Side,
    Technique,
    Ventilation,
    Word,
)


class Prepare(Deed, frozen=True, tag="prepare"):
    """The patient is with the anaesthetist."""


class Checked(Deed, frozen=True, tag="check"):
    """These were made sure of; what is left out stays as it was."""

    checks: tuple[Check, ...]


class Assess(Deed, frozen=True, tag="asa"):
    """ASA physical status."""

    asa: Annotated[int, Meta(ge=1, le=5)]


class Begin(Deed, frozen=True, tag="begin"):
    """Anaesthesia start."""

    anyway: bool = False
    """In spite of a hold; the reason may follow until the case is signed off."""
    unattached: bool = False
    """A child that will not bear the probe: put on during induction."""
    reason: Remark = ""
    emergency: bool = False
    """Nødstart of a case that was planned: whoever pressed the key, its anaesthetist stays."""


class SetAirway(Deed, frozen=True, tag="airway"):
    """What keeps the airway from now on; `none` is its removal."""

    airway: Airway


class Ventilate(Deed, frozen=True, tag="ventilation"):
    """Who breathes from now on."""

    ventilation: Ventilation


class Sleep(Deed, frozen=True, tag="technique"):
    """How the patient sleeps from now on."""

    technique: Technique


class Contact(Deed, frozen=True, tag="contact"):
    """Whether a sedated patient can be reached by voice or touch."""

    contact: bool


class Relax(Deed, frozen=True, tag="relaxant"):
    """A neuromuscular relaxant was given."""


class Combine(Deed, frozen=True, tag="combination"):
    """Whether the anaesthetic was combined with an analgesic that lowers blood pressure."""

    bp_lowering: bool


class Attest(Deed, frozen=True, tag="observation"):
    """The patient is under clinical observation by who says so."""


class Relieve(Deed, frozen=True, tag="anaesthetist"):
    """Another anaesthetist takes over."""

    to: Initials


class Rebook(Deed, frozen=True, tag="procedure"):
    """Another procedure than planned: its code, or the procedures that map to one; all are kept."""

    reason: Line
    code: MaybeCode = ""
    """As it is kept never empty."""
    procedures: tuple[Code, ...] = ()
    site: Remark = ""
    """Of the procedures, where they alone do not decide."""


class Finish(Deed, frozen=True, tag="end"):
    """The anaesthetic ends."""

    performed: bool = True
    """False: begun, and the procedure was not done."""
    reason: Remark = ""


class Recover(Deed, frozen=True, tag="recover"):
    """Moved to recovery: airway device out, airway safe and free, no longer deep."""

    device_in_place: bool = False
    """True: moved with it; a waiver, and capnography stays required."""
    reason: Remark = ""
    clear: bool = True
    """Those three were said; in what an older journal kept they always were, by its one key."""


class HandOver(Deed, frozen=True, tag="hand_over"):
    """The last part of recovery, handed to a named person on instruction."""

    to: Initials
    instruction: Line
    bp_lowering: bool
    """Whether an analgesic that lowers blood pressure was combined: asked, never assumed."""


class Reach(Deed, frozen=True, tag="callable"):
    """Whether the anaesthetist can be called at once."""

    callable: bool


class Call(Deed, frozen=True, tag="call"):
    """The anaesthetist is called."""


class Conclude(Deed, frozen=True, tag="conclude"):
    """Monitoring ends: what the patient is, signed by who says so."""

    words: tuple[Word, ...]


class Discharge(Deed, frozen=True, tag="discharge"):
    """The patient goes home."""


class Cancel(Deed, frozen=True, tag="cancel"):
    """Nothing was begun."""

    why: Cancellation
    reason: Remark = ""


class Transfer(Deed, frozen=True, tag="transfer"):
    """To hospital."""

    to: Line
    reason: Line


class Resume(Deed, frozen=True, tag="resume"):
    """Anaesthetised again, from recovery, with a code of its own."""

    code: MaybeCode
    reason: Remark = ""


class Move(Deed, frozen=True, tag="move"):
    """To another bed, with the devices named."""

    bed: Bed
    devices: tuple[Bed, ...] = ()


class Upset(Deed, frozen=True, tag="upset"):
    """The patient cries or is restless: for a while a fast heart is no alarm in recovery."""


class Oxygen(Deed, frozen=True, tag="oxygen"):
    """Whether the patient is given oxygen: in recovery SpO2 is then held to a lower limit."""

    given: bool


class Repeat(Deed, frozen=True, tag="repeat"):
    """Blood pressure is to be measured this often from now on; 0: no longer by the clock."""

    minutes: Annotated[int, Meta(ge=0, le=60)]


class Measured(Deed, frozen=True, tag="reading"):
    """A number that a person read and typed in."""

    measure: Measure
    value: Annotated[float, Meta(ge=0, le=500)]


class Waive(Deed, frozen=True, tag="waive"):
    """A modality is done without, for a reason."""

    modality: Modality
    reason: Line


class Explain(Deed, frozen=True, tag="explain"):
    """The reason for a start in spite of a hold, or with nothing asked."""

    reason: Line


class Correct(Deed, frozen=True, tag="correct"):
    """An earlier entry was wrong: it counts no longer, and stays to be read."""

    entry: Annotated[int, Meta(ge=1)]
    reason: Line


class Pair(Deed, frozen=True, tag="pair"):
    """SpO2 in % and blood pressure in mmHg of one moment, before or after an injection."""

    spo2: Annotated[float, Meta(ge=0, le=100)]
    systolic: Annotated[float, Meta(gt=0, le=400)]
    diastolic: Annotated[float, Meta(gt=0, le=400)]
    manual: bool = True
    """False: as the monitors gave them."""


class Give(Deed, frozen=True, tag="give"):
    """The local anaesthetic is given."""

    drug: Line
    site: Line
    """The anatomical site, as the clinic names it."""
    side: Side
    part: Part
    steroid: Remark = ""
    steroid_mg: Annotated[float, Meta(gt=0)] | None = None
    guided: bool = False
    """By ultrasound."""
    by_specialist: bool = True
    delegated_to: MaybeInitials = ""
    """Who injected instead of the specialist."""
    confirmed: tuple[Duty, ...] = ()
    """What was made sure of where it was delegated."""
    diagnostic: bool = False
    series: Choice = Choice.UNSAID
    history: History = History.UNKNOWN
    """Of treatments elsewhere."""
    anyway: bool = False
    """In spite of a hold."""

    @property
    def delegated(self) -> bool:
        """Tell whether somebody else than the specialist injected."""
        return bool(self.delegated_to) or not self.by_specialist


class Observe(Deed, frozen=True, tag="observe"):
    """The observation after an injection is over."""


class Leave(Deed, frozen=True, tag="leave"):
    """The patient leaves after an injection."""


class Abandon(Deed, frozen=True, tag="abandon"):
    """Readings were taken, or it was begun, and it was not done."""

    reason: Line


Said = (
    Prepare | Checked | Assess | Begin | SetAirway | Ventilate | Sleep | Contact | Relax | Combine
    | Attest | Relieve | Rebook | Finish | Recover | HandOver | Reach | Call | Conclude | Discharge
    | Cancel | Transfer | Resume | Move | Upset | Oxygen | Repeat | Measured | Waive | Explain
    | Correct | Pair | Give | Observe | Leave | Abandon
)  # fmt: skip
"""Everything that can be said of a case."""
