"""What `vagt doctor` finds of rights, holders, clock, disk and journal."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from doctors import STRANGER, ids, only, scene
from manual import at
from msgspec import structs
from sockets import Machine

from daemon.filing import Filing
from vagt.doctor.clock import clock
from vagt.doctor.disk import ROOM_BYTES, disk, journal
from vagt.doctor.holders import Holder, holders
from vagt.doctor.person import Person, admission, group, present, somebody, user
from vagt.doctor.reports import reports
from vagt.doctor.rights import groups
from vagt.doctor.scene import Scene


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "root")


def status_of(mode: int, uid: int, gid: int) -> os.stat_result:
    return os.stat_result((stat.S_IFCHR | mode, 0, 0, 1, uid, gid, 0, 0, 0, 0))


ROOT = Person("root", 0, frozenset())
OWNER = Person("owner", 7, frozenset({8}))
MEMBER = Person("member", 9, frozenset({8}))


@pytest.mark.parametrize(
    ("person", "mode"),
    [(ROOT, 0o000), (OWNER, 0o600), (MEMBER, 0o060), (STRANGER, 0o006)],
    ids=lambda one: getattr(one, "name", None),
)
def test_each_is_let_in_by_the_digit_that_is_theirs(person: Person, mode: int) -> None:
    assert person.may(status_of(mode, 7, 8))


@pytest.mark.parametrize(
    ("person", "mode"),
    [(OWNER, 0o066), (MEMBER, 0o646), (STRANGER, 0o664)],
    ids=lambda one: getattr(one, "name", None),
)
def test_nobody_is_let_in_by_another_s_digit(person: Person, mode: int) -> None:
    assert not person.may(status_of(mode, 7, 8))


def test_who_is_kept_out_is_told_how_to_come_in() -> None:
    joined = Person("daemon", 1, frozenset())
    assert admission(STRANGER, status_of(0o660, 0, 20)).startswith(
        f"sudo usermod -aG {group(20)} somebody"
    )
    assert "daemon has joined" in admission(joined, status_of(0o660, 0, 1))
    assert "udev rule" in admission(STRANGER, status_of(0o600, 0, 20))
    assert "udev rule" in admission(STRANGER, status_of(0o660, 0, 0))


def test_who_has_no_name_is_called_by_number() -> None:
    assert (user(54_321), group(54_321)) == ("54321", "54321")
    assert somebody(54_321).groups == frozenset()
    assert user(0) == "root"


def test_what_may_not_be_looked_at_is_not_there(tmp_path: Path) -> None:
    assert present(tmp_path)
    assert not present(tmp_path / "x" / "y")


def test_a_process_that_holds_a_port_is_found_and_a_far_end_is_none(tmp_path: Path) -> None:
    for pid, comm, files in (
        (31, "minicom", ["/dev/pts/7"]),
        (32, "simulator", ["/dev/pts/7", "/dev/ptmx"]),
        (33, "shell", ["/dev/pts/8"]),
    ):
        (tmp_path / str(pid) / "fd").mkdir(parents=True)
        (tmp_path / str(pid) / "comm").write_text(f"{comm}\n")
        for number, target in enumerate(files):
            (tmp_path / str(pid) / "fd" / str(number)).symlink_to(target)
    (tmp_path / "34").mkdir()
    assert holders(Path("/dev/pts/7"), tmp_path) == (Holder(31, "minicom"),)


def test_groups_are_judged_before_anything_is_plugged_in(machine: Machine) -> None:
    assert ids(groups(scene(machine))) == ["group_missing"]
    assert "log out and in again" in only(groups(scene(machine))).remedy
    service = replace(scene(machine), serving=STRANGER)
    assert only(groups(service)).remedy.endswith("then sudo systemctl restart vagt")
    heard = scene(machine, extra="[sound]\nvolume = 70\n")
    assert ids(groups(heard)) == ["group_missing", "group_missing"]
    inside = replace(scene(machine), me=Person("us", 1000, frozenset(range(1000))))
    assert ids(groups(inside)) == []


WALL_2024 = 1_704_067_200.0


@pytest.mark.parametrize(
    ("server", "clocks", "expected", "says"),
    [
        ("yes", (), [], "set by a time server; no battery clock"),
        ("no", ("rtc0",), [], "not set by a time server; a battery clock"),
        ("no", (), ["clock_unkept"], "not kept"),
        ("", (), [], "whether a time server set it cannot be known here; no battery clock"),
    ],
)
def test_a_clock_that_nothing_keeps_is_found(
    machine: Machine,
    server: str,
    clocks: tuple[str, ...],
    expected: list[str],
    says: str,
) -> None:
    for name in clocks:
        (machine.root / "sys/class/rtc" / name).mkdir(parents=True)
    now = at(0)
    one = replace(scene(machine), now=replace(now, wall=now.wall + 40_000_000))
    result = clock(replace(one, run=lambda *_: server))
    assert ids(result) == expected
    assert result.checked[0].what == says


def test_timesyncd_s_own_mark_is_believed_without_asking(machine: Machine) -> None:
    (machine.root / "run/systemd/timesync").mkdir(parents=True)
    (machine.root / "run/systemd/timesync/synchronized").touch()
    now = at(0)
    one = replace(scene(machine), now=replace(now, wall=now.wall + 40_000_000))
    (seen,) = clock(replace(one, run=lambda *_: "no")).checked
    assert seen.what.startswith("set by a time server")


def test_a_clock_from_before_this_version_is_wrong(machine: Machine) -> None:
    one = replace(scene(machine), now=replace(at(0), wall=WALL_2024))
    assert "set to 2024" in only(clock(replace(one, run=lambda *_: "yes"))).what


def room(free: int, *, read_only: bool = False) -> Callable[[Path], os.statvfs_result]:
    flag = os.ST_RDONLY if read_only else 0
    return lambda _: os.statvfs_result((4096, 4096, 0, 0, free // 4096, 0, 0, 0, flag, 255))


def test_a_disk_without_room_or_that_is_read_only_is_found(machine: Machine) -> None:
    one = replace(scene(machine), me=Person("root", 0, frozenset()))
    assert ids(disk(one, room(ROOM_BYTES))) == []
    assert ids(disk(one, room(ROOM_BYTES - 4096))) == ["disk_full"]
    assert ids(disk(one, room(ROOM_BYTES, read_only=True))) == ["data_read_only"]


def test_a_folder_of_reports_that_is_gone_or_may_not_be_written_is_found(
    machine: Machine, tmp_path: Path
) -> None:
    def filing(folder: Path | None) -> Scene:
        one = scene(machine)
        outward = structs.replace(one.config.outward, report=Filing(folder))
        return replace(one, config=structs.replace(one.config, outward=outward))

    folder = tmp_path / "reports"
    assert only(reports(filing(folder))).id == "reports_no_folder"
    folder.mkdir(mode=0o750)
    assert only(reports(filing(folder))).id == "reports_denied"
    folder.chmod(0o777)
    assert ids(reports(filing(folder))) == []
    (seen,) = reports(filing(None)).checked
    assert "no folder in [report]" in seen.what


def test_a_data_folder_that_may_not_be_written_is_found(machine: Machine) -> None:
    one = scene(machine)
    one.config.data.dir.mkdir(mode=0o750)
    finding = only(disk(one, room(ROOM_BYTES)))
    assert finding.id == "data_denied"
    assert finding.remedy.startswith("sudo install -d -m 0750 -o somebody ")
    assert "may not be looked at" not in journal(one).checked[0].what


def test_a_file_where_the_data_folder_should_be_is_found(machine: Machine) -> None:
    one = scene(machine)
    one.config.data.dir.write_text("")
    assert only(disk(one, room(ROOM_BYTES))).id == "data_no_folder"


def test_a_journal_that_one_may_not_read_is_no_finding(machine: Machine) -> None:
    one = scene(machine)
    one.config.data.dir.mkdir()
    (one.config.data.dir / "journal.db").touch(0o600)
    assert journal(one).findings == ()
    assert "may not be read by somebody" in journal(one).checked[0].what
