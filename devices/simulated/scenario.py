"""A scenario: devices, patients, and what happens to them; read strictly, all errors at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from devices.simulated.course import Steps
from devices.simulated.patient import Patient
from devices.simulated.rows import (
    Cable,
    CableEvent,
    DeviceRow,
    Event,
    Name,
    PatientEvent,
    PatientRow,
    Seconds,
    StaffEvent,
    Trouble,
    TroubleEvent,
)
from devices.simulated.sense import contradictions

Row = TypeVar("Row")


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, its rows not yet read."""

    name: Name
    label: str
    duration_s: Seconds
    device: list[Any]
    patient: list[Any]
    event: list[Any] = []
    repeats: bool = False
    induction_grace_s: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that holds together; events in the order of their times."""

    name: str
    label: str
    duration_s: float
    repeats: bool
    """Everything begins anew after `duration_s`, for ever."""
    induction_grace_s: float | None
    """How long after a case's start a missing modality is no gap; None leaves the default."""
    devices: tuple[DeviceRow, ...]
    patients: tuple[PatientRow, ...]
    turns: tuple[PatientEvent, ...]
    cables: tuple[CableEvent, ...]
    troubles: tuple[TroubleEvent, ...]
    staff: tuple[StaffEvent, ...]

    def cable_in(self, device: str, elapsed_s: float) -> bool:
        """Tell whether the cable of `device` is plugged in."""
        local_s = elapsed_s % self.duration_s if self.repeats else elapsed_s
        past = [m.cable for m in self.cables if m.device == device and m.at_s <= local_s]
        return not past or past[-1] is Cable.IN

    def trouble(self, device: str) -> Steps[Trouble]:
        """Return what ails `device`, by the time since the start."""
        own = [(turn.at_s, turn.trouble) for turn in self.troubles if turn.device == device]
        return Steps(Trouble.NONE, own, self.duration_s if self.repeats else None)

    def patient(self, bed: str, seed: int = 0) -> Patient:
        """Return the patient of `bed`, steered by this scenario."""
        row = next(row for row in self.patients if row.bed == bed)
        turns = [turn for turn in self.turns if turn.bed in (bed, None)]
        return Patient(row, turns, seed=seed, period_s=self.duration_s if self.repeats else None)


def read_scenario(text: str, file_name: str) -> Scenario | list[str]:
    """Return the scenario that `text` describes, or every error in it, one line each."""
    errors: list[str] = []
    scenario = _scenario(text, errors)
    if scenario is not None and not errors:
        return scenario
    return [f"{file_name}: {error}" for error in errors]


def _scenario(text: str, errors: list[str]) -> Scenario | None:
    head = _head(text, errors)
    if head is None:
        return None
    devices = tuple(_rows("device", head.device, DeviceRow, errors))
    patients = tuple(_rows("patient", head.patient, PatientRow, errors))
    events = sorted(_events(head.event, errors), key=lambda event: event.at_s)
    if not errors:  # what a broken row names would only be missed a second time
        errors += contradictions(devices, patients, events, head.duration_s)
    return Scenario(
        name=head.name,
        label=head.label,
        duration_s=head.duration_s,
        repeats=head.repeats,
        induction_grace_s=head.induction_grace_s,
        devices=devices,
        patients=patients,
        turns=tuple(event for event in events if isinstance(event, PatientEvent)),
        cables=tuple(event for event in events if isinstance(event, CableEvent)),
        troubles=tuple(event for event in events if isinstance(event, TroubleEvent)),
        staff=tuple(event for event in events if isinstance(event, StaffEvent)),
    )


def _head(text: str, errors: list[str]) -> Head | None:
    try:
        return msgspec.convert(tomllib.loads(text), Head)
    except tomllib.TOMLDecodeError as error:
        errors.append(f"is not TOML: {error}")
    except msgspec.ValidationError as error:
        errors.append(str(error))
    return None


def _rows(table: str, rows: Sequence[Any], kind: type[Row], errors: list[str]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        try:
            yield msgspec.convert(row, kind)
        except msgspec.ValidationError as error:
            errors.append(f"{table} {number}: {error}")


def _events(rows: Sequence[Any], errors: list[str]) -> Iterator[Event]:
    for number, row in enumerate(rows, 1):
        try:
            yield msgspec.convert(row, _kind(row))
        except msgspec.ValidationError as error:
            errors.append(f"event {number}: {error}")


_KINDS: Mapping[str, type[Event]] = {
    "do": StaffEvent,
    "cable": CableEvent,
    "trouble": TroubleEvent,
}


def _kind(row: object) -> type[Event]:
    """Return the kind that a row's key asks for; a second kind's keys are then unknown to it."""
    keys: Mapping[str, object] = row if isinstance(row, dict) else {}
    return next((kind for key, kind in _KINDS.items() if key in keys), PatientEvent)
