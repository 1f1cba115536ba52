from __future__ import annotations

import errno
import grp
import os
import pwd
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from checklists.people import Person, having
from daemon.peers import (
    SO_PEERGROUPS,
    Allowed,
    Peer,
    PeerError,
    Terminal,
    allowed,
    credentials,
    faults,
    unknown,
)
from vitals.role import Role

EVERYTHING = Allowed(frozenset(Role))
RECOVERY = Terminal(group="opvaagning", roles=(Role.RECOVERY,))
OWNER = Terminal(uid=1001, roles=())
DAY = date(2026, 11, 23)


def peer(uid: int, *groups: str) -> Peer:
    return Peer(4711, uid, frozenset(groups))


def test_without_rows_everybody_whom_the_socket_lets_in_may_do_everything() -> None:
    assert allowed([], peer(1000, "vagt")) == EVERYTHING


def test_a_row_fits_by_user_or_by_any_group_and_the_first_that_fits_holds() -> None:
    rows = [OWNER, RECOVERY]
    assert allowed(rows, peer(1000, "vagt")) == EVERYTHING
    assert allowed(rows, peer(1000, "vagt", "opvaagning")).roles == {Role.RECOVERY}
    assert allowed(rows, peer(1001, "opvaagning")) == Allowed(frozenset())
    assert allowed(rows[::-1], peer(1001, "opvaagning")).roles == {Role.RECOVERY}


def test_people_speak_there_as_nothing_else_than_the_terminal_allows() -> None:
    people = [
        Person("AS", (Role.ANAESTHESIOLOGIST, Role.RECOVERY)),
        Person("JB", (Role.ANAESTHESIOLOGIST,)),
    ]
    there = allowed([RECOVERY], peer(1000, "opvaagning")).narrowed(people)
    assert having(there, [Role.ANAESTHESIOLOGIST], DAY) == ()
    assert having(there, [Role.RECOVERY], DAY) == ("AS",)
    assert EVERYTHING.narrowed(people) == tuple(people)


def test_a_row_that_an_earlier_one_leaves_nothing_to_is_named() -> None:
    assert list(faults({1: RECOVERY, 2: OWNER, 4: Terminal(group="opvaagning"), 5: OWNER})) == [
        "[[terminal]] 4: group 'opvaagning' stands twice: keep one",
        "[[terminal]] 5: uid 1001 stands twice: keep one",
    ]


def test_a_group_that_the_machine_does_not_have_is_named() -> None:
    there = grp.getgrgid(os.getegid()).gr_name
    rows = [Terminal(group=there), Terminal(group="no-such-group"), OWNER]
    (line,) = unknown(rows)
    assert line.startswith("[[terminal]] 2: group: 'no-such-group' is no group of this machine")
    assert line.endswith(": addgroup no-such-group, or name another")


@contextmanager
def listening(folder: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(folder / "s"))
        (folder / "s").chmod(0o666)
        server.listen()
        server.settimeout(10)
        yield server


def test_the_kernel_says_who_connected(tmp_path: Path) -> None:
    with listening(tmp_path) as server, socket.socket(socket.AF_UNIX) as client:
        client.connect(str(tmp_path / "s"))
        channel, _ = server.accept()
        with channel:
            found = credentials(channel)
    assert (found.pid, found.uid) == (os.getpid(), os.geteuid())
    gids = {os.getegid(), *os.getgroups()}
    assert found.groups == {one.gr_name for one in grp.getgrall() if one.gr_gid in gids}
    assert str(found) == f"pid {os.getpid()} uid {os.geteuid()}"


def test_the_kernel_says_every_group_of_the_process_that_connected(tmp_path: Path) -> None:
    root, own = os.geteuid() == 0, grp.getgrgid(os.getegid())
    others = [one for one in grp.getgrall() if one.gr_gid not in {0, own.gr_gid}][:3]
    more = others if root else [own, *(grp.getgrgid(gid) for gid in os.getgroups())]
    there = str(tmp_path / "s")
    client = f"import socket; socket.socket(socket.AF_UNIX).connect({there!r})"
    gids = [one.gr_gid for one in more] if root else None  # only root gives a process others
    with listening(tmp_path) as server:
        subprocess.run([sys.executable, "-c", client], check=True, extra_groups=gids)
        channel, _ = server.accept()
        with channel:
            found = credentials(channel)
    assert found.pid != os.getpid()
    assert found.groups == {grp.getgrgid(os.getegid()).gr_name, *(one.gr_name for one in more)}
    assert allowed([Terminal(group=more[-1].gr_name, roles=())], found).roles == frozenset()


def test_what_is_no_unix_socket_has_nobody_at_its_end() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as channel,
        pytest.raises(PeerError, match="who connected is not known"),
    ):
        credentials(channel)


class Unasked:
    """A kernel that does not know the question after groups, as an emulated one."""

    family = socket.AF_UNIX

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def getsockopt(self, level: int, option: int, length: int) -> bytes:
        if option == SO_PEERGROUPS:
            raise OSError(errno.ERANGE, "Numerical result out of range")
        return self._channel.getsockopt(level, option, length)


def test_where_the_kernel_does_not_say_groups_the_machines_own_list_does(tmp_path: Path) -> None:
    with listening(tmp_path) as server, socket.socket(socket.AF_UNIX) as client:
        client.connect(str(tmp_path / "s"))
        channel, _ = server.accept()
        with channel:
            found = credentials(Unasked(channel))  # type: ignore[arg-type]  # all that is asked
    user = pwd.getpwuid(os.geteuid()).pw_name
    gids = {os.getegid(), *os.getgrouplist(user, os.getegid())}
    assert found.groups == {one.gr_name for one in grp.getgrall() if one.gr_gid in gids}
