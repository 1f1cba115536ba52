"""`vagt replay`: a capture played on a pseudo-terminal, at its own pace or faster."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from daemon.clock import SystemClock
from firmware_bridge.capture import Capture, CaptureError, parse
from firmware_bridge.far_end import FarEnd, FarEndError, pump
from vagt import output
from vagt.main import UsageError
from vagt.stopping import until_told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the capture, the port that appears, and the pace."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a capture")
    parser.add_argument("--link", type=Path, required=True, help="the port that appears")
    parser.add_argument("--speed", type=float, default=1.0, help="default: %(default)s")


def run(arguments: argparse.Namespace) -> int:
    """Play the capture once, then stay silent until SIGTERM or SIGINT."""
    if not 0 < arguments.speed <= 100:  # noqa: PLR2004 - a bound of this verb alone
        raise UsageError("--speed: give a number above 0, at most 100")
    try:
        tape = Tape(parse(arguments.file.read_text("utf-8")), arguments.speed)
    except (OSError, UnicodeDecodeError, CaptureError) as error:
        raise UsageError(f"{arguments.file}: {error}") from error
    far_end = FarEnd(arguments.link)
    try:
        far_end.plug()
    except FarEndError as error:
        raise UsageError(str(error)) from error
    asyncio.run(until_told(_played(tape, far_end, arguments)))
    return 0


async def _played(tape: Tape, far_end: FarEnd, arguments: argparse.Namespace) -> None:
    output.line(f"{arguments.file} on {arguments.link}")
    await pump(far_end, tape, SystemClock(), cable_in=lambda _: True)


class Tape:
    """A device's end of the wire that says what was recorded; implements `far_end.Peer`."""

    def __init__(self, capture: Capture, speed: float) -> None:
        self._records = list(capture.records)
        self._speed = speed
        self._place = 0

    def receive(self, data: bytes) -> None:
        """Ignore what is asked: the answers stand in the capture."""

    def emit(self, elapsed_s: float) -> bytes:
        """Return the records that are due."""
        first, played_ms = self._place, elapsed_s * self._speed * 1000
        while (
            self._place < len(self._records) and self._records[self._place].offset_ms <= played_ms
        ):
            self._place += 1
        return b"".join(record.data for record in self._records[first : self._place])
