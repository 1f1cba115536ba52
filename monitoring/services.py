"""Service codes: what each one obliges to watch, row by row with its source."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from monitoring.rows import Label, RowsError, Source, Text, converted, parsed, repeated, single
from vitals.vocabulary import Basis, Modality, Obligation, Phase


class Requirement(Struct, frozen=True, forbid_unknown_fields=True):
    """One modality's obligation in one phase."""

    id: Text
    modality: Modality
    obligation: Obligation
    phase: Phase
    basis: Basis
    source: Source


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """A service that is asked for by its code."""

    code: Text
    label: Label
    source: Source


class ServiceRules(Struct, frozen=True):
    """A service and its requirements."""

    service: Service
    requirements: tuple[Requirement, ...]

    def required(self, phase: Phase) -> frozenset[Modality]:
        """Return what the contract requires in a phase."""
        return frozenset(
            row.modality
            for row in self.requirements
            if row.phase is phase
            and row.basis is Basis.CONTRACT
            and row.obligation is Obligation.REQUIRED
        )


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    service: Service
    requirement: Any = None


def service_rules(text: str, file: str) -> ServiceRules:
    """Return the rules of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, faults = converted(tables, file, "requirement", Requirement)
    errors += faults + repeated([row.id for row in rows], file, "requirement")
    places = [f"{row.modality} {row.phase} {row.basis}" for row in rows]
    errors += repeated(places, file, "requirement")
    if errors or head is None:
        raise RowsError(errors)
    return ServiceRules(head.service, tuple(rows))
