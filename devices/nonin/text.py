"""The text lines of Nonin's desktop and handheld oximeters, once a second.

Documents: the operator's manuals of the Avant 4100 (p. 32), BT4000 (p. 29), 9600 (p. 5-3),
2500 (p. 18), 8500 (p. 15), 8600V (p. 22) and 9847 (p. 37).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from firmware_bridge.receive import BufferedDecoder

END = b"\r\n"
LONGEST = 64
"""No line has more bytes; what is longer is none."""
NO_NUMBER = "---"

LINE = re.compile(
    rb"(?:(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}) )?"
    rb"SPO2=(?P<spo2>[0-9]{3}|---) HR=(?P<hr>[0-9]{3}|---)"
    rb"(?P<marks>(?: ?[FB*]){0,3})\r\n"
)
BEGINNING = re.compile(rb"(?:[0-9]{2}:[0-9]{2}:[0-9]{2} )?SPO2=")
"""By this a damaged line is told from a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of numbers."""

    spo2: int | None
    """%; None where the line has dashes."""
    hr: int | None
    """/min; likewise."""
    clock: str = ""
    """hh:mm:ss, where the device prints it."""
    marks: str = ""
    """F: fast averages (their display alone differs); *: event marker; B: breath seen."""

    def to_bytes(self) -> bytes:
        """Return the line on the wire."""
        clock = f"{self.clock} " if self.clock else ""
        marks = "".join(mark if mark == "*" else f" {mark}" for mark in self.marks)
        text = f"{clock}SPO2={_digits(self.spo2)} HR={_digits(self.hr)}{marks}"
        return text.encode("ascii") + END

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the numbers of a whole line, or None where it is none."""
        found = LINE.fullmatch(data)
        if found is None:
            return None
        text = {name: (value or b"").decode("ascii") for name, value in found.groupdict().items()}
        marks = text["marks"].replace(" ", "")
        return cls(_number(text["spo2"]), _number(text["hr"]), text["clock"], marks)


def _digits(value: int | None) -> str:
    return NO_NUMBER if value is None else f"{value:03d}"


def _number(digits: str) -> int | None:
    return None if digits == NO_NUMBER else int(digits)


class LineDecoder(BufferedDecoder[Line]):
    """Finds lines of numbers in a stream; headings and menus are passed over."""

    def next_frame(self) -> Line | None:
        """Return the next good line, or None when more bytes are needed."""
        while end := self._buffer.peek(len(self._buffer)).find(b"\n") + 1:
            data = self._buffer.peek(end)
            if (line := Line.parse(data)) is not None:
                self._buffer.take(end)
                self.frames += 1
                return line
            self._reject(data)
        self._bound()
        return None

    def _reject(self, data: bytes) -> None:
        if len(data) <= LONGEST and BEGINNING.match(data):
            self.bad_frames += 1
        self._buffer.skip(len(data))

    def _bound(self) -> None:
        """Keep a line's length of what has no end yet: its end makes it too long."""
        self._buffer.skip(max(0, len(self._buffer) - LONGEST))
