"""Serial adapters by their lasting names, and which of these names mean one adapter only.

udev (systemd, rules.d/60-serial.rules) names an adapter twice: under `by-id` for what it says of
itself (maker, model, serial number, interface, port), under `by-path` for the socket that it is
plugged into. Adapters that say the same of themselves claim one name under `by-id`, and it leads to
whichever of them came last; what they say stands in sysfs, whoever the name leads to.

An installed Vagt adds a third, short name under `vagt`, of the serial number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from firmware_bridge.link import LinkRefusedError
from vitals.vocabulary import Fault

ROOT = Path("/")
BY_ID = Path("dev/serial/by-id")
BY_PATH = Path("dev/serial/by-path")
BY_NUMBER = Path("dev/vagt")

_TTYS = Path("sys/class/tty")
_PLUGGED = re.compile(r"tty(USB|ACM)[0-9]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an adapter says of itself: all that a name under `by-id` is made of."""

    maker: str
    model: str
    serial: str
    """Empty: it has no serial number, and any other of its kind says the same."""
    place: str
    """Which of its interfaces and ports, where one adapter has several."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One serial adapter that is plugged in."""

    port: str
    """Its path in the order of plugging in, as /dev/ttyUSB0: tomorrow it may be another's."""
    itself: Identity | None
    """None where the system does not tell."""
    ids: tuple[str, ...]
    """Paths under `by-id` that lead to it; none where another has taken its name."""
    places: tuple[str, ...]
    """Paths under `by-path` that lead to it."""

    @property
    def name(self) -> str:
        """Return the path that means this adapter, or this socket, and nothing else."""
        unique = self.itself is not None and self.itself.serial
        return (*(self.ids if unique else ()), *self.places, self.port)[0]


def adapters(root: Path = ROOT) -> tuple[Adapter, ...]:
    """Return every USB serial adapter that is plugged in, in the order of their ports."""
    ids, places = _links(root / BY_ID), _links(root / BY_PATH)
    linked = {*ids.values(), *places.values()}
    found = {path.name for path in _entries(root / "dev") if _PLUGGED.fullmatch(path.name)}
    return tuple(
        Adapter(
            str(root / "dev" / tty),
            _itself(root / _TTYS / tty / "device"),
            tuple(path for path, target in ids.items() if target == tty),
            tuple(path for path, target in places.items() if target == tty),
        )
        for tty in sorted(linked | found)
    )


def alike(adapter: Adapter, found: Iterable[Adapter]) -> tuple[Adapter, ...]:
    """Return the adapters that say the same of themselves as `adapter`, itself among them."""
    same = (other for other in found if other.itself == adapter.itself is not None)
    return tuple(same) or (adapter,)


def namesakes(adapter: Adapter, found: Iterable[Adapter]) -> tuple[Adapter, ...]:
    """Return the adapters with the serial number and the place of `adapter`, itself among them."""
    if adapter.itself is None:
        return (adapter,)
    own = adapter.itself.serial, adapter.itself.place
    told = ((one, one.itself) for one in found if one.itself is not None)
    return tuple(one for one, itself in told if (itself.serial, itself.place) == own)


class Ports:
    """Knows which names are shared, also with an adapter that was since pulled out."""

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root
        self._seen: tuple[int, ...] = ()
        self._doubts: dict[str, str] = {}
        self.adapters: tuple[Adapter, ...] = ()

    def look(self) -> None:
        """See what is plugged in, if that has changed: cheap enough to be asked every second."""
        stamps = tuple(_stamp(self._root / folder) for folder in (BY_ID, BY_PATH, BY_NUMBER))
        if stamps == self._seen:
            return
        self._seen, self.adapters = stamps, adapters(self._root)
        for adapter in self.adapters:
            for name in adapter.ids:
                self._doubt(name, adapter, alike(adapter, self.adapters))
        ports = {Path(adapter.port).name: adapter for adapter in self.adapters}
        for name, tty in _links(self._root / BY_NUMBER).items():
            if (of := ports.get(tty)) is not None:
                self._doubt(name, of, namesakes(of, self.adapters))

    def check(self, port: str) -> None:
        """Raise LinkRefusedError where `port` is a name that may mean another adapter."""
        self.look()
        if (doubt := self._doubts.get(port)) is not None:
            raise LinkRefusedError(doubt, Fault.AMBIGUOUS)

    def _doubt(self, name: str, adapter: Adapter, same: Sequence[Adapter]) -> None:
        choices = " or ".join(other.places[0] for other in same if other.places)
        remedy = f"name it by {choices or self._root / BY_PATH}"
        if len(same) > 1:
            count = {2: "two"}.get(len(same), str(len(same)))
            self._doubts[name] = f"{count} adapters call themselves {name}: {remedy}"
        elif adapter.itself is not None and not adapter.itself.serial and name not in self._doubts:
            why = "has no serial number, so that any of its kind has this name"
            self._doubts[name] = f"{name} {why}: {remedy}"


def _entries(folder: Path) -> Sequence[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return ()


def _links(folder: Path) -> dict[str, str]:
    """Return the links of a folder, each with the name of the port that it leads to."""
    found: dict[str, str] = {}
    for path in _entries(folder):
        with suppress(OSError):  # no link, or pulled out this moment
            found[str(path)] = path.readlink().name
    return found


def _stamp(folder: Path) -> int:
    """Return when a folder was changed; 0 while it is not there."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _itself(device: Path) -> Identity | None:
    """Return what the USB device that a port belongs to says of itself."""
    inner = device.resolve()
    for folder in (inner, *inner.parents):
        if (folder / "idVendor").is_file():
            return Identity(
                _text(folder / "manufacturer") or _text(folder / "idVendor"),
                _text(folder / "product") or _text(folder / "idProduct"),
                _text(folder / "serial"),
                _place(inner, folder),
            )
    return None


_PLACED = ("bInterfaceNumber", "port_number")


def _place(inner: Path, usb: Path) -> str:
    """Return interface and port of an adapter, from the folders between port and USB device."""
    between = (inner, *inner.parents)[: len(inner.parts) - len(usb.parts)]
    said = (_text(folder / name) for folder in between for name in _PLACED)
    return "-".join(text for text in said if text)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
