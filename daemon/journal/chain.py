"""The hash chain: each event's hash covers the one before it, so no row can be altered alone."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

GENESIS = "0" * 64
"""What stands before the first event."""


class Row(Struct, frozen=True):
    """One event as it is stored. Times in us: wall since 1970 UTC, mono on the clock of `boot`."""

    seq: int
    wall_us: int
    mono_us: int
    boot: str
    kind: str
    body: str
    hash: str


def chained(previous: str, seq: int, stamp: tuple[int, int, str], kind: str, body: str) -> Row:
    """Return the row that follows the one whose hash is `previous`."""
    covered = msgspec.json.encode([previous, seq, *stamp, kind, body])
    wall_us, mono_us, boot = stamp
    return Row(seq, wall_us, mono_us, boot, kind, body, hashlib.sha256(covered).hexdigest())


def follows(row: Row, previous: str, seq: int) -> bool:
    """Tell whether a row is what was written after `previous` at place `seq`."""
    stamp = (row.wall_us, row.mono_us, row.boot)
    return row == chained(previous, seq, stamp, row.kind, row.body)
