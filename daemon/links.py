"""Which link a port asks for: a machine on the network by `tcp://`, or else a serial port.

A protocol with register maps is Modbus, over either; any other is bytes as they come.
"""

from __future__ import annotations

from devices.contract import ProtocolEntry
from firmware_bridge.link import Link
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.tcp_link import SCHEME, TcpLink
from vitals.clock import Clock


def link(port: str, entry: ProtocolEntry, clock: Clock) -> Link:
    """Return the link to a port, not yet open."""
    if entry.mapped is not None:
        return ModbusLink(port, entry.line, clock)
    if port.startswith(f"{SCHEME}://"):
        return TcpLink(port, clock)
    return SerialLink(port, entry.line, clock)
