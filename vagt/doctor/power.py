"""Power: too little of it loses adapters and damages cards before anything else shows."""

from __future__ import annotations

from vagt.doctor.board import raspberry
from vagt.doctor.files import text
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.firmware import SINCE, UNDERVOLTED, alarmed, bits
from vagt.doctor.scene import Scene

_REMEDY = (
    "use the official power supply of this model with its own cable, and plug what draws much"
    " into a hub with a supply of its own"
)
_LEADS = "a monitor's adapter may drop out and the card may be damaged"


def power(scene: Scene) -> Result:
    """Say whether a Raspberry Pi gets enough voltage, now and since it was started."""
    if not raspberry(scene.root):
        return Result()
    said = bits(scene)
    if alarmed(scene) or (said or 0) & UNDERVOLTED:
        what = f"power: the voltage is too low just now, and {_LEADS}"
        return found("power", "too low", Finding("power_low", what, _REMEDY))
    if (said or 0) >> SINCE & UNDERVOLTED:
        what = f"power: the voltage was too low at some time since the start, and {_LEADS}"
        return found("power", "was too low", Finding("power_was_low", what, _REMEDY))
    if said is None and not _watched(scene):
        return seen("power", "whether it is enough cannot be known here: try with sudo")
    since = "" if said is None else ", and was since the start"
    return seen("power", f"enough just now{since}")


def _watched(scene: Scene) -> bool:
    return any(text(name) == "rpi_volt" for name in scene.root.glob("sys/class/hwmon/*/name"))
