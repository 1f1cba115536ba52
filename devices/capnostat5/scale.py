"""From the module's own unit to kPa.

Document: Respironics, "OEM module interface" (1015115DS1), command 84h, ISB 01h and 07h. The unit
is kept by the module for whoever asks, so that it is not known before the module has told it.
"""

from __future__ import annotations

from enum import IntEnum

from devices.capnostat5.frame import WORD_BYTES, word
from devices.capnostat5.setting import Index, Setting

MMHG_PER_KPA = 7.50062
HIGHEST_KPA = 20.0
"""0 to 150 mmHg, 20 kPa, is the range that sellers of such sensors publish; more is no measurement.

The maker's own document is not public.
"""


class Unit(IntEnum):
    """The data of ISB 07h."""

    MMHG = 0
    KPA = 1
    VOLUME_PERCENT = 2


class Scale:
    """The unit, and for volume per cent the pressure, as the module told them."""

    def __init__(self) -> None:
        self._unit: int | None = None
        self._pressure_mmhg: int | None = None

    def hear(self, setting: Setting) -> None:
        """Take what the module tells of a setting; an empty echo tells nothing."""
        if setting.index == Index.UNIT and len(setting.data) == 1:
            self._unit = setting.data[0]
        elif setting.index == Index.PRESSURE and len(setting.data) == WORD_BYTES:
            self._pressure_mmhg = word(setting.data)

    def forget(self) -> None:
        """Know nothing again: another module may answer now."""
        self._unit = self._pressure_mmhg = None

    def kpa(self, value: float) -> float | None:
        """Return `value` in kPa; None as long as that is not known."""
        match self._unit:
            case Unit.KPA:
                return value
            case Unit.MMHG:
                return value / MMHG_PER_KPA
            case Unit.VOLUME_PERCENT if self._pressure_mmhg:
                return value * self._pressure_mmhg / MMHG_PER_KPA / 100
        return None
