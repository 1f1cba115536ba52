"""HealthyPi bytes to test with: frames that were composed by hand from the firmware."""

from __future__ import annotations

from damage import received

from devices.healthypi.driver import HealthyPiDriver
from devices.healthypi.wire import (
    VERSION_4,
    VERSION_5,
    EcgBlock5,
    PpgBlock5,
    Sample4,
    Sample5,
    Shapes,
)
from vitals.reading import Item

VERSIONS: dict[str, Shapes] = {"healthypi-v4": VERSION_4, "healthypi-v5": VERSION_5}

GOOD_4 = bytes.fromhex(
    "0a fa 14 00 02 f5 fd 78 00 87 d6 12 00 e0 c8 10 00 44 0e 10 61 48 50 78 00 00 0b"
)
LEADS_OFF_4 = bytes.fromhex(
    "0a fa 14 00 02 00 00 00 00 00 00 01 00 00 00 01 00 44 0e 00 00 00 50 78 1f 00 0b"
)
MARKS_INSIDE_4 = bytes.fromhex(
    "0a fa 14 00 02 0a fa 00 00 0a fa 00 0b 00 00 00 00 0a 0a 0a 00 0b 50 78 00 00 0b"
)
GOOD_5 = bytes.fromhex(
    "0a fa 16 00 02 90 ee fe ff c4 09 00 00 00 00 d0 07 00 50 99 07 00 57 0e 62 40 0e 00 0b"
)
ECG_BLOCK_5 = bytes.fromhex(
    "0a fa 32 00 03 64 00 00 00 c8 00 00 00 9c ff ff ff 38 ff ff ff 00 00 00 00 01 00 00 00"
    "02 00 00 00 03 00 00 00 05 00 00 00 06 00 00 00 07 00 00 00 08 00 00 00 40 0e 00 0b"
)
SAMPLE_4 = Sample4(-523, 120, 1234567, 1100000, 3652, 16, 97, 72, 0)
SAMPLE_5 = Sample5(-70000, 2500, 0, 512000, 498000, 3671, 98, 64, 14)
BLOCK_5 = EcgBlock5((100, 200, -100, -200, 0, 1, 2, 3), (5, 6, 7, 8), 64, 14)
PPG_5 = PpgBlock5((1, 2, 3, 4, 5, 6, 7, 65535), 98)
VECTORS = [
    (VERSION_4, GOOD_4),
    (VERSION_4, LEADS_OFF_4),
    (VERSION_4, MARKS_INSIDE_4),
    (VERSION_5, GOOD_5),
    (VERSION_5, ECG_BLOCK_5),
    (VERSION_5, PPG_5.to_bytes()),
]


def items(shapes: Shapes, data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(HealthyPiDriver(shapes), data, portion)
