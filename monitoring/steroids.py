"""Steroids: how much of each corresponds to how much methylprednisolone acetate."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from monitoring.treatments import Dose
from vitals.rows import Label, RowsError, Source, Text, converted, parsed, repeated, single

Amount = Annotated[float, Meta(gt=0, le=1000)]


class Equivalent(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many mg of a drug correspond to so many mg of methylprednisolone acetate."""

    drug: Text
    label: Label
    atc: Annotated[str, Meta(pattern=r"\AH02AB[0-9]{2}\Z")]
    mg: Amount
    corresponds_mg: Amount
    proposal: bool
    approved_by: str
    approved_on: str
    source: Source

    @property
    def approved(self) -> bool:
        """Tell whether it stands in the document or a doctor confirmed it."""
        return not self.proposal or bool(self.approved_by)

    @property
    def strength(self) -> Fraction:
        """Return what one mg corresponds to, exactly as written: a third of 40 mg is just that."""
        return Fraction(str(self.corresponds_mg)) / Fraction(str(self.mg))


class Bound(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How strong a clinic may call a drug, as a multiple of what ships, both ends included."""

    id: Text
    least: Annotated[float, Meta(gt=0, le=1)]
    most: Annotated[float, Meta(ge=1, le=100)]
    proposal: bool
    approved_by: str
    source: Source


class Total(Struct, frozen=True):
    """What steroids add up to, in mg of methylprednisolone acetate."""

    mg: float | None
    """None: a dose or its equivalent is not known."""
    approved: bool
    """False: an equivalent was used that no doctor has confirmed."""


class SteroidRules(Struct, frozen=True):
    """The equivalents by drug."""

    valid_from: date
    bound: Bound
    drugs: dict[str, Equivalent]

    def total(self, doses: tuple[Dose, ...]) -> Total:
        """Return what doses of whatever drugs add up to."""
        used = [self.drugs.get(dose.drug) for dose in doses]
        approved = all(row.approved for row in used if row is not None)
        parts = [_part(dose, row) for dose, row in zip(doses, used, strict=True)]
        known = [part for part in parts if part is not None]
        return Total(float(sum(known)) if len(known) == len(parts) else None, approved)


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    bound: Bound
    steroid: Any = None


def steroid_rules(text: str, file: str) -> SteroidRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    rows, faults = converted(tables, file, "steroid", Equivalent)
    errors += faults + repeated([row.drug for row in rows], file, "steroid")
    if errors or head is None:
        raise RowsError(errors)
    return SteroidRules(head.valid_from, head.bound, {row.drug: row for row in rows})


def _part(dose: Dose, row: Equivalent | None) -> Fraction | None:
    """Return one dose's equivalent, exactly: three thirds of 40 mg are 40 mg."""
    if row is None or dose.mg is None:
        return None
    return Fraction(str(dose.mg)) * row.strength
