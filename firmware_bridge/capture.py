"""Captures: what came over a wire, as text that people can read, comment and compose.

First line `vagt-capture 1`, then `key: value` lines, a blank line, then one record a line,
`+<ms since the start> <hex bytes>`; what follows `#` in a record, and a line that begins with it,
is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MAGIC = "vagt-capture"
FIRST_LINE = f"{MAGIC} 1"

_RECORD = re.compile(r"\+([0-9]{1,15})(?:\s+([0-9A-Fa-f\s]*))?")


class CaptureError(Exception):
    """A capture cannot be read; the message names the line and how to mend it."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"line {number}: {problem}")


@dataclass(frozen=True, slots=True)
class Record:
    """Bytes that were read at once."""

    offset_ms: int
    """Since the start of the capture."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Capture:
    """A whole capture."""

    header: Mapping[str, str]
    """Protocol, line settings, model, firmware, date, origin, licence: whatever is known."""
    records: Sequence[Record]


@dataclass(slots=True)
class CaptureReader:
    """Reads a capture line by line, so that its length does not matter."""

    header: dict[str, str] = field(default_factory=dict)
    _number: int = 0
    _in_header: bool = True
    _offset_ms: int = 0

    def read(self, line: str) -> Record | None:
        """Take the next line, with or without its end; return its record if it has one."""
        self._number += 1
        text = line.strip()
        if self._number == 1:
            self._check_first(text)
        elif self._in_header:
            self._add_header(text)
        else:
            return self._record(text)
        return None

    def finish(self) -> None:
        """Say that no more lines come; CaptureError where the header has not even ended."""
        if self._in_header:
            self._number += 1
            raise self._error("the header has no end; put a blank line behind it")

    def _check_first(self, text: str) -> None:
        if text != FIRST_LINE:
            raise self._error(f"is {text[:40]!r}; a capture begins with {FIRST_LINE!r}")

    def _add_header(self, text: str) -> None:
        key, colon, value = (part.strip() for part in text.partition(":"))
        if not text:
            self._in_header = False
        elif text.startswith("#"):
            return
        elif not colon or not key:
            raise self._error("is no header line; write it as 'key: value'")
        elif key in self.header:
            raise self._error(f"gives {key!r} a second time; keep one of them")
        else:
            self.header[key] = value

    def _record(self, text: str) -> Record | None:
        body = text.partition("#")[0].strip()
        if not body:
            return None
        match = _RECORD.fullmatch(body)
        if match is None:
            raise self._error("is no record; write it as '+<ms> <hex bytes>', as in '+333 A5 62'")
        return Record(self._offset(int(match[1])), self._bytes(match[2] or ""))

    def _offset(self, offset_ms: int) -> int:
        if offset_ms < self._offset_ms:
            raise self._error(
                f"goes back to +{offset_ms}; times count from the start and only rise"
            )
        self._offset_ms = offset_ms
        return offset_ms

    def _bytes(self, digits: str) -> bytes:
        try:
            data = bytes.fromhex(digits)
        except ValueError as error:
            raise self._error("has half a byte; write two hex digits for each") from error
        if not data:
            raise self._error("has no bytes; write them in hex, or remove the line")
        return data

    def _error(self, problem: str) -> CaptureError:
        return CaptureError(self._number, problem)


def parse(text: str) -> Capture:
    """Return the capture that `text` holds, or raise CaptureError."""
    reader = CaptureReader()
    lines = text.removesuffix("\n").split("\n")
    records = [record for line in lines if (record := reader.read(line))]
    reader.finish()
    return Capture(reader.header, records)


def header_lines(header: Mapping[str, str]) -> Iterator[str]:
    """Yield everything that stands before the records, without line ends."""
    yield FIRST_LINE
    for key, value in header.items():
        yield f"{key}: {value}"
    yield ""


def record_line(record: Record) -> str:
    """Return one record, without a line end."""
    return f"+{record.offset_ms} {record.data.hex(' ').upper()}"


def to_text(capture: Capture) -> str:
    """Return the text that `parse` reads back to the same capture."""
    lines = [*header_lines(capture.header), *map(record_line, capture.records)]
    return "\n".join(lines) + "\n"
