"""A simulated gas supply: cylinders that empty with use, behind regulators.

Compressed gas: the content falls with the pressure. N2O is liquid, so only its mass tells how much
is left, and its line holds until the last of it has evaporated.
"""

from __future__ import annotations

from dataclasses import dataclass

LINE_BAR = 4.2
"""What a regulator holds, for a simulated panel alone."""
ALARM_BAR = 3.36
"""20 % below it the panel's contact opens."""
CYLINDER_L = 10.0
FULL_BAR = 137.0
AIR_FULL_BAR = 150.0
N2O_KG = 8.0
N2O_L_PER_KG = 534.0
"""Gas of 15 Cel and 1 atm from 1 kg."""
O2_L_MIN, N2O_L_MIN, AIR_L_MIN = 8.0, 4.0, 1.0


@dataclass(frozen=True, slots=True)
class Supply:
    """What the panel measures: pressures in bar, the mass in kg, gauge and net."""

    o2: float
    n2o: float
    air: float
    o2_cylinder: float
    n2o_mass: float


class Panel:
    """A supply at any moment; `use` multiplies the flows, 0 is none."""

    def __init__(self, use: float = 1.0) -> None:
        self.use = use

    def at(self, elapsed_s: float) -> Supply:
        """Return the supply `elapsed_s` after the cylinders were opened."""
        minutes = elapsed_s / 60 * self.use
        o2 = max(0.0, FULL_BAR - O2_L_MIN * minutes / CYLINDER_L)
        air = max(0.0, AIR_FULL_BAR - AIR_L_MIN * minutes / CYLINDER_L)
        mass = max(0.0, N2O_KG - N2O_L_MIN * minutes / N2O_L_PER_KG)
        return Supply(
            o2=min(LINE_BAR, o2),
            n2o=LINE_BAR if mass else 0.0,
            air=min(LINE_BAR, air),
            o2_cylinder=o2,
            n2o_mass=mass,
        )
