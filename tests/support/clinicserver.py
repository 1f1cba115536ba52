"""The clinic's server as `deploy/clinic-server` has it: files, broker, what Grafana asks."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # comes with the development tools, without types
from brokers import authority, signed
from engines import free_port, program

from telemetry.settings import Broker

SERVER = Path(__file__).resolve().parents[2] / "deploy" / "clinic-server"
WITHIN_S = 20.0
_REGEX_SIGNS = re.compile(r"[\\^$*+?.()|[\]{}/]")
"""What Grafana escapes in the value of a variable that may have several."""


def document(name: str) -> dict[str, Any]:
    """Return a YAML file of the server."""
    found: dict[str, Any] = yaml.safe_load((SERVER / name).read_text("utf-8"))
    return found


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SERVER / "grafana/dashboards/beds.json").read_text("utf-8"))
    return found


def panels() -> dict[str, dict[str, Any]]:
    """Return the panels that ask something, by type and title."""
    found = (panel for panel in dashboard()["panels"] if panel.get("targets"))
    return {f"{panel['title']} ({panel['type']})": panel for panel in found}


@dataclass(frozen=True)
class View:
    """What a reader of the dashboard has chosen."""

    site: str
    beds: Sequence[str]
    since_ms: int
    until_ms: int
    interval: str = "1s"

    def asked(self, query: str) -> str:
        """Return a query as Grafana sends it: macros and variables in place."""
        times = f"time >= {self.since_ms}ms and time <= {self.until_ms}ms"
        beds = [_REGEX_SIGNS.sub(r"\\\g<0>", bed) for bed in self.beds]
        several = f"({'|'.join(beds)})" if len(beds) > 1 else beds[0]
        said = {"$timeFilter": times, "$__interval": self.interval}
        for name, value in (said | {"$site": self.site, "$bed": several}).items():
            query = query.replace(name, value)
        return query


class Mosquitto:
    """The server's broker, its paths rewritten to a folder."""

    def __init__(self, folder: Path, passwords: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        folder.mkdir()
        self.authority = authority(folder, "clinic")
        self._server = signed(folder, self.authority, "localhost")
        for number, (user, password) in enumerate(passwords.items()):
            create = ["-c"] if number == 0 else []
            file = str(folder / "passwords")
            subprocess.run(
                [program("mosquitto_passwd"), "-b", *create, file, user, password], check=True
            )
            (folder / f"{user}.password").write_text(password)
        (folder / "mosquitto.conf").write_text(self._configuration())

    def settings(self, user: str | None) -> Broker:
        """Return how a daemon is told of it."""
        return Broker(
            host="localhost",
            port=self.port,
            ca_file=self.authority,
            user=user,
            password_file=self.folder / f"{user}.password" if user else None,
        )

    def _configuration(self) -> str:
        certificate, key = self._server
        places = {
            "/run/secrets/server_certificate": certificate,
            "/run/secrets/server_key": key,
            "/run/secrets/mosquitto_passwords": self.folder / "passwords",
            "/mosquitto/config/acl": SERVER / "mosquitto" / "acl",
            "/mosquitto/data/": f"{self.folder}/",
            "listener 8883": f"listener {self.port} 127.0.0.1",
        }
        text = (SERVER / "mosquitto" / "mosquitto.conf").read_text("utf-8")
        for place, mine in places.items():
            assert text.count(place) == 1, place
            text = text.replace(place, str(mine))
        return text + ("user root\n" if os.getuid() == 0 else "")

    def answers(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + WITHIN_S
        while time.monotonic() < end:
            assert process.poll() is None, (self.folder / "log").read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("mosquitto does not listen")


@contextmanager
def mosquitto(folder: Path, passwords: Mapping[str, str]) -> Iterator[Mosquitto]:
    """Yield the server's broker, running, with these users."""
    broker = Mosquitto(folder, passwords)
    with (broker.folder / "log").open("ab") as log:
        command = [program("mosquitto"), "-c", str(broker.folder / "mosquitto.conf")]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        broker.answers(process)
        yield broker
    finally:
        process.terminate()
        process.wait(timeout=10)
