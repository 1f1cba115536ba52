"""Lines of the serial output ASCII 1: a date, a time, and `KEY=VALUE` tokens, once a second.

Document: Masimo, Rad-8 Operator's Manual, p. 4-23, 7-3 and 7-4, and Rad-87 Operator's Manual,
p. 7-4. Models differ in which tokens they print, so a line is read by its keys, never by columns.
A line of the trend memory (ASCII 2) has keys of its own and no ALARM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from devices.masimo.codes import Alarm, Exc

CLOCK = re.compile(rb"\d\d/\d\d/\d\d \d\d:\d\d:\d\d ")
"""How every line begins: the device's own clock, which drifts and jumps (p. 7-4)."""
LIVE = frozenset({"SPO2", "BPM", "ALARM", "EXC"})
TREND = frozenset({"SpO2", "PR", "PI", "EXC"})
FULL_SATURATION = 100
RATES = range(18, 322)
"""/min. Our assumption: a line that says anything else is taken for damaged."""
HIGHEST_PI = 20.0
"""%: PI goes from 00.00 to 20.00."""

_CLOCK_LENGTH = 18
_TOKEN = re.compile(r"([A-Za-z][A-Za-z0-9]*)=(\S+)", re.ASCII)
_THREE = re.compile(r"(?:[0-9]{3}|---)%?")
_SHAPES = {
    "SPO2": _THREE,
    "SpO2": _THREE,
    "BPM": _THREE,
    "PR": _THREE,
    "PI": re.compile(r"(?:[0-9]{2}\.[0-9]{2}|--\.--)%?"),
    "ALARM": re.compile(r"(?:[0-9A-Fa-f]{2}){1,3}"),
    "EXC": re.compile(r"(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6,7})(?::\S*)?"),
}
"""The widths are fixed, so a lost digit is seen."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its tokens as they were printed."""

    clock: str
    """`MM/DD/YY HH:MM:SS`."""
    fields: tuple[tuple[str, str], ...]
    """Keys and values in their order, percent signs and dashes included."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the line without its end, or None where anything in it does not fit."""
        if CLOCK.match(data) is None or not data.isascii():
            return None
        text = data.decode("ascii")
        tokens = [_TOKEN.fullmatch(token) for token in text[_CLOCK_LENGTH:].split(" ") if token]
        fields = tuple((match[1], match[2]) for match in tokens if match)
        line = cls(text[: _CLOCK_LENGTH - 1], fields)
        return line if len(fields) == len(tokens) and line._fits() else None

    def to_bytes(self) -> bytes:
        """Return the line on the wire, CR LF included."""
        tokens = (f"{key}={value}" for key, value in self.fields)
        return " ".join((self.clock, *tokens)).encode("ascii") + b"\r\n"

    @property
    def from_memory(self) -> bool:
        """Tell whether this is a line of the trend memory and not of this moment."""
        return self._text("ALARM") is None

    @property
    def spo2(self) -> float | None:
        """Return the saturation in %; dashes and 000 are none."""
        return self.number("SpO2" if self.from_memory else "SPO2") or None

    @property
    def pulse_rate(self) -> float | None:
        """Return the pulse rate in /min; dashes and 000 are none."""
        return self.number("PR" if self.from_memory else "BPM") or None

    @property
    def perfusion_index(self) -> float | None:
        """Return the perfusion index in %; it means nothing without a saturation."""
        return None if self.spo2 is None else self.number("PI")

    @property
    def exceptions(self) -> Exc:
        """Return the bits of EXC, whatever words stand behind them."""
        return Exc(int((self._text("EXC") or "0").partition(":")[0], 16))

    @property
    def alarm(self) -> Alarm:
        """Return the bits of ALARM."""
        return Alarm(int(self._text("ALARM") or "0", 16))

    def number(self, key: str) -> float | None:
        """Return the number of `key`; None where it is dashed, unreadable or not printed."""
        text = (self._text(key) or "").removesuffix("%")
        return float(text) if _NUMBER.fullmatch(text) else None

    def _text(self, key: str) -> str | None:
        return next((value for name, value in self.fields if name == key), None)

    def _fits(self) -> bool:
        keys = {key for key, _ in self.fields}
        complete = keys >= (LIVE if "ALARM" in keys else TREND)
        shaped = all(
            shape.fullmatch(value) is not None
            for key, value in self.fields
            if (shape := _SHAPES.get(key)) is not None
        )
        return complete and shaped and len(keys) == len(self.fields) and self._in_range()

    def _in_range(self) -> bool:
        rate, index = self.pulse_rate, self.number("PI")
        return (
            (self.spo2 or 0) <= FULL_SATURATION
            and (rate is None or int(rate) in RATES)
            and (index is None or index <= HIGHEST_PI)
        )
