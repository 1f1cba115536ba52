"""Capnostat bytes to test with: known frames, frames composed at will, and what becomes of them."""

from __future__ import annotations

from damage import WHOLE, received

from devices.capnostat5.driver import CapnostatDriver
from devices.capnostat5.setting import Index, Setting
from devices.capnostat5.status import Flag, Status
from devices.capnostat5.wire import Parameter, Waveform
from devices.contract import Counts, Options
from vitals.reading import Item

FRAMES = {
    "start": "80 02 00 7e",
    "stop": "c9 01 36",
    "revision": "ca 02 00 34",
    "pressure-760": "84 04 01 05 78 7a",
    "temperature-35": "84 04 04 02 5e 14",
    "unit-kpa": "84 03 07 01 71",
    "gas-air": "84 06 0b 15 00 00 00 56",
    "booted": "c8 02 00 36",
    "wave": "80 04 05 25 59 79",
    "negative": "80 04 7f 07 36 40",
    "etco2": "80 07 12 24 68 02 03 01 55",
    "rate": "80 07 26 07 74 03 00 0e 47",
    "no-value": "80 07 29 07 68 02 00 00 5f",
    "check-adapter": "80 0a 00 07 68 01 02 00 00 00 09 7b",
    "warming-up": "80 0a 01 07 68 01 10 13 00 00 03 5f",
    "no-breath": "80 0a 40 07 68 01 40 00 00 00 00 06",
    "ask-unit": "84 02 07 73",
    "etco2-kpa": "80 07 13 0b 69 02 00 33 3d",
}
VECTORS = {name: bytes.fromhex(text) for name, text in FRAMES.items()}
BAD_SUM = bytes.fromhex("80 04 05 25 59 78")
CUT = bytes.fromhex("80 04 05 25 c9 01 36")

MMHG, KPA, PERCENT = (Setting(Index.UNIT, bytes((unit,))).to_bytes() for unit in range(3))
UNITS = {"mmhg": MMHG, "kpa": KPA, "percent": PERCENT}
GOOD = Status(flags=Flag.BREATHS)
ZERO_KPA = 1000


def carrying(parameter: Parameter, data: bytes = b"", *, sync: int = 0, count: int = 1513) -> bytes:
    """Return a frame of the wave with something in it; the sample is 5.13."""
    return Waveform(sync, count, parameter, data).to_bytes()


def status(told: Status = GOOD) -> bytes:
    """Return a frame with a status."""
    return carrying(Parameter.STATUS, told.to_bytes())


def number(parameter: Parameter, value: int) -> bytes:
    """Return a frame with a number."""
    return carrying(parameter, bytes((value >> 7, value & 0x7F)))


def items(data: bytes, portion: int = WHOLE) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(CapnostatDriver(Options()), data, portion)


def counted(data: bytes, portion: int = WHOLE) -> Counts:
    """Return what a new driver counts in `data`."""
    driver = CapnostatDriver(Options())
    received(driver, data, portion)
    return driver.finish()
