"""What is made sure of when an injection is left to somebody who is no specialist.

Source of the words: Veiledning vedr. samarbeid mellom lege og fysioterapeut om ultralydveiledet
injeksjonsbehandling (PFF), pp. 1-3.
"""

from __future__ import annotations

from enum import StrEnum


class Duty(StrEnum):
    """One thing that is confirmed before a delegated injection."""

    ASSESSMENT = "assessment"
    """By the doctor: diagnosis, indication, what speaks against it."""
    INFORMATION = "information"
    CONSENT = "consent"
    ORDER = "order"
    """The medicine, for this patient."""
    DELEGATION = "delegation"
    """To a person who is named."""
    ULTRASOUND = "ultrasound"
    """Who injects is trained in it."""
    TRAINING = "training"
    """Who injects is trained in injecting."""
    PRESENCE = "presence"
    """Of the doctor, when the injection is given."""
    INSURED_DOCTOR = "insured_doctor"
    INSURED_DELEGATE = "insured_delegate"
    KIT = "kit"
    """For a reaction, with a defibrillator: checked today."""
    JOURNAL_DOCTOR = "journal_doctor"
    JOURNAL_DELEGATE = "journal_delegate"
    INFORMED_GP = "informed_gp"
    """The patient's own doctor."""
    PRIVATE = "private"
    """Outside the hours agreed with the municipality, or there is no such agreement."""
