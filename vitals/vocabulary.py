"""The closed vocabularies that both ends of the daemon's socket speak.

Alarm words after IEC 60601-1-8; obligations, bases and verdicts are the product's own.
"""

from __future__ import annotations

from enum import StrEnum


class Priority(StrEnum):
    """Urgency of an alarm condition (IEC 60601-1-8, table 1)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return 1 for low to 3 for high, for comparing."""
        return _RANKS[self]


_RANKS = {Priority.LOW: 1, Priority.MEDIUM: 2, Priority.HIGH: 3}


class ConditionState(StrEnum):
    """Whether an alarm condition exists."""

    INACTIVE = "inactive"
    PENDING = "pending"
    """Seen, but not yet for as long as its onset filter asks."""
    ACTIVE = "active"
    CLEARING = "clearing"
    """Gone, but not yet for as long as its off delay asks: still an alarm."""


class SignalState(StrEnum):
    """What the operator is shown of a condition; apart from whether the condition exists."""

    OFF = "off"
    ON = "on"
    ACKNOWLEDGED = "acknowledged"
    LATCHED = "latched"
    """The condition has gone, its note stays until a person has acknowledged it."""


class AlarmKind(StrEnum):
    """Where an alarm condition arises (IEC 60601-1-8, 3.17 and 3.36)."""

    PHYSIOLOGICAL = "physiological"
    TECHNICAL = "technical"


class Phase(StrEnum):
    """When an obligation holds."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    RECOVERY = "recovery"


class Modality(StrEnum):
    """A way of watching a patient."""

    CLINICAL_OBSERVATION = "clinical_observation"
    PULSE_OXIMETRY = "pulse_oximetry"
    CAPNOGRAPHY = "capnography"
    ECG = "ecg"
    NIBP = "nibp"
    NEUROMUSCULAR = "neuromuscular"


class Obligation(StrEnum):
    """How binding a modality is."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class Basis(StrEnum):
    """What an obligation rests on: the service's contract, or the advice of peers."""

    CONTRACT = "contract"
    ADVISORY = "advisory"


class CaseKind(StrEnum):
    """What a case is: each kind has a table of its own."""

    ANAESTHETIC = "anaesthetic"
    BLOCK = "block"
    """A pain treatment: no induction, no airway, no recovery."""


class CaseState(StrEnum):
    """Where an anaesthetic or a block stands."""

    PLANNED = "planned"
    PREOP = "preop"
    ANAESTHESIA = "anaesthesia"
    ENDED = "ended"
    RECOVERY = "recovery"
    """Early: the anaesthetist's own."""
    LATE_RECOVERY = "late_recovery"
    """Handed to a named person, on instruction, the anaesthetist at call."""
    MONITORING_ENDED = "monitoring_ended"
    DISCHARGED = "discharged"
    READINGS_BEFORE = "readings_before"
    GIVEN = "given"
    READINGS_AFTER = "readings_after"
    OBSERVED = "observed"
    LEFT = "left"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"

    @property
    def over(self) -> bool:
        """Tell whether nothing more is to be done for the patient here."""
        return self in _OVER


_OVER = {
    CaseState.DISCHARGED,
    CaseState.LEFT,
    CaseState.ABANDONED,
    CaseState.CANCELLED,
    CaseState.TRANSFERRED,
}


class Check(StrEnum):
    """What the anaesthetist makes sure of before the start (FAPS, RLTN, chapters 3 and 8)."""

    IDENTITY = "identity"
    """By name and CPR; neither is kept."""
    HISTORY = "history"
    EXAMINATION = "examination"
    CONDITION = "condition"
    """No acute illness."""
    FASTING = "fasting"
    CONSENT = "consent"


class Word(StrEnum):
    """What a patient is before going home (FAPS, RLTN, chapter 3, p. 15)."""

    AWAKE = "awake"
    CLEAR = "clear"
    RELEVANT = "relevant"
    CIRCULATION = "circulation"
    """Stable."""
    RESPIRATION = "respiration"
    """Stable."""


class Flag(StrEnum):
    """What is to be seen of an entry that was taken all the same."""

    OUT_OF_ORDER = "out_of_order"
    """It does not follow from where the case stood."""
    LATE = "late"
    """Entered long after it happened."""
    NAMED = "named"
    """Its words look like a name."""
    CLEARED = "cleared"
    """A person's number stood among its words and was left out."""
    RECALLED = "recalled"
    """It is of a lot that was recalled."""
    EXPIRED = "expired"
    """It is past its last day, or past its time once it was opened or warm."""
    UNCOUNTED = "uncounted"
    """It counts for no row of the minimum stock."""


class Cancellation(StrEnum):
    """Why nothing was begun."""

    FASTING = "fasting"
    INFECTION = "infection"
    NO_SHOW = "no_show"
    OTHER = "other"


class DeviceState(StrEnum):
    """Where a monitor's connection stands."""

    OPENING = "opening"
    RECEIVING = "receiving"
    SILENT = "silent"
    """The port is open and nothing readable comes."""
    LOST = "lost"
    """The port is gone or refuses."""
    DEFECTIVE = "defective"
    """Its driver failed; it is started again after a pause."""


class Fault(StrEnum):
    """Why a device cannot be read, as far as its port or its driver knows."""

    NOISE = "noise"
    """Bytes arrive, and none are valid for its protocol."""
    MISSING = "missing"
    UNPLUGGED = "unplugged"
    IN_USE = "in_use"
    """Another program holds the port."""
    DENIED = "denied"
    NO_PORT = "no_port"
    """What stands in `port` is none."""
    AMBIGUOUS = "ambiguous"
    """Several adapters have the name that stands in `port`."""
    UNREACHABLE = "unreachable"
    """Its server or the device behind it does not answer."""
    DEFECT = "defect"
    OTHER = "other"


class GapCause(StrEnum):
    """Why a required modality gives no value."""

    NOT_ATTACHED = "not_attached"
    STALE = "stale"
    INVALID = "invalid"
    DEVICE_LOST = "device_lost"
    CUFF_SAME_LIMB = "cuff_same_limb"
    """The cuff on the limb of the probe was inflating."""
    WAIVED = "waived"
    RECORDER_DOWN = "recorder_down"
    """Not documented, which is not the same as not monitored."""


class Verdict(StrEnum):
    """What a case comes to on one basis."""

    PASS = "pass"  # noqa: S105 - what a case comes to
    REVIEW = "review"
    FAIL = "fail"


class Weight(StrEnum):
    """How much a finding of the rules weighs."""

    HOLD = "hold"
    """The normal way on is closed; starting anyway is one key and is recorded."""
    NOTICE = "notice"
    ADVICE = "advice"


class Technique(StrEnum):
    """What a person says."""

    MASK_GA = "mask_ga"
    """General anaesthesia by mask: always with anaesthetic gas (chapter 3)."""
    GA = "ga"
    SEDATION = "sedation"
    BLOCK = "block"


class Airway(StrEnum):
    """What keeps the airway."""

    MASK = "mask"
    LMA = "lma"
    TUBE = "tube"
    NONE = "none"


class Ventilation(StrEnum):
    """Who breathes."""

    SPONTANEOUS = "spontaneous"
    CONTROLLED = "controlled"


class Part(StrEnum):
    """The part of the body that a treatment is given in; arm and leg reach to their tips."""

    HEAD = "head"
    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"
    SACRAL = "sacral"
    ARM = "arm"
    LEG = "leg"


class Side(StrEnum):
    """The side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDDLE = "middle"
