"""Heat: a processor that is slowed down draws late and may answer late."""

from __future__ import annotations

from vagt.doctor.board import raspberry
from vagt.doctor.files import number
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.firmware import CAPPED, SINCE, SOFT, THROTTLED, UNDERVOLTED, bits
from vagt.doctor.scene import Scene

HOT_C = 80
"""From here on the firmware slows the processor (Raspberry Pi documentation, Frequency management
and thermal control)."""
_SLOWED = CAPPED | THROTTLED | SOFT
_REMEDY = "give it air, a heat sink or a fan, and stand it away from what is warm"


def heat(scene: Scene) -> Result:
    """Say how warm the processor of a Raspberry Pi is, and whether that slows it down."""
    if not raspberry(scene.root):
        return Result()
    warm, said = _warmest(scene), bits(scene)
    told = "how warm it is cannot be known here" if warm is None else f"{warm:.0f} °C"
    if _slowed(said or 0) or (warm or 0) >= HOT_C:
        what = f"heat: the processor is slowed down just now ({told}), and screens lag behind"
        return found("heat", f"{told}, slowed down", Finding("heat_slowed", what, _REMEDY))
    if _slowed((said or 0) >> SINCE):
        what = "heat: the processor was slowed down at some time since the start"
        return found("heat", f"{told}, was slowed", Finding("heat_was_slowed", what, _REMEDY))
    return seen("heat", told)


def _slowed(said: int) -> bool:
    """Tell whether it is slowed down by heat; for too little voltage power has the word."""
    return bool(said & _SLOWED) and not said & UNDERVOLTED


def _warmest(scene: Scene) -> float | None:
    zones = scene.root.glob("sys/class/thermal/thermal_zone*/temp")
    told = [one / 1000 for zone in zones if (one := number(zone)) is not None]
    return max(told, default=None)
