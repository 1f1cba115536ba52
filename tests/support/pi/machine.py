"""A Raspberry Pi's system in a folder, its programs run by an emulator of the processor.

There is no kernel of its own: the first process is Debian's `systemctl`, which starts units and
takes what they say of being ready as systemd does. It knows nothing of what a unit may not do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BINFMT = Path("/proc/sys/fs/binfmt_misc")
OURS = BINFMT / f"vagt-arm64-{os.getpid()}"
"""Of this run alone, so that two systems can be proven at a time."""
PACKAGES = "python3,python3-venv,ca-certificates,openssl,procps,sudo,systemctl"
USER = "pi"
BOOTED_S = 60
_HOLD = """
set -e
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount -t tmpfs tmpfs "$1/run"
exec chroot "$1" /usr/bin/python3 -W ignore /usr/bin/systemctl --init default
"""


class FaultyError(Exception):
    """The machine cannot be made, or does not answer as it should."""


@contextmanager
def emulated() -> Iterator[None]:
    """Let programs for the other processor run, also those that change who they are (sudo)."""
    if not (BINFMT / "register").exists():
        subprocess.run(["mount", "-t", "binfmt_misc", "binfmt_misc", str(BINFMT)], check=True)
    if not (BINFMT / "qemu-aarch64").exists():
        subprocess.run(["update-binfmts", "--import", "qemu-aarch64"], check=True)
    facts = dict(
        line.rstrip(":").split(maxsplit=1)
        for line in (BINFMT / "qemu-aarch64").read_text().splitlines()
        if " " in line
    )
    escaped = {
        name: "".join(rf"\x{byte:02x}" for byte in bytes.fromhex(facts[name]))
        for name in ("magic", "mask")
    }
    form = f":{OURS.name}:M::{escaped['magic']}:{escaped['mask']}:{facts['interpreter']}:POCF"
    (BINFMT / "register").write_text(form)
    try:
        yield
    finally:
        OURS.write_text("-1")


def unpacked(suite: str, kept: Path, folder: Path) -> None:
    """Lay a fresh system of a suite into a folder; what is fetched for it is kept."""
    archive = kept / f"{suite}.tar"
    if not archive.exists():
        kept.mkdir(parents=True, exist_ok=True)
        fetched = archive.with_suffix(".part.tar")
        command = ["mmdebstrap", "--quiet", "--arch=arm64", "--variant=minbase"]
        subprocess.run([*command, f"--include={PACKAGES}", suite, str(fetched)], check=True)
        fetched.rename(archive)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["tar", "xf", str(archive), "-C", str(folder)], check=True)


class Machine:
    """One system, switched on and off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._holder: subprocess.Popen[bytes] | None = None

    def furnish(self) -> None:
        """Make the user that Raspberry Pi Imager makes, and let it reach what this machine does."""
        self._chroot("useradd", "--create-home", "--shell", "/bin/bash", USER)
        allowed = f"{USER} ALL=(ALL) NOPASSWD: ALL\nDefaults env_keep += READY_S\n"
        (self.folder / "etc/sudoers.d/pi").write_text(allowed)
        (self.folder / "etc/hosts").write_text(f"127.0.0.1 localhost {os.uname().nodename}\n")
        (self.folder / "var/log/journal").mkdir(parents=True, exist_ok=True)
        self._quieted(self.folder / "usr/bin/systemctl")
        for name in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):
            shutil.copyfile(name, self.folder / name[1:])

    def on(self, *, network: bool = True) -> None:
        """Start it, as when power comes; without a network where it is told so."""
        away = [] if network else ["--net"]
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *away]
        with (self.folder.parent / f"{self.folder.name}.boot").open("ab") as log:
            self._holder = subprocess.Popen(
                [*command, "sh", "-c", _HOLD, "hold", str(self.folder)], stdout=log, stderr=log
            )
        ends = time.monotonic() + BOOTED_S
        while not self._first():
            if time.monotonic() > ends or self._holder.poll() is not None:
                raise FaultyError(f"{self.folder}: did not start; see {self.folder}.boot")
            time.sleep(0.2)

    def off(self) -> None:
        """Cut its power."""
        if self._holder is not None:
            self._holder.send_signal(signal.SIGKILL)
            self._holder.wait()
            self._holder = None

    def typed(self, text: str, environment: Sequence[str] = ()) -> tuple[int, str]:
        """Type commands as its user in a login of their own; return status and answer."""
        login = ["su", "-", USER, "-c", f"env {' '.join(environment)} bash -euo pipefail -s"]
        run = subprocess.run(
            [*self._inside(), *login],
            input=text + "\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            errors="replace",
        )
        return run.returncode, run.stdout

    def _first(self) -> str:
        """Return the process number of its first process, here; empty while there is none."""
        assert self._holder is not None
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children")
        pid = children.read_text().strip() if children.exists() else ""
        running = pid and b"systemctl" in Path(f"/proc/{pid}/cmdline").read_bytes()
        return pid if running else ""

    def _inside(self) -> list[str]:
        entered = ["nsenter", "--target", self._first(), "--mount", "--pid", "--net"]
        return [*entered, "chroot", str(self.folder)]

    def _quieted(self, program: Path) -> None:
        """Spare the reader what a newer Python says of an older program's text."""
        lines = program.read_text("utf-8").split("\n", 1)
        program.write_text("#!/usr/bin/python3 -Wignore\n" + lines[1], "utf-8")

    def _chroot(self, *words: str) -> None:
        subprocess.run(["chroot", str(self.folder), *words], check=True)
