"""One bed with four monitors, their waves and a client that reads: what the daemon costs.

Beside it stands what it costs to read the same ports and throw every byte away.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import msgspec

from bench.row import Row
from daemon.clock import SystemClock
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from firmware_bridge.far_end import FarEnd, pump
from vitals.vocabulary import Check

MONITORS = ("nonin-df2", "capnostat5", "ivy450c", "suntech")
VAGT = (sys.executable, "-P", "-m", "vagt")
START = (
    msgspec.json.encode(
        {
            "kind": "start",
            "id": "b",
            "by": "bench",
            "bed": "bench",
            "code": "3021",
            "age": "4y",
            "checks": list(Check),
            "asa": 1,
            "unattached": True,
        }
    )
    + b"\n"
)
"""Everything was made sure of: nothing holds the start."""
TICKS = os.sysconf("SC_CLK_TCK")


async def bed(seconds: float) -> list[Row]:
    """Return the rows of one bed."""
    async with AsyncExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vagt-bench-")))
        monitors = [name for name in MONITORS if name in SIMULATORS]
        ports = {name: root / f"tty-{name}" for name in monitors}
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = [group.create_task(monitor(name, port)) for name, port in ports.items()]
        await asyncio.sleep(0.5)
        floor = await _measured(
            (sys.executable, "-m", "bench.floor", *map(str, ports.values())), seconds / 2
        )
        config = configured(root, ports)
        begun = time.monotonic()
        process = subprocess.Popen(
            [*VAGT, "run", "--config", str(config)], stderr=subprocess.DEVNULL
        )
        async with watching(root / "vagt.sock") as first_reading:
            await first_reading.wait()
            first_s = time.monotonic() - begun
            own = await cost(process, seconds)
        process.terminate()
        process.wait()
        for task in tasks:
            task.cancel()
    return [
        Row(
            "one bed, 4 monitors, 1 client: daemon CPU",
            own[0],
            "% of a core",
            8,
            at_least=False,
            floor=floor[0],
        ),
        Row(
            "one bed, 4 monitors, 1 client: memory",
            own[1],
            "MiB",
            60,
            at_least=False,
            floor=floor[1],
        ),
        Row("start to first reading", first_s, "s", 2, at_least=False),
    ]


async def monitor(name: str, port: Path) -> None:
    patient = Patient(PatientRow(bed="bench", age="4y", spo2=97, pulse_rate=118))
    await pump(FarEnd(port), SIMULATORS[name](patient, 0), SystemClock(), cable_in=lambda _: True)


@asynccontextmanager
async def watching(socket: Path) -> AsyncIterator[asyncio.Event]:
    """Be a client that starts a case and reads everything; yields what is set by a reading."""
    reader, writer = await connected(socket)
    first = asyncio.Event()
    reading = asyncio.create_task(_read(reader, first))
    try:
        yield first
        if reading.done():
            raise HungUpError("the daemon hung up while it was measured")
    finally:
        reading.cancel()
        writer.close()


async def connected(socket: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect as soon as the daemon listens, and start a case whose probes come later."""
    while True:
        try:
            reader, writer = await asyncio.open_unix_connection(socket, limit=1 << 20)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.write(START)
            return reader, writer


async def _read(reader: asyncio.StreamReader, first: asyncio.Event) -> None:
    try:
        while line := await reader.readline():
            if not first.is_set():
                message = json.loads(line)
                if message["kind"] == "reading" and message["value"] is not None:
                    first.set()
    finally:
        first.set()  # nobody waits for a daemon that hung up


class HungUpError(Exception):
    """What was measured is not a daemon with a client."""


async def _measured(words: tuple[str, ...], seconds: float) -> tuple[float, float]:
    process = subprocess.Popen(words)
    await asyncio.sleep(0.5)
    found = await cost(process, seconds)
    process.kill()
    process.wait()
    return found


async def cost(process: subprocess.Popen[bytes], seconds: float) -> tuple[float, float]:
    """Return CPU in % of a core, and resident memory in MiB."""
    before, begun = _cpu_s(process.pid), time.monotonic()
    await asyncio.sleep(seconds)
    used = _cpu_s(process.pid) - before
    return 100 * used / (time.monotonic() - begun), _memory_mib(process.pid)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def configured(root: Path, ports: dict[str, Path], extra: str = "") -> Path:
    """Write and return the configuration of one bed with a device at each port."""
    text = '[site]\nname = "Bench"\ncode = "B"\n[[bed]]\nname = "bench"\n'
    for name, port in ports.items():
        text += (
            f'[[device]]\nname = "{name}"\nprotocol = "{name}"\nport = "{port}"\nbed = "bench"\n'
        )
    text += f'[data]\ndir = "{root / "data"}"\n[socket]\npath = "{root / "vagt.sock"}"\n'
    text += "[sound]\noff = true\n" + extra
    config = root / "config.toml"
    config.write_text(text)
    return config
