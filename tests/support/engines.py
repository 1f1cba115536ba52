"""Real time-series engines on loopback, each in a folder of its own, stopped with the test."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WITHIN_S = 30.0
Found = set[tuple[str, tuple[tuple[str, str], ...], int, float]]
"""Points by name, tags, milliseconds and value."""


def program(name: str) -> str:
    """Return where a server's program is: Debian keeps some where only root looks."""
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which(name, path=places)
    assert found is not None, f"{name} is not installed: see tests/packages.txt"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(url: str, body: bytes | None = None) -> tuple[int, bytes]:
    """Return status and body of an answer, also of a refusal."""
    try:
        request = urllib.request.Request(url, body)  # noqa: S310 - our own loopback
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def ready(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        assert process.poll() is None, "the engine ended"
        try:
            fetched(url)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(timeout=10)


class Victoria:
    """VictoriaMetrics, which has the InfluxDB 2 write API."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        flags = [
            f"-storageDataPath={self.folder / 'data'}",
            f"-httpListenAddr=127.0.0.1:{self.port}",
            "-retentionPeriod=100y",
            "-dedup.minScrapeInterval=1ms",
            "-search.latencyOffset=0s",
            "-memory.allowedBytes=64MiB",
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [program("victoria-metrics"), *flags], stdout=log, stderr=log
            )
        ready(f"{self.url}/health", self.process)

    def stop(self) -> None:
        if self.process is not None:
            stopped(self.process)
            self.process = None

    def lines(self) -> list[dict[str, Any]]:
        fetched(f"{self.url}/internal/force_flush")
        match = urllib.parse.urlencode({"match[]": '{__name__=~".+"}'})
        status, body = fetched(f"{self.url}/api/v1/export?{match}")
        assert status == 200, body
        return [json.loads(line) for line in body.splitlines()]

    def points(self) -> Found:
        """Return every point that is kept; a double is an error of the server's settings."""
        found: Found = set()
        for line in self.lines():
            metric = dict(line["metric"])
            name = metric.pop("__name__")
            tags = tuple(sorted(metric.items()))
            rows = [
                (name, tags, at, value)
                for at, value in zip(line["timestamps"], line["values"], strict=True)
            ]
            assert len(set(rows)) == len(rows)
            found.update(rows)
        return found


@contextmanager
def victoria(folder: Path) -> Iterator[Victoria]:
    """Yield a running VictoriaMetrics."""
    engine = Victoria(folder)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


class Influxd:
    """InfluxDB 1.6, the engine whose line protocol and InfluxQL the later ones kept."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def write(self, lines: str) -> tuple[int, bytes]:
        return fetched(f"{self.url}/write?db=vagt&precision=ns", lines.encode())

    def query(self, text: str) -> list[dict[str, Any]]:
        """Return the series that InfluxQL finds; times in ms."""
        asked = urllib.parse.urlencode({"db": "vagt", "q": text, "epoch": "ms"})
        status, body = fetched(f"{self.url}/query?{asked}")
        answer = json.loads(body)
        assert status == 200, body
        (result,) = answer["results"]
        assert "error" not in result, result
        return list(result.get("series", []))


@contextmanager
def influxd(folder: Path) -> Iterator[Influxd]:
    """Yield a running InfluxDB 1.6 with a database."""
    folder.mkdir(exist_ok=True)
    port, other = free_port(), free_port()
    text = f"""
reporting-disabled = true
bind-address = "127.0.0.1:{other}"
[meta]
dir = "{folder / "meta"}"
[data]
dir = "{folder / "data"}"
wal-dir = "{folder / "wal"}"
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:{port}"
"""
    (folder / "influxdb.conf").write_text(text, "utf-8")
    command = [program("influxd"), "-config", str(folder / "influxdb.conf")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    engine = Influxd(port)
    try:
        ready(f"{engine.url}/ping", process)
        made = urllib.parse.urlencode({"q": "CREATE DATABASE vagt"})
        assert fetched(f"{engine.url}/query?{made}", b"")[0] == 200
        yield engine
    finally:
        stopped(process)
