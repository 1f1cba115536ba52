"""Groups: whether whoever opens the ports is let in, before anything is plugged in."""

from __future__ import annotations

import grp

from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.person import ROOT_UID, Person, group
from vagt.doctor.scene import Scene

SERIAL = "dialout"
"""Debian and Raspberry Pi OS give serial ports to it."""


def groups(scene: Scene) -> Result:
    """Say whether the daemon's user, or whoever asks, is in the group of serial ports."""
    keeper = scene.keeper
    if keeper.uid == ROOT_UID:
        return seen("groups", "root may open every port")
    joined = ", ".join(sorted(group(gid) for gid in keeper.groups)) or "none"
    said = f"{keeper.name} is in {joined}"
    if _outside(keeper):
        what = f"groups: {keeper.name} is not in {SERIAL}, which serial ports belong to"
        remedy = f"sudo usermod -aG {SERIAL} {keeper.name}, then log out and in again"
        return found("groups", said, Finding("group_missing", what, remedy))
    return seen("groups", said)


def _outside(keeper: Person) -> bool:
    try:
        return grp.getgrnam(SERIAL).gr_gid not in keeper.groups
    except KeyError:
        return False
