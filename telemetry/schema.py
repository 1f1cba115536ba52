"""The outbox's SQLite file: how it is made, opened, and told apart from others.

Rows are numbered from the oldest: no index on time is written to the card. `span` says which times
which rows hold, so that a stretch of history is found without one, whatever the clock did.
"""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from telemetry.additive import holds

FILE = "outbox.sqlite"
SCHEMA = 1
"""Kept in `PRAGMA user_version`; migrations only add."""
PAGE_BYTES = 4096
BUSY_S = 1.0
"""Another program that holds the file is waited for no longer: the next second comes."""

_STEPS = (
    """
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    measurement TEXT NOT NULL,
    field TEXT NOT NULL,
    unit TEXT NOT NULL,
    tags TEXT NOT NULL,
    UNIQUE (measurement, field, unit, tags)
) STRICT;
CREATE TABLE point (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    at INTEGER NOT NULL,
    value REAL NOT NULL
) STRICT;
CREATE TABLE wave (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    at INTEGER NOT NULL,
    rate_hz REAL NOT NULL,
    scale REAL NOT NULL,
    "offset" REAL NOT NULL,
    samples BLOB NOT NULL
) STRICT;
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE TABLE span (
    id INTEGER PRIMARY KEY,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    first_point INTEGER NOT NULL,
    last_point INTEGER NOT NULL,
    first_wave INTEGER NOT NULL,
    last_wave INTEGER NOT NULL
) STRICT;
CREATE TABLE sink (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    lost INTEGER NOT NULL
) STRICT;
CREATE TABLE dead (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    sink TEXT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
INSERT INTO sink VALUES ('influxdb', 0, 0), ('mqtt', 0, 0);
PRAGMA user_version = 1;
""",
)
"""What makes each schema from the one before it."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REMEDIES = {
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_CANTOPEN: "mend the rights of its folder",
    sqlite3.SQLITE_READONLY: "mend its rights",
    sqlite3.SQLITE_BUSY: "stop the program that holds it",
}


class Sink(StrEnum):
    """Whom rows are owed to."""

    INFLUXDB = "influxdb"
    """Takes points."""
    MQTT = "mqtt"
    """Takes messages."""


class StoreError(Exception):
    """The outbox cannot be used; the message is one line that says how to mend it."""


def writer(path: Path, pages: int) -> sqlite3.Connection:
    """Open the outbox for its one writer, making it if there is none.

    It never grows beyond `pages` of 4096 bytes. Raises sqlite3.Error, and StoreError where it is
    none of SQLite's.
    """
    try:
        return _made(path, pages)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{path}: {reason}: mend the rights of its folder") from error


def damaged(error: sqlite3.Error) -> bool:
    """Tell whether an error means that the file itself is broken."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _DAMAGED


def reader(path: Path) -> sqlite3.Connection:
    """Open an outbox that exists, to read it only, beside its writer; raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path} is not there: name the folder that holds {FILE}")
    # A whole file on a medium that cannot be written has no log beside it and needs none.
    still = "&immutable=1" if not path.with_name(path.name + "-wal").exists() else ""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro{still}"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        _refuse_other_schema(connection, path)
    except sqlite3.Error as error:
        raise translated(path, error) from error
    return connection


def translated(path: Path, error: sqlite3.Error) -> StoreError:
    """Return what SQLite says as one line with a way on."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    remedy = _REMEDIES.get(code & 0xFF, "move the file away: a new one is begun")
    return StoreError(f"{path}: {error}: {remedy}")


def _made(path: Path, pages: int) -> sqlite3.Connection:
    path.touch(0o640)  # what SQLite makes beside it has the same rights
    connection = sqlite3.connect(
        path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 4194304")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for step in _STEPS[version:]:
        connection.executescript(f"BEGIN;{step}COMMIT;")
    _refuse_other_schema(connection, path)
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return connection


def _refuse_other_schema(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA and not (version > SCHEMA and holds(connection, _STEPS)):
        said = f"has schema {version}, and this version of vagt knows {SCHEMA}"
        raise StoreError(f"{path} {said}: use the version that wrote it, or move the file away")


def set_aside(path: Path) -> None:
    """Rename a damaged outbox, replacing one that was set aside before; raises StoreError."""
    aside = path.with_name(f"{path.stem}-damaged{path.suffix}")
    try:
        for tail in ("-wal", "-shm", ""):
            old = path.with_name(path.name + tail)
            if old.exists():
                old.replace(aside.with_name(aside.name + tail))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{path} is damaged, {aside.name}: {reason}: move both away") from error
