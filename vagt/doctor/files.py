"""What the kernel and the system say in small files: read, or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def text(path: Path) -> str:
    """Return what a file says, without its end; empty where it cannot be read."""
    try:
        return path.read_text("utf-8", "replace").strip("\0 \n")
    except OSError:
        return ""


def number(path: Path, base: int = 10) -> int | None:
    """Return the number that a file says; None where it says none."""
    try:
        return int(text(path), base)
    except ValueError:
        return None


def processes(root: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each process of a machine with its words, as far as this one may look."""
    for folder in sorted((root / "proc").glob("[0-9]*")):
        if words := text(folder / "cmdline"):
            yield int(folder.name), words.split("\0")


def parent(root: Path, pid: int) -> int:
    """Return which process began another; 0 where that cannot be known."""
    lines = text(root / "proc" / str(pid) / "status").splitlines()
    told = [line.split()[1] for line in lines if line.startswith("PPid:")]
    return int(told[0]) if told else 0


def link(path: Path) -> str:
    """Return where a link leads, as it is written; empty where there is none."""
    try:
        return str(path.readlink())
    except OSError:
        return ""
