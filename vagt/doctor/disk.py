"""Where the journal is kept: there, writable, with room, and whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from daemon.journal.store import FILE, JournalError, verify
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.person import Person, present
from vagt.doctor.scene import Scene

ROOM_BYTES = 200 * 2**20
"""The journal, and a copy of it beside it, are far smaller; our own choice."""
QUICK_BYTES = 64 * 2**20
"""A journal up to this size is walked through in a few seconds on a Raspberry Pi."""


def disk(scene: Scene, ask: Callable[[Path], os.statvfs_result] = os.statvfs) -> Result:
    """Say whether the data folder can be written and how much room there is."""
    folder = scene.config.data.dir
    there = next(path for path in (folder, *folder.absolute().parents) if present(path))
    system = ask(there)
    free = system.f_bavail * system.f_frsize
    findings = [
        *_unwritable(folder, there, scene.keeper, read_only=bool(system.f_flag & os.ST_RDONLY)),
        *_full(folder, free),
    ]
    made = "" if there == folder else ", not made yet"
    return found("disk", f"{folder}{made}, {_size(free)} free", *findings)


def _unwritable(folder: Path, there: Path, keeper: Person, *, read_only: bool) -> list[Finding]:
    if not there.is_dir():
        what = f"data folder {folder}: {there} is no folder"
        return [Finding("data_no_folder", what, "mend `dir` of [data]")]
    if read_only:
        what = f"data folder {folder}: its file system can only be read"
        return [Finding("data_read_only", what, "look at its health, then mount it writable")]
    if not keeper.may(there.stat()):
        what = f"data folder {folder}: {keeper.name} may not write in {there}"
        remedy = f"sudo install -d -m 0750 -o {keeper.name} {folder}, or mend `dir` of [data]"
        return [Finding("data_denied", what, remedy)]
    return []


def _full(folder: Path, free: int) -> list[Finding]:
    if free >= ROOM_BYTES:
        return []
    what = f"data folder {folder}: {_size(free)} free, and {_size(ROOM_BYTES)} are wanted"
    return [Finding("disk_full", what, "make room on the disk")]


def journal(scene: Scene) -> Result:
    """Say how large the journal is and, unless that takes long, whether its chain is whole."""
    path = scene.config.data.dir / FILE
    try:
        size = path.stat().st_size + _waiting(path)
    except PermissionError:
        return seen("journal", f"{path} may not be looked at by {scene.me.name}: try with sudo")
    except OSError:
        return seen("journal", f"{path} is not made yet")
    if not scene.me.may(path.stat(), write=False):
        return seen("journal", f"{path} may not be read by {scene.me.name}: try with sudo")
    if size > QUICK_BYTES:
        return seen("journal", f"{path}, {_size(size)}: not walked through, `vagt journal verify`")
    return _verified(path, size)


def _waiting(path: Path) -> int:
    """Return the bytes that are written and not yet in the file itself: those of its log."""
    log = path.with_name(f"{path.name}-wal")
    try:
        return log.stat().st_size
    except FileNotFoundError:
        return 0


def _verified(path: Path, size: int) -> Result:
    try:
        verdict = verify(path)
    except JournalError as error:
        what, _, remedy = str(error).rpartition(": ")
        return found("journal", f"{path} unreadable", Finding("journal_unreadable", what, remedy))
    if verdict.first_bad is not None:
        what = f"journal {path}: event {verdict.first_bad} does not follow from the one before it"
        remedy = "copy the file as it is before anything else, and ask who had access to it"
        return found("journal", f"{path} broken", Finding("journal_broken", what, remedy))
    if verdict.bad_files:
        what = f"journal {path}: file {verdict.bad_files[0]} is not there as it was written"
        remedy = "copy the journal as it is before anything else, and ask who had access to it"
        return found("journal", f"{path} broken", Finding("journal_broken", what, remedy))
    return seen("journal", f"{path}, {_size(size)}, {verdict.events} events, chain whole")


def _size(count: int) -> str:
    if count >= 2**30:
        return f"{count / 2**30:.1f} GiB"
    return f"{count / 2**20:.1f} MiB" if count >= 2**20 else f"{count / 2**10:.0f} KiB"
