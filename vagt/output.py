"""Everything that a verb says: the only file that prints."""

from __future__ import annotations

import sys

import msgspec

_ENCODER = msgspec.json.Encoder()


def line(text: str) -> None:
    """Print one line to standard output, at once, so that whoever follows a pipe sees it live."""
    print(text, flush=True)


def json_line(value: object) -> None:
    """Print one JSON document on one line, compact."""
    line(_ENCODER.encode(value).decode())


def table(rows: list[tuple[str, ...]]) -> None:
    """Print rows in columns, as wide as their longest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line("  ".join(cells).rstrip())


def question(text: str) -> None:
    """Print what is asked to standard error, without an end of line: the answer stands behind."""
    print(text, end="", file=sys.stderr, flush=True)


def error(text: str) -> None:
    """Print one line to standard error."""
    print(text, file=sys.stderr, flush=True)
