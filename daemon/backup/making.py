"""A backup made: the journal copied as it was at one moment, verified, packed and sealed."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from daemon.backup import seal
from daemon.backup.along import along
from daemon.backup.manifest import FORM, JOURNAL, NAME, BackupError, Manifest, entry
from daemon.config import Config
from daemon.journal.store import CLEAN, FILE, JournalError, opened, verify
from vitals.instant import Instant

READABLE = 0o600
STAGE = ".backup-"
"""Begins the name of the folder, beside the journal, in which a backup is put together."""
RESERVE_BYTES = 32 * 2**20
"""What a backup leaves free for the daemon, which may write meanwhile; our own choice."""
PART = ".part"
"""Ends the name of a backup that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up."""

    data: Path
    config: Config | None
    version: str
    at: Instant


def make(source: Source, target: Path, keys: Sequence[str]) -> Manifest:
    """Write a backup, sealed for any one of some keys or open without any; return what it holds.

    The daemon may write meanwhile. What is not written whole is not there. A journal whose chain is
    broken is copied as it is, and the manifest says so. Raises BackupError.
    """
    try:
        with staged(source.data) as stage:
            _refuse_narrow(source.data)
            manifest = _gathered(source, stage)
            packed = _packed(stage, manifest)
            _placed(packed, target, keys)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        where = error.filename or target
        raise BackupError(f"{where}: {reason}: make room, or mend its rights") from error
    except (JournalError, sqlite3.Error) as error:
        raise BackupError(str(error)) from error
    return manifest


@contextmanager
def staged(data: Path) -> Iterator[Path]:
    """Make a folder beside the journal, as protected as that; one left by the dead goes first.

    Raises BackupError while another backup or restore uses this data folder.
    """
    handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _alone(handle, data)
        for left in data.glob(f"{STAGE}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=STAGE, dir=data) as folder:
            yield Path(folder)
    finally:
        os.close(handle)


def _alone(handle: int, data: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        text = f"{data}: another backup or restore is under way: try again when it is done"
        raise BackupError(text) from error


def _refuse_narrow(data: Path) -> None:
    """Refuse where the copy would take the room that the daemon writes in."""
    size = sum(path.stat().st_size for path in data.glob(f"{FILE}*"))
    free = shutil.disk_usage(data).free
    if free < 2 * size + RESERVE_BYTES:
        wanted = (2 * size + RESERVE_BYTES) >> 20
        text = f"{data}: {free >> 20} MiB are free and a backup takes {wanted} for a while"
        raise BackupError(f"{text}: make room on the disk")


def _gathered(source: Source, stage: Path) -> Manifest:
    copied(source.data / FILE, stage / JOURNAL)
    names = [JOURNAL]
    for file, name in along(source.data, source.config):
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, stage / name)
        names.append(name)
    found = verify(stage / JOURNAL)
    site = source.config.site.code if source.config is not None else ""
    files = tuple(entry(stage / name, name) for name in names)
    clean = found.journal == CLEAN
    return Manifest(
        FORM, source.at.rfc3339(), source.version, site, found.events, found.head, clean, files
    )


def copied(path: Path, target: Path) -> None:
    """Copy a journal as it is at one moment, whoever writes to it."""
    with closing(opened(path)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _packed(stage: Path, manifest: Manifest) -> Path:
    (stage / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    packed = stage / "packed"
    with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
        for name in (NAME, *(file.name for file in manifest.files)):
            archive.add(stage / name, name, recursive=False, filter=_nobody)
    return packed


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = READABLE
    return member


def _placed(packed: Path, target: Path, keys: Sequence[str]) -> None:
    """Put it in its place whole, on disk, or not at all."""
    beside = target.with_name(f".{target.name}{PART}")
    try:
        beside.unlink(missing_ok=True)
        beside.touch(READABLE)  # before there is anything to read in it
        if keys:
            seal.sealed(packed, beside, keys)
        else:
            shutil.copyfile(packed, beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.rename(target)
        synced(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def synced(folder: Path) -> None:
    """Let what a folder holds be on disk, where its file system can."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
