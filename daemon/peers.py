"""Who is at the other end of the socket, as the kernel knows it, and what that terminal may do.

What a terminal may not do bounds the roles of whoever speaks there. An emergency, an airway, an
end, an acknowledgement and a call ask for no role, so that no terminal is ever kept from them.
"""

from __future__ import annotations

import grp
import os
import pwd
import socket
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace

from checklists.people import Person
from vitals.role import Role

CREDENTIALS = struct.Struct("iII")
"""pid, uid, gid (socket(7), SO_PEERCRED)."""
SO_PEERGROUPS = 59
"""asm-generic/socket.h; Python has no name for it."""
_GROUPS_BYTES = 1024
"""The most that Python asks for: 256 groups of 4 bytes."""


Group = Annotated[
    str, Meta(pattern=r"\A[^\s:]{1,32}\Z", description="the name of a group, without blanks")
]


class PeerError(Exception):
    """The kernel does not say who it is: let the client go, it may come again."""


class Peer(NamedTuple):
    """Who is at the other end."""

    pid: int
    uid: int
    groups: frozenset[str]
    """Every group of the process that has a name, the first one too."""

    def __str__(self) -> str:
        return f"pid {self.pid} uid {self.uid}"


class Terminal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What clients of one user, or of one group, may do."""

    uid: Annotated[int, Meta(ge=0, le=4_294_967_294)] | None = None
    group: Group = ""
    roles: tuple[Role, ...] = tuple(Role)
    """What people may speak as there; absent: as anything. Empty: nobody may say what asks for a
    role."""

    def __post_init__(self) -> None:
        """Refuse a row that names nobody, or a user and a group."""
        if (self.uid is None) == (not self.group):
            raise ValueError("names a user or a group: write one of uid and group")

    def fits(self, peer: Peer) -> bool:
        """Tell whether a peer is meant."""
        return self.group in peer.groups if self.group else peer.uid == self.uid


class Allowed(Struct, frozen=True):
    """What a terminal may do."""

    roles: frozenset[Role] = frozenset(Role)

    def narrowed(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """Return the people with no other roles than they may speak as there."""
        return tuple(
            replace(one, roles=tuple(role for role in one.roles if role in self.roles))
            for one in people
        )


def allowed(terminals: Sequence[Terminal], peer: Peer) -> Allowed:
    """Return what a peer may do: what the first row that fits says; where none does, everything.

    The socket's own rights have let it in: it is of the socket's user or group.
    """
    row = next((one for one in terminals if one.fits(peer)), Terminal(uid=peer.uid))
    return Allowed(frozenset(row.roles))


def faults(terminals: Mapping[int, Terminal]) -> Iterator[str]:
    """Yield a line for each row, by number, that an earlier one leaves nothing to."""
    seen: set[tuple[int | None, str]] = set()
    for number, row in terminals.items():
        if (row.uid, row.group) in seen:
            who = f"group {row.group!r}" if row.group else f"uid {row.uid}"
            yield f"[[terminal]] {number}: {who} stands twice: keep one"
        seen.add((row.uid, row.group))


def unknown(terminals: Sequence[Terminal]) -> list[str]:
    """Return a line for each group that this machine does not have, so that its row fits nobody."""
    return [
        f"[[terminal]] {number}: group: {row.group!r} is no group of this machine:"
        f" addgroup {row.group}, or name another"
        for number, row in enumerate(terminals, 1)
        if row.group and not _exists(row.group)
    ]


def credentials(channel: socket.socket) -> Peer:
    """Return who is at the other end of a connected Unix socket, as it was when it connected.

    Raises PeerError where the kernel does not say it.
    """
    if channel.family != socket.AF_UNIX:
        raise PeerError("who connected is not known: this is no Unix socket")
    try:
        said = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
    except OSError as error:
        raise PeerError(f"who connected is not known: {error.strerror}") from error
    pid, uid, gid = CREDENTIALS.unpack(said)
    return Peer(pid, uid, frozenset(_named({gid, *_groups(channel, uid, gid)})))


def _groups(channel: socket.socket, uid: int, gid: int) -> Iterable[int]:
    """Return the groups of a peer; by the machine's own list where the kernel does not say them.

    An emulated processor's kernel calls do not know the question.
    """
    try:
        said = channel.getsockopt(socket.SOL_SOCKET, SO_PEERGROUPS, _GROUPS_BYTES)
    except OSError:
        try:
            return os.getgrouplist(pwd.getpwuid(uid).pw_name, gid)
        except KeyError:
            return ()
    return (one for (one,) in struct.iter_unpack("I", said))


def _named(gids: set[int]) -> Iterator[str]:
    """Yield the names of groups; one without a name is in no row."""
    for gid in gids:
        try:
            yield grp.getgrgid(gid).gr_name
        except KeyError:
            continue


def _exists(group: str) -> bool:
    try:
        grp.getgrnam(group)
    except KeyError:
        return False
    return True
