"""Who opens files here, and what their rights come to."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT_UID = 0
GROUP_USE = stat.S_IRGRP | stat.S_IWGRP


@dataclass(frozen=True, slots=True)
class Person:
    """A user as a process of theirs runs."""

    name: str
    uid: int
    groups: frozenset[int]
    """Those of the process; the user database may name others since."""

    def may(self, status: os.stat_result, *, read: bool = True, write: bool = True) -> bool:
        """Tell whether the mode of a file lets them read and write it."""
        if self.uid == ROOT_UID:
            return True
        wanted = (stat.S_IRUSR if read else 0) | (stat.S_IWUSR if write else 0)
        if self.uid != status.st_uid:
            wanted >>= 3 if status.st_gid in self.groups else 6
        return status.st_mode & wanted == wanted


def present(path: Path) -> bool:
    """Tell whether something is at a path, as far as this process may look."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def myself() -> Person:
    """Return who runs this process."""
    return Person(user(os.geteuid()), os.geteuid(), frozenset({os.getegid(), *os.getgroups()}))


def somebody(uid: int) -> Person:
    """Return a user as the database knows them."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Person(str(uid), uid, frozenset())
    return Person(entry.pw_name, uid, frozenset(os.getgrouplist(entry.pw_name, entry.pw_gid)))


def user(uid: int) -> str:
    """Return the name of a user, or the number of one without."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def group(gid: int) -> str:
    """Return the name of a group, or the number of one without."""
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def admission(person: Person, status: os.stat_result) -> str:
    """Return how a person comes to read and write a file that its mode keeps from them."""
    owner = group(status.st_gid)
    if status.st_mode & GROUP_USE != GROUP_USE or status.st_gid == 0:
        return f"its group {owner} is no help: let a udev rule give it to dialout, mode 0660"
    known = status.st_gid in somebody(person.uid).groups
    if known and status.st_gid not in person.groups:
        return f"{person.name} has joined {owner} since: log out and in again"
    return f"sudo usermod -aG {owner} {person.name}, then log out and in again"
