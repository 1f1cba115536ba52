"""What a device is told beyond its protocol, held to what that protocol can be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import fields, replace

from daemon import maps
from devices.contract import Options, ProtocolEntry
from devices.modbus.map import MapError
from firmware_bridge.tcp_link import SCHEME

LINE = ("baud", "data_bits", "parity", "stop_bits")
COMMON = frozenset({*LINE, "map"})
"""The options that are not a matter of one driver."""


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
    yield from _foreign(options, entry)
    if entry.mapped is None and options.map is not None:
        yield f"map: {entry.name} has no register map: remove it"
    if entry.mapped is not None and options.map is None:
        yield f"map: {entry.name} needs a register map: name a file, or one of {maps.KNOWN}"
    if port.startswith(f"{SCHEME}://"):
        for name in LINE:
            if getattr(options, name) is not None:
                yield f"{name}: a network has no line settings: remove it"


def _foreign(options: Options, entry: ProtocolEntry) -> Iterator[str]:
    """Return the options that would do nothing: a person who set one believes that it does."""
    for field in fields(options):
        said = getattr(options, field.name) != field.default
        if said and field.name not in entry.takes | COMMON:
            known = ", ".join(sorted(entry.takes)) or "none of its own"
            yield f"{field.name}: {entry.name} cannot be told it (it takes {known}): remove it"
    if options.oxygen_percent is not None and options.gas is None and "gas" in entry.takes:
        yield "oxygen_percent: is told together with the balance gas: add gas"
