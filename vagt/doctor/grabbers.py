"""Programs that open a serial line by themselves: one for modems, one for Braille displays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vagt.doctor.files import link, text
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.installed import RULES
from vagt.doctor.person import present
from vagt.doctor.scene import Scene

_IGNORED = ("ID_MM_DEVICE_IGNORE", "ID_MM_PORT_IGNORE")
"""What udev says of a port that ModemManager leaves alone (its API, Common udev tags)."""
_DATABASE = Path("run/udev/data")
_UNITS = Path("etc/systemd/system")
_BRAILLE_RULES = Path("etc/udev/rules.d/85-brltty.rules")


def _left_alone(scene: Scene) -> bool:
    """Tell whether udev keeps the modem program from every adapter."""
    return all(_tagged(scene.root, Path(one.port).name) for one in scene.adapters) and (
        bool(scene.adapters) or _ruled(scene.root)
    )


def _tagged(root: Path, tty: str) -> bool:
    """Tell whether a port is tagged; by the rule itself where udev's word is not there."""
    number = text(root / "sys/class/tty" / tty / "dev")
    known = text(root / _DATABASE / f"c{number}") if number else ""
    said = (line.removeprefix("E:").partition("=") for line in known.splitlines())
    return any(k in _IGNORED and value == "1" for k, _, value in said) if known else _ruled(root)


def _ruled(root: Path) -> bool:
    return any(name in text(root / RULES) for name in _IGNORED)


def _overruled(scene: Scene) -> bool:
    return link(scene.root / _BRAILLE_RULES) == "/dev/null"


class Grabber(NamedTuple):
    """A program that takes what it believes to be its own."""

    id: str
    name: str
    program: Path
    what: str
    harmless: Callable[[Scene], bool]


GRABBERS = (
    Grabber(
        "modemmanager_grabs",
        "ModemManager",
        Path("usr/sbin/ModemManager"),
        "it writes to every new adapter as if it were a modem, and the monitor's line is held",
        _left_alone,
    ),
    Grabber(
        "brltty_grabs",
        "brltty",
        Path("usr/bin/brltty"),
        "it takes adapters of common makes for Braille displays, and their ports vanish",
        _overruled,
    ),
)


def grabbers(scene: Scene) -> Result:
    """Say which of these programs may take a port, and how it is kept from that."""
    here = [one for one in GRABBERS if _active(scene.root, one)]
    findings = [_grabbing(scene, one) for one in here if not one.harmless(scene)]
    names = ", ".join(one.name for one in here) or "none"
    return found("grabbers", f"programs that open ports by themselves: {names}", *findings)


def _grabbing(scene: Scene, one: Grabber) -> Finding:
    runs = "runs" if _runs(scene.root, one) else "is installed"
    remedy = f"sudo apt-get remove {one.name.lower()}"
    return Finding(one.id, f"{one.name} {runs}: {one.what}", remedy)


def _active(root: Path, one: Grabber) -> bool:
    masked = link(root / _UNITS / f"{one.name}.service") == "/dev/null"
    return _runs(root, one) or (present(root / one.program) and not masked)


def _runs(root: Path, one: Grabber) -> bool:
    return any(text(comm) == one.name for comm in root.glob("proc/[0-9]*/comm"))
