"""The journal's SQLite file: its schema, rows and files. Nobody else speaks SQL to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from daemon.journal.chain import GENESIS, Row, follows
from daemon.journal.recorded import AlarmRecorded, File
from telemetry.additive import holds

FILE = "journal.db"
CLEAN, BROKEN = "clean", "broken"
"""What a check of the whole journal comes to."""
SCHEMA = 2
"""Kept in `PRAGMA user_version`; migrations only add."""
FILES_SINCE = 2
"""The schema that first had files."""

_STEPS = (
    """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    wall_us INTEGER NOT NULL,
    mono_us INTEGER NOT NULL,
    boot TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX checkpoint ON event (seq) WHERE kind = 'checkpoint';
PRAGMA user_version = 1;
""",
    """
CREATE TABLE file (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
PRAGMA user_version = 2;
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
_COLUMNS = "seq, wall_us, mono_us, boot, kind, body, hash"


class JournalError(Exception):
    """The journal cannot be used; the message is one line that says how to mend it."""


class DamagedError(JournalError):
    """The file is no database, or not whole: setting it aside keeps what it holds."""


class Verdict(Struct, frozen=True):
    """What a check of the whole chain found."""

    journal: str
    """`CLEAN` or `BROKEN`."""
    events: int
    head: str
    first_bad: int | None
    """Place of the first event that does not follow from the one before it."""
    files: int = 0
    """Named by events, and there as they were written."""
    bad_files: tuple[str, ...] = ()
    """Named by events, and missing or altered."""


def create(path: Path) -> sqlite3.Connection:
    """Open the journal for its one writer, making it if there is none; raises JournalError."""
    try:
        path.touch(0o640)  # what SQLite makes beside it has the same rights
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_size_limit = 4194304")
        for step in _STEPS[_schema(connection) :]:
            connection.executescript(f"BEGIN;{step}COMMIT;")
        _refuse_other_schema(connection, path)
    except sqlite3.Error as error:
        raise _translated(path, error) from error
    return connection


def damaged(error: Exception) -> bool:
    """Tell whether an error means that the file itself is broken."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, DamagedError) or code in _DAMAGED


def full(error: sqlite3.Error) -> bool:
    """Tell whether an error means that there is no room on the disk."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def set_aside(path: Path, stamp: str) -> Path:
    """Rename a damaged journal and its log, so that a new one can begin; return the new name."""
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    for tail in ("-wal", "-shm", ""):
        old = path.with_name(path.name + tail)
        if old.exists():
            old.rename(aside.with_name(aside.name + tail))
    return aside


def opened(path: Path) -> sqlite3.Connection:
    """Open a journal that exists, to read it only; raises JournalError."""
    if not path.is_file():
        raise JournalError(f"{path} is not there: name the folder that holds {FILE}")
    # A whole journal on a medium that cannot be written has no log beside it and needs none.
    still = "&immutable=1" if not path.with_name(path.name + "-wal").exists() else ""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{still}", uri=True)
        _refuse_other_schema(connection, path)
    except sqlite3.Error as error:
        raise _translated(path, error) from error
    return connection


def append(connection: sqlite3.Connection, rows: Iterable[Row], files: Iterable[File] = ()) -> None:
    """Write rows and files in one transaction: all are on disk when this returns, or none.

    A file is known by its hash: one that is there already is not written again.
    """
    places = ", ".join("?" * len(Row.__struct_fields__))
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(
            f"INSERT INTO event ({_COLUMNS}) VALUES ({places})",  # noqa: S608 - constants only
            [tuple(getattr(row, name) for name in Row.__struct_fields__) for row in rows],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO file (sha256, name, size, body) VALUES (?, ?, ?, ?)",
            [(file.sha256, file.name, file.size, file.body) for file in files],
        )
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def last(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return place and hash of the last event; those before the first for an empty journal."""
    found = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, GENESIS) if found is None else (found[0], found[1])


def since_checkpoint(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield the rows from the last checkpoint on, or all where there is none."""
    found = connection.execute("SELECT max(seq) FROM event WHERE kind = 'checkpoint'").fetchone()
    return rows(connection, found[0] or 1)


def since(connection: sqlite3.Connection, wall_us: int) -> Iterator[Row]:
    """Yield the rows from the last checkpoint before a moment of the wall clock on.

    The rows are searched by halves: a clock that was wrong for a while only lets it begin earlier
    or later by what was written meanwhile.
    """
    low, high = 1, last(connection)[0] + 1
    while low < high:
        middle = (low + high) // 2
        found = connection.execute("SELECT wall_us FROM event WHERE seq = ?", (middle,)).fetchone()
        low, high = (low, middle) if found is None or found[0] >= wall_us else (middle + 1, high)
    before = "SELECT max(seq) FROM event WHERE kind = 'checkpoint' AND seq < ?"
    return rows(connection, connection.execute(before, (low,)).fetchone()[0] or 1)


def begun(connection: sqlite3.Connection) -> int | None:
    """Return when the first row was written, in us by the wall clock; None of an empty journal."""
    found = connection.execute("SELECT wall_us FROM event ORDER BY seq LIMIT 1").fetchone()
    return None if found is None else int(found[0])


def ends(connection: sqlite3.Connection, upto: int) -> tuple[Row, Row] | None:
    """Return the first row and the last up to a place; None of an empty journal."""
    found = [
        connection.execute(
            f"SELECT {_COLUMNS} FROM event WHERE seq <= ? ORDER BY seq {order} LIMIT 1",  # noqa: S608 - constants only
            (upto,),
        ).fetchone()
        for order in ("ASC", "DESC")
    ]
    return None if None in found else (Row(*found[0]), Row(*found[1]))


def rows(connection: sqlite3.Connection, first: int = 1) -> Iterator[Row]:
    """Yield the rows from place `first` on, in order."""
    cursor = connection.execute(
        f"SELECT {_COLUMNS} FROM event WHERE seq >= ? ORDER BY seq",  # noqa: S608 - constants only
        (first,),
    )
    return (Row(*values) for values in cursor)


def file(connection: sqlite3.Connection, sha256: str) -> File | None:
    """Return the file that is kept under a hash, as it is now; None where none is."""
    if _schema(connection) < FILES_SINCE:
        return None
    found = connection.execute(
        "SELECT name, sha256, size, body FROM file WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return None if found is None else File(*found)


def verify(path: Path) -> Verdict:
    """Walk the whole chain of a journal and every file that it names; raises JournalError."""
    head, count, bad = GENESIS, 0, None
    named: dict[str, str] = {}
    try:
        with closing(opened(path)) as connection:
            for row in rows(connection):
                count += 1
                if bad is None and not follows(row, head, count):
                    bad = row.seq
                head = row.hash
                named |= _named(row)
            bad_files = tuple(named[one] for one in named if not _kept(connection, one))
    except sqlite3.Error as error:
        raise _translated(path, error) from error
    clean = bad is None and not bad_files
    files = len(named) - len(bad_files)
    return Verdict(CLEAN if clean else BROKEN, count, head, bad, files, bad_files)


def _named(row: Row) -> dict[str, str]:
    """Return the file that an event names, by its hash."""
    if row.kind != AlarmRecorded.kind():
        return {}
    try:
        event = msgspec.json.decode(row.body, type=AlarmRecorded)
    except msgspec.DecodeError:
        return {}  # altered by hand: the chain says so
    return {event.sha256: event.file}


def _kept(connection: sqlite3.Connection, sha256: str) -> bool:
    found = file(connection, sha256)
    return found is not None and found.whole


def _schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_other_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no journal, and a later schema that did more than add to this one.

    An older version reads and writes what a newer one has made, so that one may go back.
    """
    found = _schema(connection)
    if found in range(1, SCHEMA + 1) or (found > SCHEMA and holds(connection, _STEPS)):
        return
    raise JournalError(
        f"{path} has schema {found} and this version reads {SCHEMA}: install the newer version"
    )


def _translated(path: Path, error: sqlite3.Error) -> JournalError:
    remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0), "restore it from a backup")
    text = f"{path} cannot be read as a journal ({error}): {remedy}"
    return DamagedError(text) if damaged(error) else JournalError(text)
