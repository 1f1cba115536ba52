"""A real mosquitto on loopback: TLS, passwords, rights, and whatever can happen to it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines import free_port, program

from telemetry.settings import Broker

WITHIN_S = 20.0
RUNNING = " running\n"
USER, READER, PASSWORD = "vagt", "reader", "hemmeligt"
RIGHTS = f"""
user {USER}
topic write vagt/KN/#
topic write homeassistant/#
user {READER}
topic read #
topic write #
"""


def _run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def authority(folder: Path, name: str) -> Path:
    """Make a certificate authority; return its certificate."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.crt"
    subject = f"/CN={name}"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    may = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    _run(*command, *may, "-keyout", key, "-out", certificate, "-subj", subject)
    return certificate


def signed(folder: Path, by: Path, name: str) -> tuple[Path, Path]:
    """Make a certificate that an authority signed; return it and its key."""
    key, asked = folder / f"{name}.key", folder / f"{name}.csr"
    certificate, extra = folder / f"{name}.crt", folder / f"{name}.ext"
    extra.write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    command = ["openssl", "req", "-newkey", "rsa:2048", "-nodes"]
    _run(*command, "-keyout", key, "-out", asked, "-subj", f"/CN={name}")
    command = ["openssl", "x509", "-req", "-days", "2", "-CAcreateserial"]
    given: list[str | Path] = ["-CA", by, "-CAkey", by.with_suffix(".key"), "-extfile", extra]
    _run(*command, "-in", asked, "-out", certificate, *given)
    return certificate, key


class Mosquitto:
    """One broker; its files stay where they are while it stops and starts."""

    def __init__(self, folder: Path, *, certificates: bool = False, plain: bool = False) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)
        self.authority = authority(folder, "clinic")
        self._server = signed(folder, self.authority, "localhost")
        self.rights(RIGHTS)
        _run(program("mosquitto_passwd"), "-b", "-c", folder / "passwords", USER, PASSWORD)
        _run(program("mosquitto_passwd"), "-b", folder / "passwords", READER, PASSWORD)
        (folder / "password").write_text(f"{PASSWORD}\n")
        self._certificates, self._plain = certificates, plain

    def rights(self, text: str) -> None:
        (self.folder / "acl").write_text(text)
        if self.process is not None:
            self.process.send_signal(signal.SIGHUP)

    def settings(self, **other: object) -> Broker:
        """Return how a daemon is told of it."""
        said: dict[str, object] = {
            "host": "localhost",
            "port": self.port,
            "ca_file": self.authority,
            "user": USER,
            "password_file": self.folder / "password",
            "timeout_s": 2.0,
        }
        return Broker(**(said | other))  # type: ignore[arg-type]  # a test's own words

    def start(self) -> None:
        certificate, key = self._server
        trust = [f"cafile {self.authority}", f"certfile {certificate}", f"keyfile {key}"]
        lines = [
            f"listener {self.port} 127.0.0.1",
            "user root" if os.getuid() == 0 else "",
            *([] if self._plain else trust),
            "allow_anonymous false",
            f"acl_file {self.folder / 'acl'}",
            "persistence true",
            f"persistence_location {self.folder}/",
            "require_certificate true\nuse_identity_as_username true"
            if self._certificates
            else f"password_file {self.folder / 'passwords'}",
        ]
        (self.folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")
        begun = self._log().count(RUNNING)
        with (self.folder / "log").open("ab") as log:
            command = [program("mosquitto"), "-v", "-c", str(self.folder / "mosquitto.conf")]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._await(begun)

    def _await(self, begun: int) -> None:
        """Wait until it says that it runs: it listens before it heeds signals."""
        end = time.monotonic() + WITHIN_S
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self._log()
            if self._log().count(RUNNING) > begun:
                return
            time.sleep(0.02)
        raise AssertionError(f"mosquitto does not listen: {self._log()}")

    def _log(self) -> str:
        file = self.folder / "log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """Stop it as a machine does; by SIGTERM what is retained is kept."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(with_signal)
            self.process.wait(timeout=10)
            self.process = None

    def freeze(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def mosquitto(
    folder: Path, *, certificates: bool = False, plain: bool = False
) -> Iterator[Mosquitto]:
    """Yield a running broker; `plain`: without TLS."""
    broker = Mosquitto(folder, certificates=certificates, plain=plain)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
