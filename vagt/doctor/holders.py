"""Who holds a port, as far as /proc shows it: without root, one's own programs alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TERMINALS = "/dev/ptmx"
"""Who has this open is the far end of pseudo-terminals."""


class Holder(NamedTuple):
    """A process that has a port open."""

    pid: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} (pid {self.pid})"


def holders(port: Path, proc: Path) -> tuple[Holder, ...]:
    """Return who has a port open, the far end of a pseudo-terminal not counted."""
    return tuple(sorted(_found(port.resolve(), proc)))


def _found(target: Path, proc: Path) -> Iterator[Holder]:
    far = str(target).startswith("/dev/pts/")
    for process in proc.glob("[0-9]*"):
        opened = _opened(process)
        if str(target) in opened and not (far and TERMINALS in opened):
            yield Holder(int(process.name), _name(process))


def _opened(process: Path) -> frozenset[str]:
    """Return the files that a process has open; none of one that is another's, or has ended."""
    try:
        return frozenset(_target(file) for file in (process / "fd").iterdir())
    except OSError:
        return frozenset()


def _target(file: Path) -> str:
    try:
        return str(file.readlink())
    except OSError:
        return ""


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return "a program"
