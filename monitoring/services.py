"""Service codes: what each one obliges to watch, row by row with its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.technique import Manner
from monitoring.when import When
from vitals.rows import Label, RowsError, Source, Text, converted, parsed, repeated, single
from vitals.vocabulary import Basis, Modality, Obligation, Phase


class Kind(StrEnum):
    """What a code stands for."""

    ANAESTHESIA = "anaesthesia"
    SUPPLEMENT = "supplement"
    """Done with an anaesthetic, and monitored as that is."""
    ADDITION = "addition"
    """Goes with an anaesthetic and adds nothing to watch."""
    TREATMENT = "treatment"
    """A pain treatment without anaesthesia."""
    RECOVERY = "recovery"


class Requirement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One modality's obligation in one phase.

    `conditional` is required once `when` is met and falls away once it is not. `required` with a
    `when` is not in the text: it stands only while the condition is met.
    """

    id: Text
    modality: Modality
    obligation: Obligation
    phase: Phase
    basis: Basis
    when: When | None = None
    readings: Annotated[int, Meta(ge=1, le=100)] | None = None
    """The least number of readings in the phase; none: watched throughout it."""
    every_s: Annotated[float, Meta(gt=0, le=3600)] | None = None
    """From one reading to the next; advice alone, because the texts name no interval."""
    valid_from: date
    proposal: bool
    approved_by: str
    source: Source

    def __post_init__(self) -> None:
        """Refuse a conditional row that does not say under what, and an interval out of place."""
        if self.obligation is Obligation.CONDITIONAL and self.when is None:
            raise ValueError("when: is missing: a conditional row says under what")
        if self.every_s is not None and self.readings is None:
            raise ValueError("every_s: is the time between readings: say how many readings")
        if self.every_s is not None and self.basis is Basis.CONTRACT:
            raise ValueError("every_s: the contract names no interval: make it advice")


class Ban(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the text of a service does not allow: a finding while `when` is met, no obstacle."""

    id: Text
    when: When
    valid_from: date
    proposal: bool
    approved_by: str
    source: Source


class Service(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A service that is asked for by its code."""

    code: Text
    kind: Kind
    level: Annotated[int, Meta(ge=1)] | None = None
    """How much an anaesthetic is watched: 1 for 3021, upwards."""
    allows: tuple[Manner, ...] = ()
    """What the text lets the service be."""
    label: Label
    valid_from: date
    source: Source

    def __post_init__(self) -> None:
        """Refuse a level where none belongs, and an anaesthetic without one."""
        if (self.level is not None) is not (self.kind is Kind.ANAESTHESIA):
            raise ValueError("level: belongs to kind anaesthesia, and only there")


class ServiceRules(Struct, frozen=True):
    """A service, its requirements and what its text does not allow."""

    service: Service
    requirements: tuple[Requirement, ...]
    bans: tuple[Ban, ...] = ()


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    service: Service
    requirement: Any = None
    ban: Any = None


WATCHED = frozenset({Kind.ANAESTHESIA, Kind.RECOVERY})
"""Kinds that always ask for something; a file of theirs without a requirement does not load."""


def service_rules(text: str, file: str) -> ServiceRules:
    """Return the rules of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, bans = _rows(tables, file, head, errors)
    errors += repeated([*(row.id for row in rows), *(ban.id for ban in bans)], file, "requirement")
    places = [f"{row.modality} {row.phase} {row.basis}" for row in rows]
    errors += repeated(places, file, "requirement")
    if errors or head is None:
        raise RowsError(errors)
    return ServiceRules(head.service, tuple(rows), tuple(bans))


def ladder(services: Mapping[str, ServiceRules]) -> tuple[Service, ...]:
    """Return the anaesthetics, the one that is watched least first."""
    found = [one.service for one in services.values() if one.service.level is not None]
    return tuple(sorted(found, key=lambda one: (one.level or 0, one.code)))


def _rows(
    tables: dict[str, Any], file: str, head: _Head | None, errors: list[str]
) -> tuple[list[Requirement], list[Ban]]:
    """Return the rows of both kinds and add what is wrong with them to `errors`."""
    rows: list[Requirement] = []
    bans: list[Ban] = []
    if "requirement" in tables or head is None or head.service.kind in WATCHED:
        rows, faults = converted(tables, file, "requirement", Requirement)
        errors += faults
    if "ban" in tables:
        bans, faults = converted(tables, file, "ban", Ban)
        errors += faults
    return rows, bans
