"""DRI bytes to test with: the official frames, and blocks composed by absolute offsets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from struct import Struct

from devices.contract import Options
from devices.ge_dri.basic import (
    REST_BYTES,
    Agents,
    Basic,
    CarbonDioxide,
    Ecg,
    Gas,
    Oximetry,
    Physiological,
    Pressure,
    Temperature,
)
from devices.ge_dri.driver import DriDriver
from devices.ge_dri.framing import framed
from devices.ge_dri.wire import MainType, Record, single

OPTIONS = Options()
HERE = 0b11
"""A status: exists and active."""
NONE = -32767

_PHYSIOLOGICAL = "7e31" + "00" * 20 + "ff" + "00" * 18
START_DISPLAYED = bytes.fromhex(_PHYSIOLOGICAL + "010a000e0000000000497e")
"""Official example A-1: displayed values every 10 s, all classes."""
STOP_DISPLAYED = bytes.fromhex(_PHYSIOLOGICAL + "010000000000000000317e")
"""A-2."""
START_TREND = bytes.fromhex(_PHYSIOLOGICAL + "033c000e00000000007d5d7e")
"""A-3: the trend of 60 s; its sum is 7D."""
START_ECG = bytes.fromhex(
    "7e48" + "00" * 13 + "01" + "00" * 6 + "ff" + "00" * 22 + "01ff" + "00" * 26 + "487e"
)
"""A-5."""
START_CO2 = bytes.fromhex(
    "7e48" + "00" * 13 + "01" + "00" * 6 + "ff" + "00" * 22 + "09ff" + "00" * 26 + "507e"
)
"""A-5 with another wave."""

LENGTH = 40 + 278
COMPOSED = {
    44: ("I", HERE | 1 << 3), 50: ("h", 72),
    116: ("I", HERE), 122: ("h", 12400), 124: ("h", 7100), 126: ("h", 8900), 128: ("h", 72),
    162: ("I", HERE), 168: ("h", 9800), 170: ("h", 71),
    176: ("I", HERE), 182: ("h", 507), 184: ("h", 3), 186: ("h", 14), 188: ("h", 7600),
    190: ("I", HERE), 196: ("h", 3600), 198: ("h", 4000),
    200: ("I", HERE), 206: ("h", 5400), 208: ("h", 5500),
    210: ("I", HERE), 214: ("H", 6), 216: ("h", 180), 218: ("h", 205), 220: ("h", 90),
    60: ("I", 0), 66: ("h", NONE), 68: ("h", NONE), 70: ("h", NONE),
}  # fmt: skip
"""A record of displayed values, by offsets from the beginning of the record."""


def composed(fields: Mapping[int, tuple[str, int]] = COMPOSED) -> bytes:
    """Return the frame of a record of displayed values that holds `fields` and zeros."""
    record = bytearray(LENGTH)
    header = {0: ("h", LENGTH), 3: ("B", 6), 18: ("B", 1), 21: ("B", 0xFF)}
    for offset, (code, value) in {**header, **fields}.items():
        Struct(f"<{code}").pack_into(record, offset, value)
    record.append(sum(record) & 0xFF)
    escaped = bytes(record).replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e")
    return b"\x7e" + escaped + b"\x7e"


NOTHING = Basic(
    ecg=Ecg.absent(),
    pressures=(Pressure.absent(),) * 4,
    nibp=Pressure.absent(),
    temperatures=(Temperature.absent(),) * 4,
    oximetry=Oximetry.absent(),
    co2=CarbonDioxide.absent(),
    o2=Gas.absent(),
    n2o=Gas.absent(),
    agents=Agents.absent(),
    rest=bytes(REST_BYTES),
)
CO2 = CarbonDioxide(HERE, 0, 507, 3, 14, 7600)
ECG = Ecg(HERE | 1 << 3, 0, 72, 0, 0, 0, 16)
EVERYTHING = replace(
    NOTHING,
    ecg=ECG,
    pressures=(
        Pressure(HERE, 0, 11850, 6010, 8020, 72),
        Pressure.absent(),
        Pressure.absent(),
        Pressure.absent(),
    ),
    nibp=Pressure(HERE, 0, 12400, 7100, 8900, 73),
    temperatures=(
        Temperature(HERE, 0, 3672),
        Temperature.absent(),
        Temperature.absent(),
        Temperature.absent(),
    ),
    oximetry=Oximetry(HERE, 0, 9800, 71, 150, NONE),
    co2=CO2,
    o2=Gas(HERE, 0, 3600, 4000),
    n2o=Gas(HERE, 0, 5400, 5500),
    agents=Agents(HERE, 6, 180, 205, 90),
)


def displayed(basic: Basic, level: int = 6) -> Record:
    """Return the record of displayed values."""
    body = Physiological(0, basic.to_bytes(), level=level).to_bytes()
    return single(MainType.PHYSIOLOGICAL, 1, body)


def frame(basic: Basic) -> bytes:
    """Return the frame of displayed values."""
    return framed(displayed(basic))


def driver() -> DriDriver:
    """Return a driver that was told nothing of the clinic."""
    return DriDriver(OPTIONS)


def art_driver() -> DriDriver:
    """Return a driver that was told that the first pressure is arterial."""
    return DriDriver(Options(p1="art"))
