"""From the last byte of a limit crossed to its alarm on the socket, at a bed with four monitors.

The oximeter says a number beyond its outer limit every other second; the rows of the bench let that
be an alarm without delay. The other monitors are processes of their own: what they cost is not
measured.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing, contextmanager
from pathlib import Path
from statistics import quantiles

from bench.bed import MONITORS, VAGT, configured, connected
from bench.row import Row
from daemon.journal.store import FILE
from daemon.library import shipped
from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow
from firmware_bridge.far_end import FarEnd
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Reading

OXIMETER = "nonin-df2"
DEEP, WELL = 80.0, 97.0
TURN_S = 0.5
"""How long the saturation stays where it is: the device says a number three times a second."""
TICK_S = 0.01
PROMISED_MS = 20
LAST_S = 3600.0
FOUND = (b'"kind":"alarm"', b'"id":"spo2_low"', b'"state":"active"')


async def latency(seconds: float) -> list[Row]:
    """Return the rows: with the journal as ever, and with its disk held by somebody else."""
    async with AsyncExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vagt-bench-")))
        ports = {name: root / f"tty-{name}" for name in MONITORS}
        for name, port in ports.items():
            if name != OXIMETER:
                stack.enter_context(_running("simulate", name, "--link", str(port)))
        (root / "rules").mkdir()
        (root / "rules" / "alarms.toml").write_text(_undelayed())
        config = configured(root, ports, '[rules]\ndir = "rules"\n')
        line = _Line(ports[OXIMETER])
        stack.callback(line.far_end.unplug)
        stack.enter_context(_running("run", "--config", str(config)))
        reader, writer = await connected(root / "vagt.sock")
        stack.callback(writer.close)
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = [group.create_task(line.talk()), group.create_task(_listen(reader, line))]
        await asyncio.sleep(3.0)
        free = await line.measured(seconds)
        with _held(root / "data" / FILE):
            held = await line.measured(seconds)
        for task in tasks:
            task.cancel()
    return [*_rows("", free), *_rows(", journal held", held)]


class _Line:
    """The oximeter's end of the wire, and what has become of each number beyond the limit."""

    def __init__(self, port: Path) -> None:
        turns = [
            PatientEvent(at_s=TURN_S * n, spo2=DEEP if n % 4 == 0 else WELL)
            for n in range(1, round(LAST_S / TURN_S))
        ]
        row = PatientRow(bed="bench", age="4y", spo2=WELL, pulse_rate=118)
        self.far_end = FarEnd(port)
        self.far_end.plug()
        self._simulator = SIMULATORS[OXIMETER](Patient(row, turns), 0)
        self._driver = PROTOCOLS[OXIMETER].driver(Options())
        self._said = WELL
        self._crossed: float | None = None
        self._found: list[float] = []

    async def talk(self) -> None:
        """Send what is due, and note when the last byte of a number beyond the limit was sent."""
        begun = time.monotonic()
        while True:
            elapsed_s = time.monotonic() - begun
            data = self._simulator.emit(elapsed_s)
            sent = time.monotonic()
            self.far_end.send(data)
            for said in self._numbers(data, elapsed_s):
                if said <= DEEP + 1 < self._said:
                    self._crossed = sent
                self._said = said
            await asyncio.sleep(TICK_S)

    def alarmed(self, at: float) -> None:
        """Take note that the alarm was told."""
        if self._crossed is not None:
            self._found.append(1000 * (at - self._crossed))
            self._crossed = None

    async def measured(self, seconds: float) -> list[float]:
        """Return every latency of the next seconds, in ms."""
        self._crossed = None
        self._found.clear()
        await asyncio.sleep(seconds)
        return list(self._found)

    def _numbers(self, data: bytes, elapsed_s: float) -> Iterator[float]:
        for item in self._driver.receive(data, Instant(elapsed_s, elapsed_s)):
            if isinstance(item, Reading) and item.measure is Measure.SPO2 and item.value:
                yield item.value


async def _listen(reader: asyncio.StreamReader, line: _Line) -> None:
    while told := await reader.readline():
        if all(part in told for part in FOUND):
            line.alarmed(time.monotonic())


def _undelayed() -> str:
    """Return the alarm rows that ship, with a low saturation that begins and ends at once."""
    head, name, rest = shipped()["alarms.toml"].text.partition('id = "spo2_low"')
    row, end, others = rest.partition("[[condition]]")
    row = row.replace("onset_s = 5.0", "onset_s = 0.0").replace("off_s = 1.0", "off_s = 0.0")
    return head + name + row + end + others


@contextmanager
def _running(*words: str) -> Iterator[None]:
    process = subprocess.Popen(
        [*VAGT, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _held(journal: Path) -> Iterator[None]:
    """Hold the journal for writing, as a disk that hangs would."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _rows(what: str, found: Sequence[float]) -> Iterator[Row]:
    if len(found) < 2:
        raise UnheardError(f"{len(found)} alarms were heard{what}")
    shares = quantiles(found, n=100, method="inclusive")
    for name, figure in (("p50", shares[49]), ("p99", shares[98])):
        yield Row(
            f"limit crossed to alarm on the socket{what}: {name}",
            figure,
            "ms",
            PROMISED_MS,
            at_least=False,
        )


class UnheardError(Exception):
    """There is nothing to measure: no alarm came."""
