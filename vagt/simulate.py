"""`vagt simulate`: the device's end of the wire, on a pseudo-terminal under a path."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from daemon.clock import SystemClock
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.rows import DeviceRow
from devices.simulated.scenario import Scenario
from firmware_bridge.far_end import FarEnd, FarEndError, pump
from vagt import output
from vagt.main import UsageError
from vagt.scenarios import scenario
from vagt.stopping import until_told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to be, where, and what happens to the patient."""
    parser.add_argument("protocol", metavar="PROTOCOL", help="see `vagt protocols`")
    parser.add_argument("--link", type=Path, required=True, help="the port that appears")
    parser.add_argument("--scenario", default="clinic", help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=0, help="another patient of the same kind")
    parser.add_argument(
        "--byte-by-byte", action="store_true", help="as slowly as on a line of 9600 baud"
    )


def run(arguments: argparse.Namespace) -> int:
    """Emit until SIGTERM or SIGINT."""
    story = scenario(arguments.scenario)
    device = device_of(story, arguments.protocol)
    simulator = SIMULATORS[arguments.protocol](story.patient(device.bed, arguments.seed), 0)
    far_end = FarEnd(arguments.link)
    try:
        far_end.plug()
    except FarEndError as error:
        raise UsageError(str(error)) from error
    emitting = pump(
        far_end,
        simulator,
        SystemClock(),
        cable_in=lambda elapsed_s: story.cable_in(device.name, elapsed_s),
        byte_by_byte=arguments.byte_by_byte,
    )
    asyncio.run(until_told(_announced(f"{arguments.protocol} on {arguments.link}", emitting)))
    return 0


async def _announced(line: str, emitting: Coroutine[Any, Any, None]) -> None:
    """Say that the port is there once a signal would be heeded; whoever started us waits for it."""
    output.line(line)
    await emitting


def device_of(story: Scenario, protocol: str) -> DeviceRow:
    """Return the scenario's device that speaks a protocol, or a new one at its first bed."""
    if protocol not in SIMULATORS:
        known = ", ".join(SIMULATORS)
        raise UsageError(f"{protocol!r} cannot be simulated; these can: {known}")
    fitting = [device for device in story.devices if device.protocol == protocol]
    return fitting[0] if fitting else DeviceRow(protocol, protocol, story.patients[0].bed)
