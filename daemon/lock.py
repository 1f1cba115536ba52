"""One daemon a data folder and one a socket: a lock that dies with its holder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class LockedError(Exception):
    """Another daemon holds it; the message says who."""


class Lock:
    """A `flock` on a file that names its holder; one left behind by the dead is no obstacle."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self._fd = -1

    def take(self) -> None:
        """Take the lock, or raise LockedError; OSError when the file cannot be made."""
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._fd, 200).decode("utf-8", "replace").strip()
            os.close(self._fd)
            raise LockedError(f"{self._path} is held by {holder or 'another process'}") from error
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, f"pid {os.getpid()}, vagt {self._version}\n".encode(), 0)

    def release(self) -> None:
        """Let go; the file stays, so that two starters can never hold two different files."""
        os.close(self._fd)
