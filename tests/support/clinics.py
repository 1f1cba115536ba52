"""A clinic for a test: real daemon process, real socket, simulators on real pseudo-terminals."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkout import plain_environment

from daemon.clock import SystemClock
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from firmware_bridge.far_end import FarEnd, pump
from vitals.vocabulary import Check, Word

VAGT = (sys.executable, "-P", "-m", "vagt")
BED = "Stue 1"
READY = {"checks": list(Check), "asa": 1, "unattached": True}
"""Everything made sure of, for a child that will not bear the probe."""


@dataclass(frozen=True)
class Clinic:
    """Where everything of one test's clinic lies."""

    root: Path

    @property
    def socket(self) -> Path:
        return self.root / "vagt.sock"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def port(self) -> Path:
        return self.root / "tty-nonin"

    @property
    def config(self) -> Path:
        return self.root / "config.toml"


def clinic(root: Path, *, extra: str = "", protocol: str = "nonin-df2") -> Clinic:
    """Write a clinic of one bed and one oximeter, silent unless `extra` says what is heard."""
    made = Clinic(root)
    extra += "" if "[sound]" in extra else "\n[sound]\noff = true\n"
    made.config.write_text(
        f"""
[site]
name = "Klinik Nord"
code = "KN"

[[bed]]
name = "{BED}"

[[device]]
name = "nonin"
protocol = "{protocol}"
port = "{made.port}"
bed = "{BED}"

[data]
dir = "{made.data}"

[socket]
path = "{made.socket}"
{extra}
"""
    )
    return made


class Running:
    """A daemon process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def daemon(place: Clinic, **environment: str) -> Iterator[Running]:
    """Run `vagt run` until the test is done with it; its log is `daemon.log`."""
    with _running(place, {**os.environ, **environment}) as running:
        yield running


@contextmanager
def unmeasured(place: Clinic) -> Iterator[Running]:
    """Run it as it runs for people: coverage makes its start longer."""
    with _running(place, plain_environment()) as running:
        yield running


@contextmanager
def _running(place: Clinic, environment: Mapping[str, str]) -> Iterator[Running]:
    with (place.root / "daemon.log").open("ab") as log:
        process = subprocess.Popen(
            [*VAGT, "run", "--config", str(place.config)], stderr=log, env=environment
        )
        try:
            yield Running(process)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
                process.wait(10)


class Ear:
    """A client of the daemon's socket that keeps all it hears, as plain JSON."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.heard: list[dict[str, Any]] = []

    def of(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        """Return everything of a kind heard so far, snapshots taken apart."""
        parts = [part for message in self.heard for part in _parts(message)]
        wanted = {"kind": kind, **fields}
        return [part for part in parts if wanted.items() <= part.items()]

    async def hear(self, true: Callable[[], object], within_s: float = 10.0) -> None:
        """Listen until something is true, or fail."""
        async with asyncio.timeout(within_s):
            while not true():
                line = await self.reader.readline()
                assert line, "the daemon hung up"
                self.heard.append(json.loads(line))

    async def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Send a command and return its answer."""
        number = f"test-{len(self.heard)}-{time.monotonic_ns()}"
        ready = READY if kind == "start" else {}
        command = {"kind": kind, "id": number, "by": "AS", "bed": BED, **ready, **fields}
        self.writer.write(json.dumps(command).encode() + b"\n")
        await self.hear(lambda: self.of("answer", id=command["id"]))
        return self.of("answer", id=command["id"])[0]

    async def say(self, do: str, *, ago_s: float = 0.0, **fields: Any) -> dict[str, Any]:
        """Say that something happened to the case of the bed, and return the answer."""
        return await self.ask("enter", deed={"do": do, **fields}, ago_s=ago_s)

    async def home(self, bed: str = BED) -> None:
        """Take the case of a bed from its end to discharge."""
        words = list(Word)
        for deed in ({"do": "recover"}, {"do": "conclude", "words": words}, {"do": "discharge"}):
            assert (await self.ask("enter", deed=deed, bed=bed))["result"] == "recorded"


@asynccontextmanager
async def ear(place: Clinic, within_s: float = 30.0) -> AsyncIterator[Ear]:
    """Connect as soon as the daemon listens: on a busy machine that takes its time."""
    async with asyncio.timeout(within_s):
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_unix_connection(place.socket, limit=1 << 20)
                break
            await asyncio.sleep(0.01)
    try:
        yield Ear(reader, writer)
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


class Wire:
    """The far end of the oximeter's line; `cable` may be pulled."""

    def __init__(self) -> None:
        self.cable = True
        self.begun = time.monotonic()

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.begun


@asynccontextmanager
async def oximeter(
    place: Clinic, patient: Patient, *, protocol: str = "nonin-df2", byte_by_byte: bool = False
) -> AsyncIterator[Wire]:
    """Pump a simulated oximeter on the test's own loop while the context lasts."""
    wire = Wire()
    simulator = SIMULATORS[protocol](patient, 0)
    task = asyncio.create_task(
        pump(
            FarEnd(place.port),
            simulator,
            SystemClock(),
            cable_in=lambda _: wire.cable,
            byte_by_byte=byte_by_byte,
        )
    )
    try:
        yield wire
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _parts(message: dict[str, Any]) -> list[dict[str, Any]]:
    if message["kind"] != "snapshot":
        return [message]
    keys = ("devices", "readings", "cases", "alarms", "events", "soundings")
    return [message, *(part for key in keys for part in message[key])]
