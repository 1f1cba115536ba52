"""What the firmware of a Raspberry Pi holds against power and heat, now and since the start."""

from __future__ import annotations

from vagt.doctor.files import number, text
from vagt.doctor.scene import Scene

UNDERVOLTED, CAPPED, THROTTLED, SOFT = 0x1, 0x2, 0x4, 0x8
"""Bits of `get_throttled` (Raspberry Pi documentation, vcgencmd): so just now."""
SINCE = 16
"""The same bits, shifted so far: it was so at some time since the start."""

_FILES = "sys/devices/platform/soc*/soc*:firmware/get_throttled"


def bits(scene: Scene) -> int | None:
    """Return the bits; None where nothing tells them.

    The program is asked first: whoever reads the file makes a newer kernel warn in its log.
    """
    _, _, said = scene.run("/usr/bin/vcgencmd", "get_throttled").partition("=")
    try:
        return int(said, 16)
    except ValueError:
        told = (number(file, 16) for file in scene.root.glob(_FILES))
        return next((one for one in told if one is not None), None)


def alarmed(scene: Scene) -> bool:
    """Tell whether the kernel's own watch says that the voltage is too low just now."""
    sensors = scene.root.glob("sys/class/hwmon/*")
    volts = [one for one in sensors if text(one / "name") == "rpi_volt"]
    return any(number(one / "in0_lcrit_alarm") == 1 for one in volts)
