"""Whether each obligation of the running case is met just now, and why not."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from monitoring.detectors import PROVES
from monitoring.obligations import Obliged
from monitoring.view import BedView, DeviceView
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import Basis, GapCause, Modality, Obligation, Phase

_TELLING = (GapCause.INVALID, GapCause.STALE, GapCause.DEVICE_LOST, GapCause.NOT_ATTACHED)
"""What says most first: a device that is there and gives nothing, before one that is gone."""


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
    """Return None as soon as one device proves the modality, else what says most of why none does.

    A device that never gave it says less than one that did, wherever it stands.
    """
    measure, told = PROVES.get(modality), (1, GapCause.NOT_ATTACHED)
    for device in devices:
        found = _cause(device, measure)
        if found is None:
            return None
        silent = int(measure not in device.samples)
        told = min(told, (silent, found), key=_says)
    return told[1]


def _says(told: tuple[int, GapCause]) -> tuple[int, int]:
    silent, found = told
    return silent, _TELLING.index(found)


def _cause(device: DeviceView, measure: Measure | None) -> GapCause | None:
    sample = None if measure is None else device.samples.get(measure)
    if not device.receiving:
        return GapCause.DEVICE_LOST
    if sample is None or measure is None:
        return GapCause.NOT_ATTACHED
    if device.current(measure) is None:
        return GapCause.STALE
    if sample.value is not None:
        return None
    off = sample.quality is Quality.INVALID and Note.NO_BREATH not in device.notes
    return GapCause.NOT_ATTACHED if off else GapCause.INVALID
