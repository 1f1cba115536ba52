"""One measured promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, beside what the machine does at its fastest with the same input."""

    name: str
    measured: float
    unit: str
    promise: float
    at_least: bool
    """Whether the promise is a floor for the figure, or a ceiling."""
    floor: float | None = None
    """The same figure with nothing done to the input; None where there is none."""

    @property
    def met(self) -> bool:
        """Tell whether the promise holds on this machine."""
        return self.measured >= self.promise if self.at_least else self.measured <= self.promise

    def line(self) -> str:
        """Return the row of the table."""
        sign = "≥" if self.at_least else "≤"
        floor = "" if self.floor is None else f"floor {self.floor:,.2f}"
        mark = "met" if self.met else "MISSED"
        figure = f"{self.measured:>14,.2f} {self.unit:<12} {sign} {self.promise:<8g}"
        return f"{self.name:<44} {figure} {mark:<7} {floor}"

    def document(self) -> dict[str, object]:
        """Return the row as JSON."""
        return {**asdict(self), "met": self.met}


def verdict(rows: Sequence[Row]) -> str:
    """Return how many promises are met, and which are not."""
    missed = [row.name for row in rows if not row.met]
    met = f"{len(rows) - len(missed)} of {len(rows)} promises met"
    return "; missed: ".join([met, *missed])


def status(rows: Sequence[Row]) -> int:
    """Return what to exit with: 0, or 1 when a promise is missed."""
    return 0 if all(row.met for row in rows) else 1
