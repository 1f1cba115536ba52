"""The sets of rule files that were found in order, kept beside the journal.

Each lies in a folder named by its hash and is never altered, so that the hash in a case leads to
the rows that were in force. `current` names the last one that was in order. A set is whole on disk
before it is named: a power cut leaves the one before it, or this one.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from daemon.library import Files, RuleFile, digest
from vitals.rows import RowsError

FOLDER = "rules"
CURRENT = "current"
NAME = re.compile(r"[0-9a-f]{64}")
ANEW = "start the daemon once with rules in order, and it is written anew"


def keep(files: Files, name: str, data: Path, kind: str = FOLDER) -> None:
    """Make the set of this hash the last good one; OSError where the folder cannot be written."""
    folder = data / kind
    if _current(folder) == name and _whole(folder / name, name):
        return
    folder.mkdir(mode=0o750, exist_ok=True)
    if not _whole(folder / name, name):
        _put(files, folder / name)
    pointer = folder / f".{CURRENT}"
    _write(pointer, f"{name}\n")
    pointer.replace(folder / CURRENT)
    _settle(folder)


def kept(data: Path, kind: str = FOLDER) -> Files | None:
    """Return the last good set, or None where none was ever kept.

    Raises RowsError, with one line, when it cannot be read, or is no longer what it was.
    """
    folder = data / kind
    pointer = folder / CURRENT
    try:
        name = _current(folder)
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise RowsError(
            [f"{pointer}: {reason}: let the daemon read it, or take it away"]
        ) from error
    if name is None:
        return None
    if not NAME.fullmatch(name) or not (folder / name).is_dir():
        raise RowsError([f"{pointer}: names a set of {kind} that is not there: {ANEW}"])
    if not _whole(folder / name, name):
        raise RowsError([f"{folder / name}: the last good set is damaged or unreadable: {ANEW}"])
    return gathered(folder / name, kind)[0]


def gathered(folder: Path, table: str = FOLDER) -> tuple[dict[str, RuleFile], list[str]]:
    """Return the rule files of a folder, and an error line for each that cannot be read.

    `table` is the one of the configuration that names the folder.
    """
    found: dict[str, RuleFile] = {}
    errors: list[str] = []
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        return found, [_unread(folder, error, table)]
    for path in paths:
        if path.suffix == ".toml" and not path.name.startswith("."):
            try:
                found[path.name] = RuleFile(path.read_text("utf-8-sig"), str(path))
            except UnicodeDecodeError:
                errors.append(f"{path}: is not UTF-8 text: save it as UTF-8")
            except OSError as error:
                errors.append(_unread(path, error, table))
    return found, errors


def _unread(path: Path, error: OSError, table: str) -> str:
    reason = (error.strerror or "unreadable").lower()
    return f"{path}: {reason}: let the daemon read it, or mend `dir` of [{table}]"


def _current(folder: Path) -> str | None:
    try:
        return (folder / CURRENT).read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return None


def _whole(folder: Path, name: str) -> bool:
    files, errors = gathered(folder)
    return not errors and digest(files) == name


def _put(files: Files, home: Path) -> None:
    """Let a folder appear with all its files in it, or not at all."""
    fresh = home.with_name(f".{home.name}")
    for left in (fresh, home):
        if left.exists():
            shutil.rmtree(left)
    fresh.mkdir(mode=0o750)
    for name, file in files.items():
        _write(fresh / name, file.text)
    _settle(fresh)
    fresh.rename(home)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
