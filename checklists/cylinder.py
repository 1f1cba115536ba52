"""How much gas a cylinder holds: by pressure what is compressed, by mass what is liquefied.

Volumes are in l at 1 bar. A compressed gas is reckoned as an ideal one: of oxygen a full cylinder
then shows some 7 % less than it has, the safe side. Above a liquid the pressure stands still until
the liquid is gone, so nothing here turns a pressure of nitrous oxide into a volume. The numbers are
rows of gases.toml.
"""

from __future__ import annotations

from checklists.gasrules import Compressed, Liquefied
from vitals.acts import Cylinder
from vitals.against import Line


class ContentError(Exception):
    """What was read of a cylinder cannot be so; `line` says why, and how to mend it."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


def compressed_l(label: Cylinder, bar: float, row: Compressed) -> float:
    """Return what a cylinder of compressed gas holds; raises ContentError."""
    _readable(label, bar, row.most_fill)
    return label.capacity_l * bar


def weighed_l(label: Cylinder, kg: float, row: Liquefied) -> float:
    """Return what a cylinder of liquefied gas holds by its mass, whole; raises ContentError."""
    if label.tare_kg is None:
        line = f"the tare of {label.cylinder} is not known: enter its label again, with the tare"
        raise ContentError(Line.of(line, "no_tare", cylinder=label.cylinder))
    net_kg = kg - label.tare_kg
    if not net_kg >= 0:
        line = (
            f"{kg:g} kg is below the tare of {label.cylinder}, {label.tare_kg:g} kg: "
            "weigh the whole cylinder, or mend the tare"
        )
        told = {"kg": kg, "most": label.tare_kg}
        raise ContentError(Line.of(line, "below_tare", cylinder=label.cylinder, **told))
    most_kg = label.capacity_l * row.fill_kg_per_l * row.over_mass
    if net_kg > most_kg:
        line = (
            f"{kg:g} kg is more than {label.cylinder} can weigh, {label.tare_kg + most_kg:.1f} kg: "
            "weigh it again, or mend its label"
        )
        told = {"kg": kg, "most": round(label.tare_kg + most_kg, 1)}
        raise ContentError(Line.of(line, "too_heavy", cylinder=label.cylinder, **told))
    return net_kg / row.kg_per_l


def full_l(label: Cylinder, row: Compressed | Liquefied) -> float:
    """Return what a full cylinder holds, by its label."""
    match row:
        case Compressed():
            return label.capacity_l * label.fill_bar
        case Liquefied():
            return label.capacity_l * row.fill_kg_per_l / row.kg_per_l


def vapour_l(label: Cylinder, row: Liquefied) -> float:
    """Return the most that is in a cylinder of liquefied gas whose liquid is gone."""
    return label.capacity_l * row.liquid_bar


def liquid_gone(label: Cylinder, bar: float, row: Liquefied) -> bool:
    """Tell whether a pressure, read while nothing flows, says that no liquid is left.

    It says nothing else. Raises ContentError.
    """
    _readable(label, bar, row.most_fill)
    return bar < row.liquid_bar


def minutes_left(litres: float, l_min: float, kept_l: float = 0.0) -> float | None:
    """Return for how long a gas is enough, keeping `kept_l`; None while nothing flows."""
    return max(0.0, litres - kept_l) / l_min if l_min > 0 else None


def _readable(label: Cylinder, bar: float, most_fill: float) -> None:
    """Refuse a pressure that no gauge of this cylinder shows."""
    most_bar = label.fill_bar * most_fill
    if not bar >= 0:
        line = f"{bar:g} bar is no pressure of a gauge: read it again"
        raise ContentError(Line.of(line, "no_pressure", bar=bar))
    if bar > most_bar:
        line = (
            f"{bar:g} bar is more than {label.cylinder} can hold, which is filled to "
            f"{label.fill_bar:g} bar: read the gauge again, or mend its label"
        )
        told = {"bar": bar, "most": label.fill_bar}
        raise ContentError(Line.of(line, "too_full", cylinder=label.cylinder, **told))
