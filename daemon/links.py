"""Which link a port asks for: a serial server by `tcp://`, anything else is a serial port."""

from __future__ import annotations

from devices.contract import ProtocolEntry
from firmware_bridge.link import Link
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.tcp_link import SCHEME, TcpLink
from vitals.clock import Clock


def link(port: str, entry: ProtocolEntry, clock: Clock) -> Link:
    """Return the link to a port, not yet open."""
    if port.startswith(f"{SCHEME}://"):
        return TcpLink(port, clock)
    return SerialLink(port, entry.line, clock)
