"""How a patient sleeps, as it is said and as the service descriptions tell it apart.

Service descriptions: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapters 3
and 8.
"""

from __future__ import annotations

from enum import StrEnum

from vitals.vocabulary import Airway, Technique


class TechniqueError(Exception):
    """Two facts that exclude each other; the message says what was expected."""


class Manner(StrEnum):
    """What a service description allows or does not: technique and airway together."""

    MASK_GA = "mask_ga"
    GA_AIRWAY = "ga_airway"
    """General anaesthesia with a tube or a laryngeal mask."""
    GA_NO_DEVICE = "ga_no_device"
    """Intravenous general anaesthesia with nothing in the airway."""
    SEDATION = "sedation"
    BLOCK = "block"


DEVICES = frozenset({Airway.LMA, Airway.TUBE})
"""What stands in the airway: a tube, or a laryngeal mask at its entrance (chapter 3)."""
ASLEEP = frozenset({Manner.MASK_GA, Manner.GA_AIRWAY, Manner.GA_NO_DEVICE})
_BY_AIRWAY = {
    Airway.MASK: Manner.MASK_GA,
    Airway.LMA: Manner.GA_AIRWAY,
    Airway.TUBE: Manner.GA_AIRWAY,
    Airway.NONE: Manner.GA_NO_DEVICE,
}


def manners(
    technique: Technique | None,
    airway: Airway | None = None,
    *,
    contact: bool | None = None,
    gas: bool | None = None,
) -> frozenset[Manner]:
    """Return every manner that what is known leaves open; one where it decides.

    Sedation in which the patient cannot be reached by voice or touch is general anaesthesia
    (chapter 3): by mask where it is with `gas`, nitrous oxide and oxygen, else intravenous. Raise
    TechniqueError for a mask anaesthesia with something in the airway.
    """
    if technique is Technique.MASK_GA and airway in DEVICES:
        raise TechniqueError(
            f"mask_ga has no device in the airway: write ga with {airway}, or mask_ga with mask"
        )
    match technique:
        case None:
            return frozenset(Manner)
        case Technique.GA:
            return ASLEEP if airway is None else frozenset({_BY_AIRWAY[airway]})
        case Technique.SEDATION if contact is False:
            if airway in DEVICES:
                return frozenset({Manner.GA_AIRWAY})
            return frozenset({Manner.MASK_GA if gas else Manner.GA_NO_DEVICE})
        case _:
            return frozenset({Manner(technique)})
