"""Register maps as the command line names them: a file, or one that comes with the product."""

from __future__ import annotations

from pathlib import Path

from daemon import maps
from devices.contract import Options, ProtocolEntry
from devices.modbus.map import MapError
from vagt.main import UsageError

HELP = f"a register map, or one of {maps.KNOWN}"


def text(name: str) -> str:
    """Return the text of a map that is in order; UsageError with every fault otherwise."""
    try:
        return maps.text(name, Path())
    except MapError as error:
        raise UsageError(str(error)) from error


def options(entry: ProtocolEntry, named: str | None) -> Options:
    """Return what a driver is told of the map that was named, if any; UsageError otherwise."""
    if named is None:
        return Options()
    if entry.mapped is None:
        raise UsageError(f"{entry.name} has no register map; leave --map out")
    return Options(map=text(named))
