"""Keys of the gases: what is read, flows, is used and is ordered; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.practice import CylinderLine, Supply
from tui.acting import Spoken, asking
from tui.gasline import chosen
from tui.prompt import Morning, note
from tui.sight import Sight
from vitals import acts
from vitals.practice import Gas, Use


def pressed(sight: Sight, prompt: Morning, sign: str, at: float | None) -> Spoken | None:
    """Return what a key says of the gas or the cylinder that is chosen; None for any other."""
    key = sign.lower()
    if key == "n":
        new = acts.Cylinder("-", Gas.OXYGEN, 1, 1, "-")
        return asking("cylinder", new, prompt, at)
    if key not in ("enter", "u", "o", "b"):
        return None
    one = chosen(sight, prompt)
    if one is None:
        return replace(prompt, line=note("note.nothing", sight.now))
    if key in ("o", "b"):
        return _of_gas(prompt, one, key, at)
    return _of_cylinder(sight, prompt, one, key, at)


def _of_gas(prompt: Morning, one: Supply | CylinderLine, key: str, at: float | None) -> Spoken:
    """Return the question for the flow, or whether it was ordered."""
    if key == "b":
        return asking("ordered", acts.OrderGas(one.gas, one.place), prompt, at)
    return asking("flow", acts.Flow(one.gas, one.place, 0), prompt, at)


def _of_cylinder(
    sight: Sight, prompt: Morning, one: Supply | CylinderLine, key: str, at: float | None
) -> Spoken:
    """Return the question for a reading or for what it is there for; a supply has neither.

    Nitrous oxide is weighed: as long as any of it is liquid, its pressure says nothing.
    """
    if isinstance(one, Supply):
        return replace(prompt, line=note("morning.no_cylinder", sight.now))
    if key == "u":
        unknown = one.litres is None or one.use is Use.EMPTY
        asks = unknown and one.gas is Gas.NITROUS_OXIDE
        form = "connect_liquid" if asks else "connect"
        return asking(form, acts.Connect(one.name, Use.IN_USE), prompt, at)
    if one.gas is Gas.NITROUS_OXIDE:
        return asking("weigh", acts.Weigh(one.name, 1), prompt, at)
    return asking("gauge", acts.Gauge(one.name, 0), prompt, at)
