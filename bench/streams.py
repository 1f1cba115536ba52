"""What it costs to tell servers: the drain beside a bare upload, and a daemon that tells both."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

from bench.bed import MONITORS, VAGT, configured, cost, monitor, watching
from bench.outbox import BATCH, POINTS, points
from bench.row import Row
from daemon.clock import SystemClock
from telemetry.draining import Draining
from telemetry.line import line
from telemetry.outbox import Outbox
from telemetry.schema import FILE, Sink
from telemetry.settings import History, Server
from telemetry.standing import Standing

PORT, FLUSH = 18_429, 20_000


async def streams(seconds: float) -> list[Row]:
    """Return the rows of the InfluxDB sink, with VictoriaMetrics as the server."""
    with tempfile.TemporaryDirectory(prefix="vagt-bench-") as folder:
        root = Path(folder)
        with _engine(root / "engine") as url:
            floor = await asyncio.to_thread(_bare, url)
            drained = await _drained(root, url)
            cpu, memory = await _daemon(root, url, seconds)
    return [
        Row("drain to a local server", drained, "points/s", 20_000, at_least=True, floor=floor),
        Row("one bed with InfluxDB: daemon CPU", cpu, "% of a core", 8, at_least=False),
        Row("one bed with InfluxDB: memory", memory, "MiB", 90, at_least=False),
    ]


@contextmanager
def _engine(folder: Path) -> Iterator[str]:
    url = f"http://127.0.0.1:{PORT}"
    words = [f"-storageDataPath={folder}", f"-httpListenAddr=127.0.0.1:{PORT}"]
    command = ["victoria-metrics", *words, "-retentionPeriod=100y", "-loggerLevel=ERROR"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _await(url)
        yield url
    finally:
        process.kill()
        process.wait()


def _await(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/health", timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{url} does not answer: is victoria-metrics installed?")


def _bare(url: str) -> float:
    """Return how fast the same lines go up when they are made before and nothing is kept."""
    lines = [line(point, "B") for point in points(POINTS)]
    begun = time.monotonic()
    for first in range(0, POINTS, BATCH):
        body = "\n".join(lines[first : first + BATCH]).encode()
        urllib.request.urlopen(f"{url}/api/v2/write", body, timeout=10).close()
    return POINTS / (time.monotonic() - begun)


async def _drained(root: Path, url: str) -> float:
    box = Outbox(root / FILE, History(), {Sink.INFLUXDB}, SystemClock())
    await box.open()
    for number, point in enumerate(points(POINTS)):
        box.put(point)
        if number % FLUSH == 0:
            await box.flush()
    await box.flush()
    server = Server(url=url, org="o", bucket="b", token_file=_token(root))
    draining = Draining(box, server, "B", SystemClock(), Standing())
    begun = time.monotonic()
    life = asyncio.create_task(draining.live())
    await _emptied(box)
    took = time.monotonic() - begun
    life.cancel()
    await asyncio.wait([life])
    await box.close()
    return POINTS / took


async def _emptied(box: Outbox) -> None:
    """Return once nothing is owed: looked at fifty times a second."""
    if (await box.owed(Sink.INFLUXDB)).count:
        await asyncio.sleep(0.02)
        await _emptied(box)


def _token(root: Path) -> Path:
    (root / "token").write_text("bench")
    return root / "token"


async def _daemon(root: Path, url: str, seconds: float) -> tuple[float, float]:
    """Return CPU in % of a core and memory in MiB of a daemon that watches a bed and tells."""
    extra = f'[influxdb]\nurl = "{url}"\norg = "o"\nbucket = "b"\ntoken_file = "token"\n'
    ports = {name: root / f"tty-{name}" for name in MONITORS}
    async with AsyncExitStack() as stack:
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = [group.create_task(monitor(name, port)) for name, port in ports.items()]
        config = configured(root, ports, extra + "[history]\nwaves = true\n")
        command = [*VAGT, "run", "--config", str(config)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        async with watching(root / "vagt.sock") as first_reading:
            await first_reading.wait()
            await asyncio.sleep(3.0)
            found = await cost(process, seconds)
        process.terminate()
        process.wait()
        for task in tasks:
            task.cancel()
    return found
