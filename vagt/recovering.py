"""`recover` on the command line: three things are said of the patient, and none by silence."""

from __future__ import annotations

from collections.abc import Sequence

from vagt.main import UsageError

SAID = ("removed", "free", "awake")
"""Airway device out, airway safe and free, no longer deep."""
_ALL = ("yes", "clear=yes")
_HOW = (
    f"say recover {' '.join(SAID)} (device out, airway safe and free, no longer deep), or recover "
    'yes; moved with the device: recover device_in_place=yes reason="..."'
)


def recovered(words: Sequence[str]) -> list[str]:
    """Return the words as fields with their names, or raise UsageError saying what is missing."""
    if "device_in_place=yes" in words:
        return list(words)
    said = [part for word in words for part in word.split(",") if part]
    if others := [one for one in said if one not in (*SAID, *_ALL)]:
        raise UsageError(f"recover: {' '.join(others)!r} is too much: {_HOW}")
    missing = [one for one in SAID if one not in said]
    if missing and not set(_ALL) & set(said):
        raise UsageError(f"recover: missing: {', '.join(missing)}; {_HOW}")
    return ["clear=yes"]
