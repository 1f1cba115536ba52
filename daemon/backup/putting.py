"""A backup put back: never over events that it does not hold, and never half."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from daemon.backup.along import SETTINGS, SHELVES
from daemon.backup.making import synced
from daemon.backup.manifest import JOURNAL, BackupError, Manifest, stamp
from daemon.journal.chain import GENESIS
from daemon.journal.store import CLEAN, FILE, JournalError, damaged, last, opened, verify
from daemon.lock import Lock, LockedError
from vitals.instant import Instant

READABLE = 0o640
TAILS = ("", "-wal", "-shm")


def put(
    stage: Path, manifest: Manifest, data: Path, version: str, at: Instant, *, aside: bool = False
) -> list[Path]:
    """Put an opened backup into a data folder and return what was laid there or set aside.

    Raises BackupError while a daemon runs on it, or where the journal that is there holds events
    which the backup does not: that one is left as it is, unless it is to be set aside.
    """
    lock = Lock(data / "vagt.lock", version)
    try:
        lock.take()
    except LockedError as error:
        raise BackupError(f"{error}: stop the daemon first (systemctl stop vagt)") from error
    try:
        _owned(data / "vagt.lock", data)  # a daemon that is not root takes it next
        return _put(stage, manifest, data, stamp(at), aside=aside)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{data}: {error}: make room, or mend its rights") from error
    finally:
        lock.release()


def _put(stage: Path, manifest: Manifest, data: Path, now: str, *, aside: bool) -> list[Path]:
    found = []
    if not _same(stage / JOURNAL, data / FILE):
        kept = _kept(stage / JOURNAL, data / FILE, now, aside=aside)
        _settled(stage / JOURNAL, data)
        synced(data)  # the other name is on disk before the old one is taken away
        for tail in TAILS[1:]:
            (data / f"{FILE}{tail}").unlink(missing_ok=True)  # it would be taken for the copy's own
        (stage / JOURNAL).replace(data / FILE)
        found += [*kept, data / FILE]
    for one in manifest.files:
        kind, _, name = one.name.partition("/")
        if kind == SETTINGS:
            found.append(_laid(stage / one.name, data / f"restored-{now}" / name, data))
        elif kind in SHELVES and not (data / one.name).exists():
            _laid(stage / one.name, data / one.name, data)
    synced(data)
    return found


def _same(copy: Path, there: Path) -> bool:
    """Tell whether the journal that is there is the copy, and whole: then it stays."""
    try:
        with closing(opened(there)) as live, closing(opened(copy)) as back:
            if last(live) != last(back):
                return False
        return verify(there).journal == CLEAN or verify(copy).journal != CLEAN
    except (JournalError, sqlite3.Error):
        return False


def _kept(copy: Path, there: Path, now: str, *, aside: bool) -> list[Path]:
    """Give the journal that is there another name beside its own, with all that its log holds."""
    if not there.exists():
        return []
    kind = "before"
    try:
        if not aside:
            _refuse_grown(copy, there)
        with closing(sqlite3.connect(there, isolation_level=None)) as live:
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (JournalError, sqlite3.Error) as error:
        if not damaged(error):
            raise BackupError(str(error)) from error
        kind = "damaged"
    name = f"{there.stem}-{kind}-{now}{there.suffix}"
    for tail in TAILS:
        if (old := there.with_name(there.name + tail)).exists():
            os.link(old, there.with_name(name + tail))
    return [there.with_name(name)]


def _refuse_grown(copy: Path, there: Path) -> None:
    """Refuse where the journal that is there is no beginning of the copy, and not the copy."""
    with closing(opened(there)) as live, closing(opened(copy)) as back:
        count, head = last(live)
        row = back.execute("SELECT hash FROM event WHERE seq = ?", (count,)).fetchone()
        held, _ = last(back)
    at_place = GENESIS if count == 0 else row[0] if row else None
    if at_place == head:
        return
    what = f"is another journal than the backup's (they part at or before event {count})"
    if count > held:
        what = f"has grown since: it holds {count} events and the backup {held}"
    raise BackupError(
        f"{there} {what}; nothing was touched: look into the backup with --beside FOLDER,"
        " or keep both and go on with the backup's by --aside"
    )


def _laid(source: Path, target: Path, data: Path) -> Path:
    """Move a file to its place below the data folder, for whoever owns that."""
    for folder in reversed([one for one in target.parents if one.is_relative_to(data)]):
        if not folder.exists():
            folder.mkdir(mode=0o750)
            _owned(folder, data)
    _settled(source, data)
    source.replace(target)
    return target


def _settled(path: Path, data: Path) -> None:
    path.chmod(READABLE)
    _owned(path, data)
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _owned(path: Path, data: Path) -> None:
    if os.geteuid() == 0:
        owner = data.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
