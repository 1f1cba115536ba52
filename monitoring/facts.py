"""What is known of one anaesthetic; None where nobody has said it yet."""

from __future__ import annotations

from msgspec import Struct

from monitoring.age import Age
from monitoring.durations import Time
from monitoring.technique import DEVICES, Manner, manners
from vitals.vocabulary import Airway, Technique, Ventilation


class Facts(Struct, frozen=True, kw_only=True):
    """The facts that conditions of rules ask for; `elapsed_s` counts from induction.

    Made with facts that exclude each other it raises TechniqueError.
    """

    technique: Technique | None = None
    airway: Airway | None = None
    ventilation: Ventilation | None = None
    contact: bool | None = None
    age: Age | None = None
    elapsed_s: Time | None = None
    relaxant: bool | None = None
    bp_lowering: bool | None = None
    nitrous_oxide: bool | None = None
    """Whether the sedation is with nitrous oxide and oxygen by mask."""

    def __post_init__(self) -> None:
        """Refuse facts that exclude each other."""
        manners(self.technique, self.airway)

    @property
    def manners(self) -> frozenset[Manner]:
        """Return what the technique may be; one where what is known decides it."""
        return manners(self.technique, self.airway, contact=self.contact, gas=self.nitrous_oxide)

    @property
    def placed(self) -> Airway | None:
        """Return the airway as said, or as the technique implies it."""
        if self.airway is None and self.technique is Technique.MASK_GA:
            return Airway.MASK
        return self.airway

    @property
    def device(self) -> bool:
        """Tell whether a tube or a laryngeal mask is known to be in place."""
        return self.airway in DEVICES
