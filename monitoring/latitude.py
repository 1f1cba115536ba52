"""How far the limits of a patient may be set from those by age: one row for each measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from monitoring.once import Limit
from vitals.limits import Bound
from vitals.measure import Measure
from vitals.rows import Source

WATCHED: dict[Measure, tuple[Bound, ...]] = {
    Measure.SPO2: (Bound.LO, Bound.EXT_LO),
    Measure.PULSE_RATE: tuple(Bound),
    Measure.NIBP_SYSTOLIC: (Bound.LO, Bound.HI),
    Measure.NIBP_MEAN: (Bound.LO,),
    Measure.ETCO2: (Bound.LO, Bound.HI),
    Measure.FICO2: (Bound.HI,),
    Measure.RESPIRATORY_RATE: (Bound.LO,),
}
"""What something alarms on, and so can be set; the heart rate is set with the pulse."""
LOWER = (Bound.LO, Bound.EXT_LO)


class Reach(Struct, frozen=True, forbid_unknown_fields=True):
    """The lowest and the highest number that a limit may be set to."""

    least: Limit
    most: Limit

    def __post_init__(self) -> None:
        """Refuse what leaves no number between."""
        if not self.least < self.most:
            raise ValueError("least < most does not hold")

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most


class Latitude(Struct, frozen=True, forbid_unknown_fields=True):
    """How far the limits of one measure may be set, in its unit."""

    measure: Measure
    share: Annotated[float, Meta(gt=0, le=10)]
    """No limit is made wider than by age by more than this share of itself."""
    source: Source
    lo: Reach | None = None
    hi: Reach | None = None
    ext_lo: Reach | None = None
    ext_hi: Reach | None = None

    def __post_init__(self) -> None:
        """Refuse a limit that nothing alarms on, and the absence of one that something does."""
        given = {bound for bound in Bound if getattr(self, bound) is not None}
        if wrong := given.symmetric_difference(WATCHED.get(self.measure, ())):
            raise ValueError(f"{', '.join(sorted(wrong))}: is missing, or nothing alarms on it")

    def reach(self, bound: Bound, preset: float) -> Reach:
        """Return what a limit may be set to for a patient for whom `preset` was chosen by age.

        What was chosen is never out of reach, whatever a row says.
        """
        row: Reach = getattr(self, bound)
        least, most = row.least, row.most
        if bound in LOWER:
            least = max(least, preset * (1 - self.share))
        else:
            most = min(most, preset * (1 + self.share))
        return Reach(min(least, preset), max(most, preset))


def unlisted(rows: Iterable[Latitude]) -> Iterator[str]:
    """Yield each measure that something alarms on and no row says how far it may be set."""
    given = {row.measure for row in rows}
    yield from (measure.value for measure in WATCHED if measure not in given)


def of(rows: Iterable[Latitude], measure: Measure) -> Latitude:
    """Return the row of a measure that has limits; the pulse's for the heart rate."""
    wanted = Measure.PULSE_RATE if measure is Measure.HEART_RATE else measure
    return next(row for row in rows if row.measure is wanted)
