"""Register maps as people name them: one that ships, or a file of their own."""

from __future__ import annotations

from pathlib import Path

from devices.modbus import profile
from devices.modbus.map import MapError, parsed

KNOWN = ", ".join(profile.names())


def text(name: str, folder: Path) -> str:
    """Return the text of a map that is in order; MapError with every fault otherwise.

    What is no name of a map that ships is a path, and a relative one begins at `folder`.
    """
    found = profile.text(name) if name in profile.names() else _file(folder / name)
    try:
        parsed(found)
    except MapError as error:
        raise MapError([f"{name}: {fault}" for fault in error.errors]) from error
    return found


def _file(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        remedy = f"name a file that can be read, or one of {KNOWN}"
        raise MapError([f"{path}: {reason}: {remedy}"]) from error
    except UnicodeDecodeError as error:
        raise MapError([f"{path}: is not UTF-8 text: save it as UTF-8"]) from error
    except ValueError as error:
        raise MapError([f"{path!s}: is no path: name a file"]) from error
