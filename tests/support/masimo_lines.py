"""Lines that Masimo oximeters print, as users and programs have published them."""

from __future__ import annotations

from damage import received

from devices.masimo.driver import MasimoDriver
from devices.masimo.wire import Line
from vitals.reading import Item

RAD8 = (
    "02/22/16 22:47:45 SN=0000056661 SPO2=098% BPM=097 PI=03.60% SPCO=--.-% SPMET=--.-% "
    "DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800"
)
SENSOR_OFF = (
    "05/20/21 14:06:02 SN=0000182948 SPO2=098% BPM=101 PI=--.--% SPCO=--.-% SPMET=--.-% "
    "DESAT=-- PIDELTA=+-- ALARM=0010 EXC=000824"
)
MISSING = (
    "05/15/07 08:12:21 SN=0000070986 SPO2=---% BPM=--- PI=--.--% SPCO=--.-% SPMET=--.-% "
    "DESAT=-- PIDELTA=+-- PVI=--- ALARM=0000 EXC=000000"
)
RAINBOW = (
    "12/01/05 11:56:29 SN=0123456789 SPO2=098% BPM=240 PI=20.00% SPCO=01.0% SPMET=00.5% "
    "DESAT=01 PIDELTA=-02 PVI=027 ALARM=0000 EXC=000820"
)
COLOUR = (
    "03/17/16 19:19:36 SN=---------- SPO2=098% BPM=123 PI=00.55 SPCO=--% SPMET=--.-% SPHB=--.- "
    "SPOC=-- RESVD=--- DESAT=-- PIDELTA=+-- PVI=--- ALARM=000000 EXC=0000C00 EXC1=00000000"
)
SILENCED = (
    "03/06/05 21:11:30 SN=0000066575 SPO2=098% BPM=057 PI=07.02% SPCO=--.-% SPMET=--.-% "
    "DESAT=-- PIDELTA=+-- ALARM=0038 EXC=000800"
)
RADICAL5 = "09/15/10 15:10:29 SPO2=097% BPM=064 PI=11.82% ALARM=20 EXC=800"
TREND = "09/21/08 09:56:16 SpO2=098 PR=078 PI=03.64 EXC=800:SET"
EMPTY_TREND = "09/21/08 09:56:18 SpO2=000 PR=000 PI=00.00 EXC=800:SET"

LINES = (
    RAD8, SENSOR_OFF, MISSING, RAINBOW, COLOUR, SILENCED, RADICAL5, TREND, EMPTY_TREND
)  # fmt: skip


def wired(*lines: str, end: str = "\r\n") -> bytes:
    """Return the bytes of lines."""
    return "".join(line + end for line in lines).encode("ascii")


def parsed(text: str) -> Line:
    """Return the line of a text that is one."""
    line = Line.parse(text.encode("ascii"))
    assert line is not None
    return line


def items(data: bytes) -> list[Item]:
    """Return what a new driver makes of `data` at once."""
    return received(MasimoDriver(), data)
