"""Register maps as the command line names them: a file, or one that comes with the product."""

from __future__ import annotations

from pathlib import Path

from devices.modbus import profile
from devices.modbus.map import MapError, parsed
from vagt.main import UsageError

HELP = "a register map, or one of " + ", ".join(profile.names())


def text(name: str) -> str:
    """Return the text of a map that is in order; UsageError with every fault otherwise."""
    found = profile.text(name) if name in profile.names() else _file(name)
    try:
        parsed(found)
    except MapError as error:
        raise UsageError(f"{name}: {error}") from error
    return found


def _file(name: str) -> str:
    try:
        return Path(name).read_text("utf-8")
    except OSError as error:
        known = ", ".join(profile.names())
        problem = error.strerror or str(error)
        raise UsageError(f"{name}: {problem}; name a readable file, or {known}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8; save the file as UTF-8") from error
