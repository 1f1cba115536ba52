"""SunTech bytes to test with: the published vectors, and what a driver makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from devices.suntech.driver import SuntechDriver
from devices.suntech.wire import Result
from firmware_bridge.capture import parse
from vitals.instant import Instant
from vitals.reading import Item, Quality, Reading

CAPTURES = Path(__file__).parents[1] / "captures" / "suntech"
NOW = Instant(0.0, 0.0)

RESULT = bytes.fromhex("3e187300 4a001e01 00000000 00003107 55005800 000000e9")
"""ak-git, NIBPConverterTest: 115/74, mean 88, 85 /min."""
CUFF_258 = bytes.fromhex("3e050201ba")
"""ak-git, NIBPResponseTest."""
WIDE_RESULT = bytes.fromhex("3e180601 94002901 00000000 00000000 7600be00 000000b1")
"""262/148, mean 190, 118 /min: a systolic pressure of more than a byte."""
FAILED = bytes.fromhex("3e180000 00000000 00000000 00000000 00000000 57000053")
"""Error 0x57 and no values."""
DONE = bytes.fromhex("3e044b73")
CUFF_178 = bytes.fromhex("3e05b2000b")
NO_LENGTH = bytes.fromhex("3e000201ba")
"""ak-git, NIBPResponseTest: refused."""
BAD_SUM = bytes.fromhex("3e050201bb")
VECTORS = {
    "result": RESULT,
    "cuff 258": CUFF_258,
    "wide result": WIDE_RESULT,
    "failed": FAILED,
    "done": DONE,
    "cuff 178": CUFF_178,
}


def result(
    systolic: int = 115,
    diastolic: int = 74,
    mean: int = 88,
    pulse_rate: int = 85,
    error: int = 0,
) -> Result:
    """Return a result that is otherwise plain."""
    codes = bytes(8)
    return Result(systolic, diastolic, 30, 1, codes, pulse_rate, b"\0", mean, error, b"\0\0")


def captured(name: str) -> bytes:
    """Return all the bytes of a capture."""
    capture = parse((CAPTURES / f"{name}.vagt").read_text())
    return b"".join(record.data for record in capture.records)


def received(driver: SuntechDriver, data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what `driver` makes of `data` in equal portions."""
    parts = (data[start : start + portion] for start in range(0, len(data), portion))
    return [item for part in parts for item in driver.receive(part, NOW)]


def items(data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(SuntechDriver(), data, portion)


def measured(found: Sequence[Item]) -> list[tuple[list[float | None], Quality]]:
    """Return each measurement: systolic, diastolic, mean, pulse rate, and their quality."""
    readings = [item for item in found if isinstance(item, Reading)]
    fours = [readings[start : start + 4] for start in range(0, len(readings), 4)]
    assert all(len({reading.quality for reading in four}) == 1 for four in fours)
    return [([reading.value for reading in four], four[0].quality) for four in fours]
