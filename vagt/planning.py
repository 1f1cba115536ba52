"""What holds an operation when it is planned, as it is printed; an airway is never held by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitoring.age import Age
from monitoring.findings import Finding
from monitoring.mapping import Mapped, Outcome
from monitoring.procedures import Procedures
from vitals.rows import Label


def found(
    table: Procedures, outcome: Outcome, site: str | None, patient: Age | None
) -> tuple[Finding, ...]:
    """Return what holds the operation; nothing where no row or no age is known."""
    if patient is None or not isinstance(outcome, Mapped):
        return ()
    return table.planned(outcome.row, site, two_years=patient.two_years)


def document(table: Procedures, holds: Sequence[Finding]) -> dict[str, object]:
    """Return the holds as a part of a JSON document."""
    return {
        "holds": [
            {
                "rule": one.rule,
                "source": one.source,
                "approved": one.approved,
                "label": _label(table, one),
            }
            for one in holds
        ]
    }


def lines(table: Procedures, holds: Sequence[Finding]) -> Iterator[str]:
    """Yield the holds for people, in English and as a Danish clinic says it."""
    for one in holds:
        label, standing = _label(table, one), "" if one.approved else " (NOT APPROVED)"
        yield f"  HOLD{standing}: {label.en}"
        yield f"    {label.da}"
        yield f"    {one.rule}: {one.source}"


def _label(table: Procedures, hold: Finding) -> Label:
    labels = {row.id: row.label for row in (table.hold, table.unsaid)}
    return labels[hold.rule]
