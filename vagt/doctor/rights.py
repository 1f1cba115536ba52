"""Groups: whether whoever opens the ports is let in, before anything is plugged in."""

from __future__ import annotations

import grp

from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.person import ROOT_UID, Person, group
from vagt.doctor.scene import Scene

SERIAL, SOUND = "dialout", "audio"
"""Debian and Raspberry Pi OS give serial ports to the one, sound cards to the other."""


def groups(scene: Scene) -> Result:
    """Say whether the daemon's user, or whoever asks, is in the groups of ports and of sound."""
    keeper = scene.keeper
    if keeper.uid == ROOT_UID:
        return seen("groups", "root may open every port")
    joined = ", ".join(sorted(group(gid) for gid in keeper.groups)) or "none"
    wanted = {SERIAL: "serial ports belong to"}
    if not scene.config.sound.off:
        wanted[SOUND] = "sound cards belong to, and no alarm is heard"
    missing = {name: what for name, what in wanted.items() if _outside(keeper, name)}
    again = "log out and in again" if scene.serving is None else "sudo systemctl restart vagt"
    findings = [_missing(keeper, name, what, again) for name, what in missing.items()]
    return found("groups", f"{keeper.name} is in {joined}", *findings)


def _missing(keeper: Person, name: str, what: str, again: str) -> Finding:
    remedy = f"sudo usermod -aG {name} {keeper.name}, then {again}"
    whole = f"groups: {keeper.name} is not in {name}, which {what}"
    return Finding("group_missing", whole, remedy)


def _outside(keeper: Person, name: str) -> bool:
    try:
        return grp.getgrnam(name).gr_gid not in keeper.groups
    except KeyError:
        return False
