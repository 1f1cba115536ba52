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


def error(text: str) -> None:
    """Print one line to standard error."""
    print(text, file=sys.stderr, flush=True)
