"""Whether each obligation of the running case is met just now, and why not."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from monitoring.detectors import PROVES
from monitoring.obligations import Obliged
from monitoring.view import BedView, DeviceView
from vitals.reading import Note, Quality
from vitals.vocabulary import Basis, GapCause, Modality, Obligation, Phase


class Cell(Struct, frozen=True):
    """One obligation; `met` is None where a person attests it (clinical observation)."""

    obliged: Obliged
    met: bool | None
    cause: GapCause | None
    due: bool = True
    """False: not met, and the time to attach it after the start still runs."""


def cells(
    rows: Iterable[Obliged], bed: BedView, phase: Phase, *, device: bool = False
) -> tuple[Cell, ...]:
    """Return one cell for each obligation of the phase, in the order of the rows.

    Advice that hangs on a fact that nobody has said is none. `device` tells whether one is in the
    airway: CO2 is due at once then.
    """
    asked = (row for row in rows if row.phase is phase and not _unasked(row))
    found = (_cell(row, bed) for row in asked)
    return tuple(structs.replace(one, due=_due(one, bed, device=device)) for one in found)


def _due(cell: Cell, bed: BedView, *, device: bool) -> bool:
    """Tell whether what is not met should be: a connection that is lost never has time."""
    if cell.met is not False or cell.cause is GapCause.DEVICE_LOST:
        return True
    hangs = device and cell.obliged.modality is Modality.CAPNOGRAPHY
    attaching = bed.case.in_grace or cell.obliged.modality in bed.case.attaching
    return hangs or cell.obliged.phase is not Phase.DURING or not attaching


def _unasked(row: Obliged) -> bool:
    return row.basis is Basis.ADVISORY and row.obligation is Obligation.CONDITIONAL


def _cell(row: Obliged, bed: BedView) -> Cell:
    if row.modality is Modality.CLINICAL_OBSERVATION:
        return Cell(row, met=None, cause=None)
    devices = [device for device in bed.devices if row.modality in device.modalities]
    found = cause(row.modality, devices)
    return Cell(row, met=found is None, cause=found)


def cause(modality: Modality, devices: Iterable[DeviceView]) -> GapCause | None:
    """Return None as soon as one device proves the modality, else why the last one does not."""
    found = GapCause.NOT_ATTACHED
    measure = PROVES.get(modality)
    for device in devices:
        sample = None if measure is None else device.samples.get(measure)
        if sample is None or not device.receiving:
            found = GapCause.NOT_ATTACHED if device.receiving else GapCause.DEVICE_LOST
        elif measure is not None and device.current(measure) is None:
            found = GapCause.STALE
        elif sample.value is not None:
            return None
        else:
            off = sample.quality is Quality.INVALID and Note.NO_BREATH not in device.notes
            found = GapCause.NOT_ATTACHED if off else GapCause.INVALID
    return found
