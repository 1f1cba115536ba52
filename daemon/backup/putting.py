"""A backup put back: never over events that it does not hold, and never half."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from daemon.backup.making import SETTINGS, synced
from daemon.backup.manifest import JOURNAL, BackupError, Manifest, stamp
from daemon.journal.chain import GENESIS
from daemon.journal.store import FILE, JournalError, damaged, last, opened, set_aside
from daemon.lock import Lock, LockedError
from daemon.pins import FILE as PINS
from vitals.instant import Instant

READABLE = 0o640


def put(stage: Path, manifest: Manifest, data: Path, version: str, at: Instant) -> list[Path]:
    """Put an opened backup into a data folder and return what was laid there or set aside.

    Raises BackupError while a daemon runs on it, or where the journal that is there holds events
    which the backup does not: that one is left as it is.
    """
    lock = Lock(data / "vagt.lock", version)
    try:
        lock.take()
    except LockedError as error:
        raise BackupError(f"{error}: stop the daemon first (systemctl stop vagt)") from error
    try:
        return _put(stage, manifest, data, stamp(at))
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{data}: {error}: nothing was replaced") from error
    finally:
        lock.release()


def _put(stage: Path, manifest: Manifest, data: Path, now: str) -> list[Path]:
    found = []
    if not _same(stage / JOURNAL, data / FILE):
        found += [*_cleared(stage / JOURNAL, data / FILE, now), data / FILE]
        _laid(stage / JOURNAL, data / FILE)
    if (stage / PINS).is_file() and not (data / PINS).exists():
        _laid(stage / PINS, data / PINS, 0o600)
        found.append(data / PINS)
    for one in manifest.files:
        if one.name.startswith(f"{SETTINGS}/"):
            target = data / f"restored-{now}" / one.name.removeprefix(f"{SETTINGS}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            _laid(stage / one.name, target)
            found.append(target)
    synced(data)
    return found


def _same(copy: Path, there: Path) -> bool:
    """Tell whether the journal that is there is the copy: then it stays."""
    try:
        with closing(opened(there)) as live, closing(opened(copy)) as back:
            return last(live) == last(back)
    except (JournalError, sqlite3.Error):
        return False


def _cleared(copy: Path, there: Path, now: str) -> list[Path]:
    """Make way for the copy: what is there is kept under another name, and its log is written out.

    A log that stayed would be taken for the copy's own.
    """
    if not there.exists():
        return []
    try:
        _refuse_grown(copy, there)
        with closing(sqlite3.connect(there, isolation_level=None)) as live:
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (JournalError, sqlite3.Error) as error:
        if not damaged(error):
            raise BackupError(str(error)) from error
        return [set_aside(there, now)]
    aside = there.with_name(f"{there.stem}-before-{now}{there.suffix}")
    os.link(there, aside)
    for tail in ("-wal", "-shm"):
        there.with_name(there.name + tail).unlink(missing_ok=True)
    return [aside]


def _refuse_grown(copy: Path, there: Path) -> None:
    """Refuse where the journal that is there is no beginning of the copy, and not the copy."""
    with closing(opened(there)) as live, closing(opened(copy)) as back:
        count, head = last(live)
        row = back.execute("SELECT hash FROM event WHERE seq = ?", (count,)).fetchone()
        held, _ = last(back)
    at_place = GENESIS if count == 0 else row[0] if row else None
    if at_place == head:
        return
    if count > held:
        raise BackupError(
            f"{there} has grown since: it holds {count} events and the backup {held}; nothing was"
            " touched: look into the backup with --beside FOLDER"
        )
    raise BackupError(
        f"{there} is another journal than the backup's (they part at or before event {count});"
        " nothing was touched: look into the backup with --beside FOLDER"
    )


def _laid(source: Path, target: Path, mode: int = READABLE) -> None:
    """Lay a file whole, on disk, for whoever owns the folder."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, beside)
        beside.chmod(mode)
        owner = target.parent.stat()
        if os.geteuid() == 0:
            os.chown(beside, owner.st_uid, owner.st_gid)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
