"""IRMA and ISA bytes to test with: known frames, frames composed at will, and what they become."""

from __future__ import annotations

from damage import WHOLE, received

from devices.contract import Counts
from devices.phasein.driver import PhaseinDriver
from devices.phasein.slow import Adapter, Concentrations, General, Mode, Range, Registers
from devices.phasein.wire import Frame, Id, Status
from vitals.reading import Item

FRAMES = {
    "recorded": "aa 55 03 00 00 00 00 00 00 00 00 00 06 40 00 ff 04 00 03 f5 bc",
    "inspired": "aa 55 00 00 00 0c 15 7c 00 00 00 00 0f a0 01 37 00 00 28 ff 55",
    "expired": "aa 55 01 01 02 0d 15 18 00 b4 00 00 0e 10 34 36 12 00 24 ff 51",
    "general": "aa 55 03 00 02 0d 15 18 00 b4 00 00 0e 10 0e 03 04 00 03 f5 e2",
    "apnoea": "aa 55 03 12 00 00 00 00 00 00 00 00 ff ff 00 ff 00 00 03 e6 05",
    "zero-required": "aa 55 04 20 00 00 00 00 00 00 00 00 08 34 02 ff 00 00 40 ff 60",
}
"""The first was recorded from a device, the others are composed."""
VECTORS = {name: bytes.fromhex(text) for name, text in FRAMES.items()}
BAD_SUM = VECTORS["recorded"][:-1] + b"\xbd"
NO_STATUS = Status(0)

GENERAL = General(rate=14, since_breath=3, agent1=4, agent2=0, pressure=1013)
WELL = Registers(Mode.MEASUREMENT, 0, Adapter(0), Range(0))
EXPIRED = Concentrations(co2=52, n2o=54, agent1=18, agent2=0, oxygen=36)


def frame(
    number: int, slow: bytes = bytes(6), status: Status = NO_STATUS, *, co2: int = 525
) -> bytes:
    """Return a frame with CO2 in hundredths of a per cent and plain other gases."""
    return Frame(number, status, co2, 5400, 180, 0, 3600, slow).to_bytes()


def general(told: General = GENERAL, status: Status = NO_STATUS) -> bytes:
    """Return a frame of ID 3."""
    return frame(Id.GENERAL, told.to_bytes(), status)


def registers(told: Registers = WELL, status: Status = NO_STATUS) -> bytes:
    """Return a frame of ID 4."""
    return frame(Id.REGISTERS, told.to_bytes(), status)


def expired(told: Concentrations = EXPIRED, status: Status = NO_STATUS) -> bytes:
    """Return a frame of ID 1."""
    return frame(Id.EXPIRED, told.to_bytes(), status)


def inspired(told: Concentrations = EXPIRED, status: Status = NO_STATUS) -> bytes:
    """Return a frame of ID 0."""
    return frame(Id.INSPIRED, told.to_bytes(), status)


def items(data: bytes, portion: int = WHOLE) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(PhaseinDriver(), data, portion)


def counted(data: bytes, portion: int = WHOLE) -> Counts:
    """Return what a new driver counts in `data`."""
    driver = PhaseinDriver()
    received(driver, data, portion)
    return driver.finish()
