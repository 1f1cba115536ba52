"""Lines of numbers from the text port, one every two seconds.

Documents: Covidien, N-560 operator's manual, p. 59, for the columns; Nellcor, NPB-290, NPB-295 and
NPB-395 operator's manuals, p. 64-81, for the codes. Columns count from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English on every monitor, so never read with the machine's locale."""
CLOCK = re.compile(
    rb"[0-9]{2}-(?:%s)-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} " % "|".join(MONTHS).encode("ascii"),
    re.IGNORECASE,
)
"""How every line of numbers begins, columns 0 to 18: the device's own clock, years off at times."""
N560_LENGTH = 61
"""Characters of a line of the N-560, blanks included; a shorter one was cut."""
FULL_SATURATION = 100
HIGHEST_RATE = 300
"""/min. Our assumption: a line that says more is taken for damaged."""

_CLOCK_LENGTH = 18
_NUMBERS = re.compile(
    rb"[ -~]{18} +(?P<spo2>[0-9]{1,3}|---)(?P<spo2_star>\*?)"
    rb" +(?P<rate>[0-9]{1,3}|---)(?P<rate_star>\*?)"
    rb" +(?P<amplitude>[0-9]{1,3}|---)(?P<codes>(?: +[A-Z]{2})*) *"
)
_N560_ENDS = {"spo2": 24, "rate": 32, "amplitude": 40}
"""The column behind each value, which stands to the right."""


class Code(StrEnum):
    """The known codes of the status columns."""

    SENSOR_DISCONNECTED = "SD"
    SENSOR_OFF = "SO"
    PULSE_SEARCH = "PS"
    LOSS_OF_PULSE = "LP"
    LOSS_WITH_MOTION = "LM"
    MOTION = "MO"
    """Interference: the numbers are measured all the same."""
    SPO2_HIGH = "SH"
    SPO2_LOW = "SL"
    RATE_HIGH = "PH"
    RATE_LOW = "PL"
    LOW_BATTERY = "LB"
    ALARM_SILENCED = "AS"
    ALARM_OFF = "AO"


_SLOTS = {
    44: ("MO", "SD", "SO", "PS", "LP", "LM"),
    47: ("SL", "SH"),
    50: ("PL", "PH"),
    53: ("LB",),
    56: ("AS",),
    59: ("AO",),
}
"""Where the N-560 prints each code; 50 and 53 by the order of the others, not seen."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of numbers, zeros and held digits included."""

    clock: str
    """`DD-Mmm-YY HH:MM:SS`."""
    spo2: int | None
    """%; None where the line has dashes."""
    pulse_rate: int | None
    """/min; likewise."""
    amplitude: int | None
    """0..254 without a unit: how strong the pulse is, and no perfusion index."""
    codes: frozenset[str] = frozenset()
    """Of the status columns: those of `Code`, and others that newer models may print."""
    spo2_limit: bool = False
    """A star: outside the monitor's own limits."""
    rate_limit: bool = False

    @classmethod
    def parse(cls, data: bytes, *, n560: bool = True) -> Self | None:
        """Return the sample of a line without its end, or None where anything does not fit.

        With `n560` the values must also end in its columns and the line be as long as its lines.
        """
        match = _NUMBERS.fullmatch(data)
        if match is None or CLOCK.match(data) is None or (n560 and not _fits_n560(match)):
            return None
        spo2, rate, amplitude = (_number(match[name]) for name in ("spo2", "rate", "amplitude"))
        if (spo2 or 0) > FULL_SATURATION or (rate or 0) > HIGHEST_RATE:
            return None
        return cls(
            data[:_CLOCK_LENGTH].decode("ascii"),
            spo2,
            rate,
            amplitude,
            frozenset(match["codes"].decode("ascii").split()),
            spo2_limit=bool(match["spo2_star"]),
            rate_limit=bool(match["rate_star"]),
        )

    def to_bytes(self) -> bytes:
        """Return the line as the N-560 prints it, CR LF included; codes without a slot go last."""
        values = (
            f"{_digits(self.spo2):>6}{'*' if self.spo2_limit else ' '}"
            f"{_digits(self.pulse_rate):>7}{'*' if self.rate_limit else ' '}"
            f"{_digits(self.amplitude):>7}    "
        )
        left = sorted(self.codes)
        slots = ""
        for known in _SLOTS.values():
            code = next((code for code in left if code in known), "  ")
            left = [other for other in left if other != code]
            slots += f"{code} "
        text = f"{self.clock}{values}{slots[:-1]}{''.join(f' {code}' for code in left)}"
        return text.encode("ascii") + b"\r\n"


def _fits_n560(match: re.Match[bytes]) -> bool:
    aligned = all(match.end(name) == column for name, column in _N560_ENDS.items())
    return aligned and match.end() >= N560_LENGTH


def _number(digits: bytes) -> int | None:
    return None if digits == b"---" else int(digits)


def _digits(value: int | None) -> str:
    return "---" if value is None else str(value)
