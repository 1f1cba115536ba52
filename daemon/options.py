"""What a device is told beyond its protocol, held to what that protocol can be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from daemon import maps
from devices.contract import Options, ProtocolEntry
from devices.modbus.map import MapError
from firmware_bridge.tcp_link import SCHEME

LINE = ("baud", "data_bits", "parity", "stop_bits")


def settled(
    options: Options, port: str, entry: ProtocolEntry, folder: Path
) -> tuple[Options, list[str]]:
    """Return the options with their register map read, and every fault as key and what to mend.

    A relative path of a map begins at `folder`.
    """
    faults = list(_unfit(options, port, entry))
    if entry.mapped is None or options.map is None:
        return options, faults
    try:
        return replace(options, map=maps.text(options.map, folder)), faults
    except MapError as error:
        return options, faults + [f"map: {fault}" for fault in error.errors]


def _unfit(options: Options, port: str, entry: ProtocolEntry) -> Iterator[str]:
    if entry.mapped is None and options.map is not None:
        yield f"map: {entry.name} has no register map: remove it"
    if entry.mapped is not None and options.map is None:
        yield f"map: {entry.name} needs a register map: name a file, or one of {maps.KNOWN}"
    if port.startswith(f"{SCHEME}://"):
        for name in LINE:
            if getattr(options, name) is not None:
                yield f"{name}: a network has no line settings: remove it"
