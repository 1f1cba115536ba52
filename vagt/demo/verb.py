"""`vagt demo`: a simulated clinic in a temporary folder, with the real daemon and dashboard."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from daemon.clock import SystemClock
from daemon.journal.store import FILE, verify
from daemon.tally import ALWAYS, tally
from vagt import past
from vagt.demo import headless, wires
from vagt.demo.client import UnreachableError
from vagt.demo.clinic import Clinic, clinic
from vagt.demo.fast import Fast
from vagt.demo.headless import Scribe
from vagt.demo.play import dashboard, played, printing
from vagt.demo.staff import Staff
from vagt.main import UsageError
from vagt.scenarios import scenario
from vagt.stopping import until_told

SPEED_LIMIT = 100
Loop = Callable[[], asyncio.AbstractEventLoop]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to show, and for how long."""
    parser.add_argument("--headless", action="store_true", help="JSON lines instead of a dashboard")
    parser.add_argument(
        "--seconds", type=_seconds, help="of simulated time; default: until it ends"
    )
    parser.add_argument("--scenario", default="clinic", help="default: %(default)s")
    parser.add_argument("--speed", type=_speed, default=1.0, help="at most; above 1: on one loop")
    parser.add_argument("--byte-by-byte", action="store_true", help="every byte arrives alone")
    parser.add_argument("--lang", choices=("da", "nb", "en"), default="da", help="of the dashboard")
    parser.add_argument("--json", action="store_true", help="changes nothing: it is JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Run the clinic until it is over or told to stop; 1 where a step of the story was refused."""
    story = scenario(arguments.scenario)
    if not (arguments.headless or all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr))):
        raise UsageError("not a terminal; run it in one, or use `vagt demo --headless`")
    with (
        tempfile.TemporaryDirectory(prefix="vagt-demo-") as root,
        clinic(Path(root), story) as place,
    ):
        place.write()
        logging.basicConfig(filename=place.log)
        try:
            return _watched(place, arguments)
        except UnreachableError as error:
            raise UsageError(f"{error} {place.last_words()}") from error


def _watched(clinic: Clinic, arguments: argparse.Namespace) -> int:
    """Let it be seen; 1 where the daemon refused a step of the story, as the lines say."""
    wire: wires.Wire
    loop: Loop = asyncio.new_event_loop
    if arguments.speed > 1:
        fast = Fast(arguments.speed)
        wire = wires.OneLoop(clinic, fast, byte_by_byte=arguments.byte_by_byte)
        loop = fast.loop
    else:
        wire = wires.Processes(clinic, SystemClock(), byte_by_byte=arguments.byte_by_byte)
    seconds = arguments.seconds
    if arguments.headless:
        ends_s = None if clinic.story.repeats else clinic.story.duration_s
        return printed(wire, loop, seconds or ends_s)
    watch = dashboard(clinic, arguments.lang, wire.clock, seconds)
    _run(played(wire, Staff(clinic.story, wire.clock), lambda _: None, watch), loop)
    return 0


def _run(work: Coroutine[Any, Any, None], loop: Loop) -> None:
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(until_told(work))


def printed(wire: wires.Wire, loop: Loop, seconds: float | None) -> int:
    """Print what the daemon says of a story, for a while or for ever; 1 where it refused a step."""
    clock, real = wire.clock, SystemClock()
    staff = Staff(wire.clinic.story, clock)
    scribe = Scribe(staff)
    begun, real_begun = clock.now(), real.now()
    _run(played(wire, staff, scribe.hear, printing(scribe, clock, seconds)), loop)
    speed = clock.now().seconds_since(begun) / real.now().seconds_since(real_begun)
    data = wire.clinic.data
    per_hour = tally(past.events(data), ALWAYS).per_hour
    headless.summary(scribe, verify(data / FILE).journal, per_hour, speed)
    return 1 if scribe.refused else 0


def _seconds(text: str) -> float:
    if not 0 < (seconds := _number(text)) < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: give a number of seconds above 0")
    return seconds


def _speed(text: str) -> float:
    if not 1 <= (speed := _number(text)) <= SPEED_LIMIT:
        raise argparse.ArgumentTypeError(f"{text}: give a number from 1 to {SPEED_LIMIT}")
    return speed


def _number(text: str) -> float:
    """Return the number, or one that is in no range."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
