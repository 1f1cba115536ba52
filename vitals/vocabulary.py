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


class CaseState(StrEnum):
    """Where an anaesthetic stands."""

    PLANNED = "planned"
    ANAESTHESIA = "anaesthesia"
    ENDED = "ended"


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
