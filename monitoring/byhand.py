"""What a person reads and types, where a bed has no monitor of it."""

from __future__ import annotations

from monitoring.sighting import PROVES
from monitoring.view import BedView
from vitals.vocabulary import Modality


def typed_s(bed: BedView, modality: Modality) -> float | None:
    """Return since when what proves a modality was typed last, in s.

    None where nobody has, and where a monitor of it stands at the bed: it is missed then, whatever
    anybody types.
    """
    if any(modality in device.modalities for device in bed.devices):
        return None
    return bed.case.typed_s.get(PROVES[modality])


def by_hand(bed: BedView, modality: Modality) -> bool:
    """Tell whether a person stands for a monitor: for as long as the row says.

    Of blood pressure for good: `nibp_overdue` says when the next one is due.
    """
    age_s = typed_s(bed, modality)
    if age_s is None:
        return False
    return modality is Modality.NIBP or age_s <= bed.case.allowances.typed.within_s
