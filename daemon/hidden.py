"""A small file that its owner alone may read: written whole or not at all, and kept by a power cut.

It never exists with other rights, and a link in its place is not followed.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE, S_ISREG

RIGHTS = 0o600
OTHERS = 0o077


class HiddenError(Exception):
    """The file cannot be read or written as it must be; the message says how to mend it."""


def reveal(path: Path) -> bytes | None:
    """Return what a hidden file has; None where there is none. HiddenError for any other's."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            _check(path, status.st_mode)
            return os.read(descriptor, status.st_size + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _named(path, error) from error


def hide(path: Path, text: bytes) -> None:
    """Write a hidden file anew; HiddenError where it cannot be, and then it is as it was."""
    fresh = path.with_name(f".{path.name}")
    try:
        fresh.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(fresh, flags, RIGHTS)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        fresh.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise _named(path, error) from error


def _check(path: Path, mode: int) -> None:
    if not S_ISREG(mode):
        raise HiddenError(f"{path}: is no file: take it away")
    if mode & OTHERS:
        raise HiddenError(f"{path}: others may use it (mode {S_IMODE(mode):o}): chmod 600 {path}")


def _settle(folder: Path) -> None:
    """Make the name in its folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(path: Path, error: OSError) -> HiddenError:
    reason = (error.strerror or "unusable").lower()
    return HiddenError(f"{path}: {reason}: make room, or let the daemon alone own it")
