"""Lines that Nellcor oximeters print; the first six stand in the recording of an N-560."""

from __future__ import annotations

from damage import received

from devices.nellcor.driver import NellcorDriver
from vitals.reading import Item

GOOD = "29-Dec-17 07:18:43    99      66      12                     "
DESATURATION = "29-Dec-17 07:18:57    89*     66     201    MO SL            "
EMPTY_SLOT = "29-Dec-17 07:19:07    77*     70       8       SL       AS   "
UNPLUGGED = "29-Dec-17 07:19:29   ---     ---     ---    SD          AS   "
NOUGHTS = "29-Dec-17 07:20:27     0       0     ---    PS               "
HELD = "29-Dec-17 07:21:13    96      63     ---    PS                  "
ALARM_OFF = "07-Jan-04 11:24:54   100     102      36    MO             AO"
SAMPLES = (GOOD, DESATURATION, EMPTY_SLOT, UNPLUGGED, NOUGHTS, HELD, ALARM_OFF)

VERSION = "N-560    VERSION 1.61.00    CRC:XXXX  SpO2 Limit: 94-100%    PR Limit: 50-170BPM"
MODE = "                             ADULT            0SAT-S "
TITLE = "TIME                 %SpO2   BPM     PA     Status"
N595 = "N-595    VERSION 2.05.00    CRC:1A2B  SpO2 Limit: 85-100%    PR Limit: 40-170BPM"
N595_MODE = "                   ADULT     0SAT-S     SPO2 RESP MODE: NORMAL"


def wired(*lines: str, end: str = "\r\n") -> bytes:
    """Return the bytes of lines."""
    return "".join(line + end for line in lines).encode("ascii")


def items(data: bytes) -> list[Item]:
    """Return what a new driver makes of `data` at once."""
    return received(NellcorDriver(), data)
