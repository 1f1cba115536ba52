"""The text of an ANSAR-B message: nine lines of numerics, each ended by CR alone.

Document: none of the maker's is public. The lines are those of a recording (mdpnp/mdpnp,
`Ivy450C.1.data`, BSD-2-Clause), read as `AnsarB.java` of the same repository reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Self

LINES: Mapping[str, int] = MappingProxyType(
    {"HR": 1, "RR": 1, "ETCO2": 1, "SPO2": 1, "NIBP": 4, "P1": 3, "P2": 3, "T1": 1, "T2": 1}
)
"""How many values each line has, in the order of the lines."""

_NUMBER = re.compile(r"-?[0-9]{1,3}")
_PULSE = re.compile(r"PR=([0-9]{1,3}) ?")


class Limits(NamedTuple):
    """What a field can say, both ends included; without a check, more is taken for damage.

    No document gives the ranges of the monitor: they are our assumptions, wider than any patient.
    """

    low: int
    high: int


RATE = Limits(20, 350)
BREATHS = Limits(1, 200)
SATURATION = Limits(1, 100)
CUFF = Limits(10, 300)
ARTERY = Limits(-50, 350)


@dataclass(frozen=True, slots=True)
class Line:
    """`TAG=n;value;...;label;alarm`: n values, then what they are called, then what is wrong."""

    values: tuple[str, ...]
    """As they stand there; empty where the monitor has none."""
    label: str = ""
    """The lead of HR, a setting of RR, the pulse rate of SPO2."""
    alarm: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether the monitor has no value at all."""
        return not any(self.values)

    def to_text(self, tag: str) -> str:
        """Return the line without its CR."""
        return f"{tag}={len(self.values)};" + ";".join((*self.values, self.label, self.alarm))

    @classmethod
    def parse(cls, text: str, tag: str, count: int) -> Self | None:
        """Return the line called `tag` with `count` values, or None where it is another."""
        head, *fields = text.split(";")
        if len(fields) != count + 2 or not re.fullmatch(f"{tag}=[0-9]", head):
            return None
        return cls(tuple(fields[:count]), *fields[count:])


@dataclass(frozen=True, slots=True)
class Text:
    """The nine lines of a message."""

    hr: Line
    rr: Line
    etco2: Line
    """Its unit is not on the wire."""
    spo2: Line
    """The pulse rate stands in its label, as `PR=80 `."""
    nibp: Line
    """Systolic, diastolic, mean, pulse rate; said again each second until the next one."""
    p1: Line
    """Systolic, diastolic, mean."""
    p2: Line
    t1: Line
    """Its unit is not on the wire."""
    t2: Line

    @property
    def pulse(self) -> str:
        """Return the digits of the pulse rate; "" where there is none."""
        match = _PULSE.fullmatch(self.spo2.label)
        return match[1] if match else ""

    def to_bytes(self) -> bytes:
        """Return the text on the wire, the last CR included."""
        lines = (getattr(self, tag.lower()).to_text(tag) for tag in LINES)
        return "".join(f"{line}\r" for line in lines).encode("ascii")

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the text, or None unless it is the nine lines in their order.

        `data` holds nothing but CR and printable ASCII.
        """
        *texts, rest = data.decode("ascii").split("\r")
        if rest or len(texts) != len(LINES):
            return None
        found = (Line.parse(text, *row) for text, row in zip(texts, LINES.items(), strict=True))
        lines = [line for line in found if line is not None]
        return cls(*lines) if len(lines) == len(LINES) else None


def number(text: str, limits: Limits) -> int | None:
    """Return the number of a field; None where it is missing, none at all, or past its limits."""
    if not _NUMBER.fullmatch(text) or not limits.low <= int(text) <= limits.high:
        return None
    return int(text)


def garbled(text: str, limits: Limits) -> bool:
    """Tell whether a field holds something and it is neither a number in its limits nor 0."""
    return text.strip("0") != "" and number(text, limits) is None
