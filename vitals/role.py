"""What people are in a practice: said in its configuration, and used by the rows of roles."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the practice."""

    ANAESTHESIOLOGIST = "anaesthesiologist"
    RECOVERY = "recovery"
    """Watches patients in the last part of recovery, on instruction."""
    OWNER = "owner"
    TECHNICIAN = "technician"


class Signer(StrEnum):
    """Who says that a patient goes home."""

    ANAESTHESIOLOGIST = "anaesthesiologist"
    RECOVERY = "recovery"
    """Whom the patient was handed to, on an instruction of the same day."""
