"""File systems: errors on record, one that can only be read, and data that no restart outlives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vagt.doctor.board import raspberry
from vagt.doctor.files import number, text
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.scene import Scene

FLEETING = frozenset({"overlay", "ramfs", "tmpfs"})
"""Kept in memory alone: the read-only mode of raspi-config makes the first of the whole system."""
_LOG = ("/usr/bin/journalctl", "--dmesg", "--boot", "--quiet", "--output=cat")
_WORDS = "--grep=I/O error, dev (mmcblk|nvme)|EXT4-fs error"
"""Of what a system is started from: a stick that was pulled out is no fault."""

_LOST = "and what is recorded may be lost"
_REMEDY = "make a backup today, then go over to a new card"


class Mount(NamedTuple):
    """A file system in its place."""

    place: Path
    kind: str
    read_only: bool


def mounts(scene: Scene) -> Result:
    """Say which file systems have errors on record, and whether what is written lasts."""
    told = list(_mounted(scene.root))
    where = _under(scene.config.data.dir, told)
    said = "what cannot be known here" if where is None else f"{where.kind} at {where.place}"
    findings = (*_errors(scene), *_logged(scene), *_read_only(told), *_fleeting(scene, where))
    return found("mounts", f"the data folder lies on {said}", *findings)


def _mounted(root: Path) -> Iterator[Mount]:
    for line in text(root / "proc/mounts").splitlines():
        match line.split():
            case [_, place, kind, options, *_]:
                yield Mount(Path(place), kind, "ro" in options.split(","))
            case _:
                pass


def _under(folder: Path, told: list[Mount]) -> Mount | None:
    """Return what a folder lies on: the deepest, and of two in one place the later."""
    above = [one for one in told if folder.absolute().is_relative_to(one.place)]
    return max(reversed(above), key=lambda one: len(one.place.parts), default=None)


def _errors(scene: Scene) -> Iterator[Finding]:
    for file in sorted(scene.root.glob("sys/fs/ext4/*/errors_count")):
        if count := number(file):
            what = f"disk: {count} errors are on record for the file system of {file.parent.name}"
            yield Finding("disk_errors", f"{what}, {_LOST}", _REMEDY)


def _logged(scene: Scene) -> Iterator[Finding]:
    """Yield what the kernel logged since the start; without rights its log is empty."""
    if lines := scene.run(*_LOG, _WORDS).splitlines():
        what = f"disk: the kernel could not read or write ({lines[-1].strip()})"
        yield Finding("disk_unreadable", f"{what}, {_LOST}", _REMEDY)


def _read_only(told: list[Mount]) -> Iterator[Finding]:
    top = _under(Path("/"), told)
    if top is not None and top.read_only and top.kind.startswith("ext"):
        what = "disk: the system can only be read, as after an error of the card, and keeps nothing"
        remedy = "restart it once; if it comes again, take a new card and restore the backup"
        yield Finding("disk_read_only", what, remedy)


def _fleeting(scene: Scene, where: Mount | None) -> Iterator[Finding]:
    if where is None or where.kind not in FLEETING or not raspberry(scene.root):
        return
    what = f"data folder {scene.config.data.dir}: it lies in memory ({where.kind} at {where.place})"
    remedy = "switch the overlay file system off (sudo raspi-config), or every restart loses all"
    yield Finding("data_fleeting", what, remedy)
