"""What a backup holds, told by itself: the first entry of its archive."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from vitals.instant import Instant

FORM = 1
"""Of the archive; a reader refuses a later one."""
NAME = "backup.json"
JOURNAL = "journal.db"
_BLOCK = 1 << 20


class Entry(Struct, frozen=True):
    """One file of the archive."""

    name: str
    """Below the archive's root, with `/` between folders."""
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What was copied, when and by which version."""

    form: int
    made: str
    """RFC 3339 in UTC."""
    version: str
    site: str
    """Its code; empty where no configuration was named."""
    events: int
    head: str
    """Hash of the last event: what a later journal must contain."""
    clean: bool
    """Whether every event followed from the one before it."""
    files: tuple[Entry, ...]


class BackupError(Exception):
    """A backup cannot be made, opened or put back; one line that says how to mend it."""


def stamp(at: Instant) -> str:
    """Return a moment as it stands in the names of files, in UTC to the second."""
    return datetime.fromtimestamp(at.wall, UTC).strftime("%Y%m%dT%H%M%SZ")


def entry(path: Path, name: str) -> Entry:
    """Return the entry of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return Entry(name, path.stat().st_size, digest.hexdigest())


def decoded(raw: bytes) -> Manifest:
    """Return a manifest from its text, or raise BackupError."""
    try:
        found = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BackupError("it is no backup of Vagt: name a file that `vagt backup` made") from error
    if found.form != FORM:
        raise BackupError(f"it has form {found.form} and this version reads {FORM}: upgrade Vagt")
    return found
