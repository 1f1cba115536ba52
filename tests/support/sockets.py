"""A machine's sockets with adapters in them: the folders that udev and the kernel would make."""

from __future__ import annotations

from pathlib import Path

from firmware_bridge.ports import BY_ID, BY_NUMBER, BY_PATH


class Machine:
    """Adapters are plugged in and pulled out; each leads to a pseudo-terminal or to nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._claims: dict[str, list[str]] = {}
        """The ports that claim a name under `by-id`, the newest last."""
        (root / "dev").mkdir(parents=True)

    def plug(
        self,
        tty: str,
        socket: str,
        *,
        serial: str = "",
        to: str = "/dev/null",
        interface: str = "00",
        model: str = "USB Serial",
    ) -> None:
        """Plug a converter of one make into a USB socket such as `1.2`."""
        usb = self.root / f"sys/devices/usb1/1-{socket}"
        inner = usb / f"1-{socket}:1.{int(interface)}"
        (inner / tty / "tty" / tty).mkdir(parents=True)
        self._say(usb, idVendor="1a86", idProduct="7523", product=model, serial=serial)
        self._say(inner, bInterfaceNumber=interface)
        (self.root / "sys/class/tty" / tty).mkdir(parents=True)
        (self.root / "sys/class/tty" / tty / "device").symlink_to(inner / tty)
        (self.root / "dev" / tty).symlink_to(to)
        self._link(self.path(socket, interface), tty)
        name = self.id(serial, interface, model)
        self._claims.setdefault(name, []).append(tty)
        self._link(name, tty)
        if serial:
            self._link(self.number(serial, interface), tty)

    def pull(self, tty: str) -> None:
        """Pull an adapter out; its name goes to whoever else claims it."""
        device = (self.root / "sys/class/tty" / tty / "device").resolve()
        usb = device.parents[1]
        for file in (usb / "idVendor", usb / "serial"):
            file.unlink(missing_ok=True)
        (self.root / "sys/class/tty" / tty / "device").unlink()
        (self.root / "sys/class/tty" / tty).rmdir()
        (self.root / "dev" / tty).unlink()
        for folder in (BY_ID, BY_PATH, BY_NUMBER):
            for link in (self.root / folder).glob("*"):
                if link.readlink().name == tty:
                    link.unlink()
        for name, ttys in self._claims.items():
            if tty in ttys:
                ttys.remove(tty)
                if ttys:
                    self._link(name, ttys[-1])

    def id(self, serial: str = "", interface: str = "00", model: str = "USB Serial") -> str:
        """Return the path under `by-id` that adapters of this serial number claim."""
        number = f"_{serial}" if serial else ""
        made = model.replace(" ", "_")
        return str(self.root / BY_ID / f"usb-1a86_{made}{number}-if{interface}-port0")

    def number(self, serial: str, interface: str = "00") -> str:
        """Return the short path that an installed Vagt gives adapters of a serial number."""
        return str(self.root / BY_NUMBER / f"{serial}-if{interface}-port0")

    def path(self, socket: str, interface: str = "00") -> str:
        """Return the path under `by-path` of a socket."""
        name = f"platform-usb-0:{socket}:1.{int(interface)}-port0"
        return str(self.root / BY_PATH / name)

    def _link(self, path: str, tty: str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).unlink(missing_ok=True)
        Path(path).symlink_to(f"../../{tty}")

    def _say(self, folder: Path, **said: str) -> None:
        for name, text in said.items():
            if text:
                (folder / name).write_text(f"{text}\n")
