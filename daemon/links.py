"""Which link a port asks for: a machine on the network by `tcp://`, or else a serial port.

A protocol with register maps is Modbus, over either; any other is bytes as they come.
"""

from __future__ import annotations

import stat
from pathlib import Path

from devices.contract import ProtocolEntry
from firmware_bridge.link import Link, LinkRefusedError
from firmware_bridge.modbus_link import TCP_PORT, ModbusLink
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.tally import Tally
from firmware_bridge.tcp_link import SCHEME, TcpLink, address
from vitals.clock import Clock


def link(port: str, entry: ProtocolEntry, clock: Clock, tally: Tally | None = None) -> Link:
    """Return the link to a port, not yet open; it counts its bytes into `tally`."""
    if entry.mapped is not None:
        return ModbusLink(port, entry.line, clock, tally)
    if port.startswith(f"{SCHEME}://"):
        return TcpLink(port, clock, tally)
    return SerialLink(port, entry.line, clock, tally)


def unusable(port: str, entry: ProtocolEntry) -> str:
    """Return why a port can never be opened, and what to mend; empty when it can, now or later.

    A path where nothing is may be an adapter that is not plugged in yet.
    """
    if "://" in port:
        return _unreachable(port, entry)
    if not Path(port).is_absolute():
        return f"{port} begins nowhere: write the whole path, from /dev on"
    try:
        mode = Path(port).stat().st_mode
    except OSError:
        return ""
    if stat.S_ISCHR(mode):
        return ""
    kind = "a folder" if stat.S_ISDIR(mode) else "no serial port"
    return f"{port} is {kind}: name an adapter"


def _unreachable(port: str, entry: ProtocolEntry) -> str:
    if not port.startswith(f"{SCHEME}://"):
        return f"{port} is no address: write {SCHEME}://host:number"
    try:
        address(port, None if entry.mapped is None else TCP_PORT)
    except LinkRefusedError as error:
        return str(error)
    return ""
