"""Frames of Modbus and the maps that they are read with.

The exchange 11 03 00 6B 00 03 is the example of "MODBUS over Serial Line"; -123.45 is Vaisala's
published test register; the others are computed from "MODBUS Application Protocol V1.1b3".
"""

from __future__ import annotations

from damage import received

from devices.modbus.driver import RegisterDriver
from devices.modbus.map import MapError, parsed
from vitals.reading import Item, Quality, Reading


def frame(text: str) -> bytes:
    return bytes.fromhex(text)


FOUR = frame("01 03 00 00 00 04 44 09"), frame("01 03 08 01 9c 01 f2 ff ff 80 00 51 f2")
FLOAT = frame("01 03 00 64 00 02 85 d4"), frame("01 03 04 c2 f6 e6 66 ed f3")
INPUT = frame("01 04 00 00 00 01 31 ca"), frame("01 04 02 00 cc b9 65")
BITS = frame("01 02 00 00 00 05 b8 09"), frame("01 02 01 0a 21 8f")
NO_ADDRESS = frame("01 03 00 32 00 01 25 c5"), frame("01 83 02 c0 f1")
BUSY = frame("01 83 06 c1 32")
EXAMPLE = frame("11 03 00 6b 00 03 76 87"), frame("11 03 06 02 2b 00 00 00 64 c8 ba")
KELLER = frame("01 03 00 02 00 02 65 cb"), frame("01 03 04 40 a0 00 00 ef d1")
NOT_A_NUMBER = frame("01 03 04 7f c0 00 00 e3 db")
MPD = frame("01 03 00 04 00 01 c5 cb"), frame("01 03 02 01 9c b9 bd")
BAD_CRC = frame("01 03 04 40 a0 00 00 ef d0")

EXCHANGES = [FOUR, FLOAT, INPUT, BITS, EXAMPLE, KELLER, MPD]


def item(**keys: object) -> str:
    """Return one [[item]], a pressure in bar from a holding register unless told otherwise."""
    plain: dict[str, object] = {"name": "gas_pressure", "fc": 3, "addr": 0, "type": "u16"}
    if keys.get("type") != "bit":
        plain |= {"unit": "bar", "min": -1000, "max": 100_000}
    told = {**plain, **keys}
    lines = [f"{key} = {_toml(value)}" for key, value in told.items() if value is not None]
    return "\n".join(["[[item]]", *lines, ""])


def two_words(type_: str = "f32", **keys: object) -> str:
    """Return a map of one value of two words, a pipe's temperature between -200 and 200."""
    plain = {"name": "temperature", "site": "pipe", "unit": "Cel", "min": -200, "max": 200}
    return item(**{"type": type_, **plain, **keys})


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case dict():
            return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            return str(value)


def read(text: str, data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what a driver with this map makes of a device's bytes alone."""
    return received(RegisterDriver(text), data, portion)


def values(items: list[Item]) -> list[tuple[float | None, Quality]]:
    found = [one for one in items if isinstance(one, Reading)]
    return [(one.value if one.value is None else round(one.value, 4), one.quality) for one in found]


def errors(text: str) -> list[str]:
    """Return what is wrong with a map; nothing when it is in order."""
    try:
        parsed(text)
    except MapError as error:
        return list(error.errors)
    return []
