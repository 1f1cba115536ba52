"""Lines between the numbers: the heading, every 25 lines and on each change, and the menu.

Documents: Nellcor, NPB-290 and NPB-295 operator's manuals, p. 64-70, and Covidien, N-560
operator's manual, p. 59. The menu is that of the N-595; nothing sent from here ever opens it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_VERSION = re.compile(
    rb"(?P<model>[!-~]+) +VERSION +(?P<version>[0-9.]+) +CRC:(?P<crc>[!-~]+)"
    rb" +SpO2 Limit: *(?P<spo2_low>[0-9]+)- *(?P<spo2_high>[0-9]+)%"
    rb" +PR Limit: *(?P<rate_low>[0-9]+)- *(?P<rate_high>[0-9]+)BPM *"
)
_OTHERS = re.compile(
    rb" +[A-Z]+ +[0-9]+SAT-S *(?: SPO2 RESP MODE: [A-Z]+ *)?"
    rb"| *TIME +%S[pP]O2 +BPM +PA +Status *"
    rb"|[!-~]+ +Interactive Mode *"
    rb"| {4}[0-4]\) [A-Z][A-Za-z ]+"
    rb"| {4}Command\? *"
)


@dataclass(frozen=True, slots=True)
class Version:
    """The first line of a heading: what the monitor is, and its own alarm limits."""

    model: str
    version: str
    crc: str
    """Of the firmware, not of the line; some print XXXX."""
    spo2_limits: tuple[int, int]
    """%."""
    rate_limits: tuple[int, int]
    """/min."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return what a line without its end says, or None where it is no such line."""
        match = _VERSION.fullmatch(data)
        if match is None:
            return None
        model, version, crc, *limits = (group.decode("ascii") for group in match.groups())
        spo2_low, spo2_high, rate_low, rate_high = map(int, limits)
        return cls(model, version, crc, (spo2_low, spo2_high), (rate_low, rate_high))

    def to_bytes(self) -> bytes:
        """Return the line on the wire, CR LF included."""
        spo2, rate = ("{}-{}".format(*pair) for pair in (self.spo2_limits, self.rate_limits))
        head = f"{self.model}    VERSION {self.version}    CRC:{self.crc}"
        return f"{head}  SpO2 Limit: {spo2}%    PR Limit: {rate}BPM\r\n".encode("ascii")


def recognised(data: bytes) -> bool:
    """Tell whether a line without its end is another line of a heading or of the menu."""
    return _OTHERS.fullmatch(data) is not None
