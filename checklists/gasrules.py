"""The rows of gases.toml: what a cylinder holds, what is kept, and when something is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from vitals.practice import Gas
from vitals.rows import Grounds, Label, RowsError, converted, parsed, repeated, single

Factor = Annotated[float, Meta(ge=1, le=3)]
Share = Annotated[float, Meta(gt=0, le=1)]
Litres = Annotated[float, Meta(gt=0, le=100_000)]
Flow = Annotated[float, Meta(ge=0, le=60)]
Minutes = Annotated[float, Meta(ge=0, le=1440)]
Times = Annotated[float, Meta(ge=0, le=100)]


class Kept(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A gas, however it is kept in its cylinder; volumes in l at 1 bar."""

    gas: Gas
    label: Label
    reserve_label: Label
    """What its reserve cylinder is called."""
    most_fill: Factor
    full_fill: Share
    case_l: Litres
    reserve_min: Minutes
    reserve_l_min: Flow

    @property
    def reserve_l(self) -> float:
        """Return what is kept for an emergency, beside what is used."""
        return self.reserve_min * self.reserve_l_min


class Compressed(Kept, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A gas whose pressure tells how much there is."""


class Liquefied(Kept, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A gas above its own liquid: its mass tells how much there is, its pressure never does."""

    kg_per_l: Annotated[float, Meta(gt=0, le=0.1)]
    fill_kg_per_l: Annotated[float, Meta(gt=0, le=2)]
    """Net mass of a full cylinder by its water capacity."""
    liquid_bar: Annotated[float, Meta(gt=0, le=300)]
    over_mass: Factor


class TrendRow(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How far back a line is drawn, how much of that it must cover, through how many readings."""

    window_min: Annotated[float, Meta(gt=0, le=60)]
    span_min: Annotated[float, Meta(gt=0, le=60)]
    readings: Annotated[int, Meta(ge=3, le=1000)]


class UsageRow(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From how many pairs of readings it is known what a case uses, and at which share of them."""

    pairs: Annotated[int, Meta(ge=2, le=1000)]
    high_share: Annotated[float, Meta(ge=0.5, lt=1)]


class LabelRow(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many calendar years an expiry may lie from today and still be one."""

    years: Annotated[int, Meta(ge=1, le=30)]


class Trouble(StrEnum):
    """What may be said of a gas at a place; in this order, the worst first."""

    STOP = "stop"
    """Less in use than the reserve, and no full reserve."""
    RESERVE_MISSING = "reserve_missing"
    RESERVE_UNREAD = "reserve_unread"
    """Nobody has looked at a reserve cylinder today."""
    EXPIRED = "expired"
    RECALLED = "recalled"
    """The lot of a cylinder was called back."""
    RESERVE_SHORT = "reserve_short"
    """Not full, or less in all than is kept for an emergency."""
    ABSENT = "absent"
    """No cylinder is there at all, in use or in reserve."""
    MISSING = "missing"
    """No cylinder is in use."""
    UNREAD = "unread"
    """What is in use was not read today."""
    SOON = "soon"
    """Empty within so many minutes at the flow of now."""
    PRESSURE = "pressure"
    CASES = "cases"
    """What is in use is not enough for so many cases."""
    LIST = "list"
    """The list of the day and the reserve are more than there is."""
    TOMORROW = "tomorrow"
    """What is left after today is less than so many times the next day's list."""
    LIQUID_GONE = "liquid_gone"
    UNWEIGHED = "unweighed"
    """What is in use was never weighed: its content is not known, or worked out."""
    SHARE = "share"
    ORDER_SHARE = "order_share"


LIMITS = ("below_min", "below_bar", "below_cases", "below_lists", "below_share")
NEEDS: dict[Trouble, str] = {
    Trouble.SOON: "below_min",
    Trouble.PRESSURE: "below_bar",
    Trouble.CASES: "below_cases",
    Trouble.LIST: "below_cases",
    Trouble.TOMORROW: "below_lists",
    Trouble.SHARE: "below_share",
    Trouble.ORDER_SHARE: "below_share",
}
"""The one limit that a threshold has; the others have none."""


class Threshold(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When something is said of a gas, and whether it holds back and is ordered by."""

    id: Trouble
    gases: Annotated[tuple[Gas, ...], Meta(min_length=1)]
    holds: tuple[Gas, ...]
    orders: bool
    below_min: Minutes | None = None
    below_bar: Annotated[float, Meta(gt=0, le=300)] | None = None
    below_cases: Times | None = None
    below_lists: Times | None = None
    below_share: Share | None = None

    @property
    def limit(self) -> float | None:
        """Return the limit, in the unit of its key; None where there is none."""
        given = (getattr(self, key) for key in LIMITS)
        return next((float(one) for one in given if one is not None), None)

    def faults(self) -> list[str]:
        """Return what does not fit together, each with how to mend it."""
        needed = NEEDS.get(self.id)
        given = [key for key in LIMITS if getattr(self, key) is not None]
        strange = [one.value for one in self.holds if one not in self.gases]
        return [
            *(f"{key}: does not belong here: remove it" for key in given if key != needed),
            *([f"{needed}: is missing: add it"] if needed and needed not in given else []),
            *(f"holds: {gas!r} is not among gases: add it there" for gas in strange),
            *(["holds: 'n2o' never holds: remove it"] if Gas.NITROUS_OXIDE in self.holds else []),
        ]


class GasRules(Struct, frozen=True, kw_only=True):
    """Every row of gases.toml."""

    valid_from: date
    kept: dict[Gas, Compressed | Liquefied]
    thresholds: dict[Trouble, Threshold]
    trend: TrendRow
    usage: UsageRow
    label: LabelRow


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    valid_from: date
    trend: TrendRow
    usage: UsageRow
    label: LabelRow
    compressed: Any = None
    liquefied: Any = None
    threshold: Any = None


def gas_rules(text: str, file: str) -> GasRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    compressed, faults = converted(tables, file, "compressed", Compressed)
    liquefied, more = converted(tables, file, "liquefied", Liquefied)
    thresholds, most = converted(tables, file, "threshold", Threshold)
    kept: list[Compressed | Liquefied] = [*compressed, *liquefied]
    errors += faults + more + most
    if not faults and not more:
        errors += once([one.gas for one in kept], list(Gas), file, "compressed")
    if not most:
        errors += once([one.id for one in thresholds], list(Trouble), file, "threshold")
        errors += _unfitting(thresholds, file)
    if errors or head is None:
        raise RowsError(errors)
    return GasRules(
        valid_from=head.valid_from,
        kept={one.gas: one for one in kept},
        thresholds={one.id: one for one in thresholds},
        trend=head.trend,
        usage=head.usage,
        label=head.label,
    )


def once(ids: Sequence[str], wanted: Sequence[str], file: str, name: str) -> list[str]:
    """Return an error line for each id that is not wanted, that stands twice, or is not there."""
    where = f"{file}: [[{name}]]"
    return [
        *(f"{where} {one!s}: is not known: remove it" for one in ids if one not in wanted),
        *repeated([str(one) for one in ids], file, name),
        *(f"{where} {one!s}: is missing: add it" for one in wanted if one not in ids),
    ]


def _unfitting(rows: Sequence[Threshold], file: str) -> list[str]:
    return [f"{file}: [[threshold]] {row.id!s}: {fault}" for row in rows for fault in row.faults()]
