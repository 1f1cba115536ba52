"""The serial line on the Pi's own pins: a login and the kernel's messages are there by default."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from daemon.config import Device
from vagt.doctor.files import processes, text
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.person import present
from vagt.doctor.scene import Scene

_PINS = re.compile(r"tty(AMA|S)[0-9]+")
_LINES = tuple(map(Path, ("proc/cmdline", "boot/firmware/cmdline.txt", "boot/cmdline.txt")))
"""What the kernel was started with, and what it will be: bookworm's place, and the one before."""
_WANTS = Path("etc/systemd/system/getty.target.wants")
_REMEDY = (
    "sudo raspi-config nonint do_serial_cons 1 && sudo raspi-config nonint do_serial_hw 0,"
    " then restart"
)


def login(scene: Scene) -> Result:
    """Say whether a device on the Pi's own pins has its line to itself."""
    rows = [(row, tty) for row in scene.devices if (tty := _tty(row.port))]
    findings = [one for row, tty in rows for one in _shared(scene, row, tty)]
    return found("login", f"devices on the board's own pins {len(rows)}", *findings)


def _tty(port: str) -> str:
    """Return the line of the board that a port is; empty where it is another."""
    name = Path(os.path.realpath(port)).name
    return name if _PINS.fullmatch(name) else ""


def _shared(scene: Scene, row: Device, tty: str) -> Iterator[Finding]:
    if where := [str(file) for file in _LINES if _told(scene.root, file, tty)]:
        what = f"{row.name}: the kernel writes to {row.port} too, as /{where[0]} says (console=)"
        yield Finding("uart_console", f"{what}, and the monitor's bytes are damaged", _REMEDY)
    if _asks(scene.root, tty):
        what = f"{row.name}: {row.port} is a login too (serial-getty@{tty})"
        yield Finding("uart_login", f"{what}, which takes the monitor's bytes", _REMEDY)


def _told(root: Path, file: Path, tty: str) -> bool:
    words = (word for word in text(root / file).split() if word.startswith("console="))
    names = (word.removeprefix("console=").partition(",")[0] for word in words)
    return any(Path(os.path.realpath(root / "dev" / name)).name == tty for name in names)


def _asks(root: Path, tty: str) -> bool:
    wanted = root / _WANTS / f"serial-getty@{tty}.service"
    if wanted.is_symlink() or present(wanted):
        return True
    return any(Path(words[0]).name == "agetty" and tty in words for _, words in processes(root))
