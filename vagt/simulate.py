"""`vagt simulate`: the device's end of the wire, on a pseudo-terminal or on the network."""

from __future__ import annotations

import argparse
import asyncio

from daemon.clock import SystemClock
from devices.catalogue import PROTOCOLS
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.rows import DeviceRow
from devices.simulated.scenario import Scenario
from devices.simulated.troubles import Troubled
from firmware_bridge.far_end import FarEndError
from vagt import output
from vagt.end import Manner, emit, networked
from vagt.main import UsageError
from vagt.scenarios import scenario
from vagt.stopping import until_told

NETWORKED = [name for name, entry in PROTOCOLS.items() if entry.mapped is not None]
"""What speaks a network's own form; any other would be a serial server's bytes."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to be, where, and what happens to the patient."""
    parser.add_argument("protocol", metavar="PROTOCOL", help="see `vagt protocols`")
    parser.add_argument(
        "--link", required=True, help="the port that appears; for modbus also tcp://host:number"
    )
    parser.add_argument("--scenario", default="clinic", help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=0, help="another patient of the same kind")
    parser.add_argument(
        "--byte-by-byte", action="store_true", help="as slowly as on a line of 9600 baud"
    )


def run(arguments: argparse.Namespace) -> int:
    """Emit until SIGTERM or SIGINT."""
    protocol, where = arguments.protocol, arguments.link
    story = scenario(arguments.scenario)
    device = device_of(story, protocol)
    if networked(where) and protocol not in NETWORKED:
        known = ", ".join(NETWORKED)
        raise UsageError(f"{protocol} is simulated under a path alone; at an address only {known}")
    simulator = SIMULATORS[protocol](story.patient(device.bed, arguments.seed), 0)
    emitting = emit(
        where,
        Troubled(simulator, story.trouble(device.name)),
        SystemClock(),
        cable_in=lambda elapsed_s: story.cable_in(device.name, elapsed_s),
        manner=Manner(byte_by_byte=arguments.byte_by_byte),
        # Whoever started us waits for this line; a signal is heeded by then.
        ready=lambda found: output.line(f"{protocol} on {found}"),
    )
    try:
        asyncio.run(until_told(emitting))
    except FarEndError as error:
        raise UsageError(str(error)) from error
    return 0


def device_of(story: Scenario, protocol: str) -> DeviceRow:
    """Return the scenario's device that speaks a protocol, or a new one at its first bed."""
    if protocol not in SIMULATORS:
        known = ", ".join(SIMULATORS)
        raise UsageError(f"{protocol!r} cannot be simulated; these can: {known}")
    fitting = [device for device in story.devices if device.protocol == protocol]
    return fitting[0] if fitting else DeviceRow(protocol, protocol, story.patients[0].bed)
