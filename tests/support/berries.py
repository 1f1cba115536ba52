"""A Raspberry Pi made of files: one in order, for tests to break a piece of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checkout import ROOT
from doctors import said, scene
from sockets import Machine

from vagt.doctor.board import MODEL, PROGRAM
from vagt.doctor.installed import OPT, RULES, SERVICE, UNITS
from vagt.doctor.scene import Scene
from vitals.vocabulary import DeviceState

SHIPPED = ROOT / "deploy/raspberrypi/files/udev.rules"
IN_TIME_S = 40_000_000
"""From the moment at which tests begin to one in the year of this version."""
WIDE = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\xb7\x00"
NARROW = b"\x7fELF\x01\x01\x01" + bytes(9) + b"\x03\x00\x28\x00"
FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled"
MOUNTS = """/dev/root / ext4 rw,noatime 0 0
/dev/mmcblk0p1 /boot/firmware vfat rw 0 0
tmpfs /run tmpfs rw,nosuid 0 0
"""
TIMER = "sys/bus/usb-serial/devices/ttyUSB0/latency_timer"


class Berry:
    """A Raspberry Pi in order, with Vagt 1.0 as a service and one adapter plugged in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.machine = Machine(root)
        self.write(MODEL, "Raspberry Pi 4 Model B Rev 1.5\0")
        self.write(PROGRAM, "")
        (root / PROGRAM).write_bytes(WIDE)
        self.write("sys/class/hwmon/hwmon1/name", "rpi_volt\n")
        self.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n")
        self.write(FIRMWARE, "0\n")
        self.write("sys/class/thermal/thermal_zone0/temp", "52582\n")
        self.write("sys/block/mmcblk0/device/type", "SD\n")
        self.write("sys/block/mmcblk0/device/name", "SC32G\n")
        self.write("sys/fs/ext4/mmcblk0p2/errors_count", "0\n")
        self.write("proc/mounts", MOUNTS)
        self.write("proc/cmdline", "console=tty1 root=PARTUUID=1-02 rootwait\n")
        self.write("boot/firmware/cmdline.txt", "console=tty1 root=PARTUUID=1-02 rootwait\n")
        self.write("run/systemd/timesync/synchronized", "")
        self._service()
        self.plug("ttyUSB0", "1.1", "A1")
        self.write(TIMER, "1\n")

    def _service(self) -> None:
        release = OPT / "releases/1.0"
        self.write(release / "bin/vagt", "")
        self.write(release / "whole", "")
        self.link(OPT / "current", "releases/1.0")
        self.write(UNITS / SERVICE, "[Service]\n")
        self.link(UNITS / "multi-user.target.wants" / SERVICE, f"/{UNITS}/{SERVICE}")
        self.write(RULES, SHIPPED.read_text())
        self.write("etc/vagt/credentials/token", "secret\n")
        (self.root / "etc/vagt/credentials/token").chmod(0o600)

    def write(self, path: Path | str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def link(self, path: Path | str, target: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(target)

    def drop(self, path: Path | str) -> None:
        (self.root / path).unlink()

    def plug(self, tty: str, socket: str, serial: str) -> None:
        """Plug an adapter in; each leads to a file of its own, and udev has the shipped rule."""
        far = self.root / "far" / tty
        self.write(far, "")
        self.machine.plug(tty, socket, serial=serial, to=str(far))
        number = f"188:{tty[-1]}"
        self.write(f"sys/class/tty/{tty}/dev", f"{number}\n")
        self.write(f"run/udev/data/c{number}", "E:ID_BUS=usb\nE:ID_MM_PORT_IGNORE=1\n")

    def pull(self, tty: str) -> None:
        self.drop(f"sys/class/tty/{tty}/dev")
        self.machine.pull(tty)

    def process(self, pid: int, *words: str, name: str = "") -> None:
        """Let a program run."""
        self.write(f"proc/{pid}/cmdline", "".join(f"{word}\0" for word in words))
        self.write(f"proc/{pid}/comm", f"{name or Path(words[0]).name}\n")

    def scene(self, *, extra: str = "") -> Scene:
        """Return a clinic of one oximeter here, and no daemon, in the year of this version."""
        one = scene(self.machine, self.machine.id("A1"), extra=extra)
        return replace(one, now=replace(one.now, wall=one.now.wall + IN_TIME_S))

    def watched(self, *, extra: str = "") -> Scene:
        """Return the same with a daemon that receives, as root."""
        told = said(DeviceState.RECEIVING)
        told.uid = 0
        return replace(self.scene(extra=extra), told=told, refused=False)
