"""What stands inside the answers: records of fixed or counted length, all of them text.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258), "Responding to Data
Request Commands".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

CODE = re.compile(r"[0-9A-F]{2}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
MONTHS = "JAN FEB MAR,MRZ APR MAI,MAY JUN JUL AUG SEP OKT,OCT NOV DEZ,DEC"
MONTH: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(MONTHS.split(), 1) for name in names.split(",")}
)
"""German, and the English that some machines send."""
MOMENT = re.compile(
    r"([ 0-9][0-9]):([ 0-9][0-9])(?::([ 0-9][0-9]))? *([0-9]{1,2})-([A-Z]{3})-([0-9]{2})"
)
IDENTITY = re.compile(r"(.{4})'([^']*)'([0-9]{2}\.[0-9]{2}):([0-9]{2}\.[0-9]{2})")
COUNT_FROM = 0x30
"""Lengths and priorities are sent as one character, counted from `0`."""
HIGHEST_PRIORITY = 31
HEAD = 3
"""Bytes of a message before its text: code and length."""
ETX = 0x03


def text(data: bytes) -> str:
    """Return the characters of `data`; the slow protocol has seven bits alone."""
    return data.decode("ascii", "replace")


def _pieces(data: bytes, size: int) -> list[bytes] | None:
    """Return the records of `data`, or None where the last one is cut."""
    if len(data) % size:
        return None
    return [data[start : start + size] for start in range(0, len(data), size)]


@dataclass(frozen=True, slots=True)
class Record:
    """A measured value or a limit: code and four characters. What is not measured has none."""

    code: str
    """Two upper-case hex digits."""
    value: str
    """Four characters, padded left or right."""

    @property
    def number(self) -> float | None:
        """Return the value, or None where the characters are no number."""
        digits = self.value.strip(" ")
        return float(digits) if NUMBER.fullmatch(digits) else None

    def to_bytes(self) -> bytes:
        """Return the six bytes."""
        return f"{self.code}{self.value}".encode("ascii")

    @classmethod
    def parse_all(cls, data: bytes) -> list[Self] | None:
        """Return the records of an answer, or None where any code or the length does not fit."""
        if (pieces := _pieces(data, 6)) is None:
            return None
        records = [cls(text(piece[:2]), text(piece[2:])) for piece in pieces]
        return records if all(CODE.fullmatch(record.code) for record in records) else None


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that stands just now."""

    priority: int
    """1..10 advisory, 11..24 caution, 25..31 warning."""
    code: str
    """Two upper-case hex digits."""
    phrase: str
    """Up to twelve characters, in the machine's language."""

    @property
    def fits(self) -> bool:
        """Tell whether priority and code are of the document's form."""
        return 1 <= self.priority <= HIGHEST_PRIORITY and CODE.fullmatch(self.code) is not None

    def to_bytes(self) -> bytes:
        """Return the 15 bytes."""
        return f"{chr(COUNT_FROM + self.priority)}{self.code}{self.phrase:<12}".encode("ascii")

    @classmethod
    def parse_all(cls, data: bytes) -> list[Self] | None:
        """Return the alarms of an answer, or None where priority, code or length do not fit."""
        if (pieces := _pieces(data, 15)) is None:
            return None
        alarms = [cls(p[0] - COUNT_FROM, text(p[1:3]), text(p[3:]).rstrip(" ")) for p in pieces]
        fit = all(
            1 <= one.priority <= HIGHEST_PRIORITY and CODE.fullmatch(one.code) for one in alarms
        )
        return alarms if fit else None


@dataclass(frozen=True, slots=True)
class Message:
    """A text message: a state of the machine, in its language."""

    code: str
    """Two upper-case hex digits."""
    phrase: str

    def to_bytes(self) -> bytes:
        """Return code, length, text and ETX."""
        head = f"{self.code}{chr(COUNT_FROM + len(self.phrase))}"
        return f"{head}{self.phrase}{chr(ETX)}".encode("ascii")

    @classmethod
    def parse_all(cls, data: bytes) -> list[Self] | None:
        """Return the messages of an answer, or None where code, length or ETX do not fit."""
        messages: list[Self] = []
        while data:
            end = HEAD + data[HEAD - 1] - COUNT_FROM if len(data) > HEAD else 0
            if end < HEAD or data[end : end + 1] != bytes((ETX,)):
                return None
            messages.append(cls(text(data[:2]), text(data[HEAD:end])))
            data = data[end + 1 :]
        return messages if all(CODE.fullmatch(one.code) for one in messages) else None


@dataclass(frozen=True, slots=True)
class Moment:
    """The machine's own clock: never used as ours, for it is often wrong."""

    hour: int
    minute: int
    second: int | None
    """Some machines send none."""
    day: int
    month: int
    year: int
    """Two digits."""

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the moment, or None where the form does not fit."""
        if (match := MOMENT.fullmatch(text(data))) is None or match[5] not in MONTH:
            return None
        second = None if match[3] is None else int(match[3])
        month = MONTH[match[5]]
        return cls(int(match[1]), int(match[2]), second, int(match[4]), month, int(match[6]))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a machine is."""

    number: str
    """Four characters."""
    name: str
    software: str
    """`dd.dd`."""
    medibus: str
    """`dd.dd`: the revision of the protocol."""

    def to_bytes(self) -> bytes:
        """Return the answer's data."""
        return f"{self.number}'{self.name}'{self.software}:{self.medibus}".encode("ascii")

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the identity, or None where there is none: it may be empty."""
        match = IDENTITY.fullmatch(text(data))
        return None if match is None else cls(match[1], match[2], match[3], match[4])


FORMS: Mapping[int, Callable[[bytes], object | None]] = MappingProxyType(
    {
        **dict.fromkeys((0x24, 0x25, 0x26, 0x2B, 0x2C, 0x2D), Record.parse_all),
        **dict.fromkeys((0x23, 0x27, 0x2E), Alarm.parse_all),
        0x28: Moment.parse,
        0x29: lambda data: _pieces(data, 7),
        0x2A: Message.parse_all,
        0x53: lambda data: _pieces(data, 23),
    }
)
"""How the data of an answer must look, by the command that it echoes."""


def well_formed(echo: int, data: bytes) -> bool:
    """Tell whether the data fit the command that they answer; an empty answer always does."""
    return not data or echo not in FORMS or FORMS[echo](data) is not None
