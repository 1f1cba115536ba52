"""How fast each driver reads its own stream and garbage, against its line and against nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

from bench.row import Row
from devices.catalogue import PROTOCOLS
from devices.contract import Options, ProtocolEntry
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from firmware_bridge.settings import LineSettings
from vitals.instant import Instant

CHUNK = 4096
STEP_S = 0.05
SPOKEN_S = 60.0
GARBAGE = Random(1).randbytes(400_000)


def decode() -> Iterator[Row]:
    """Yield three rows a protocol."""
    for name, entry in PROTOCOLS.items():
        if name not in SIMULATORS:
            continue
        stream = spoken(name, entry)
        if not stream:
            continue
        nothing = _rate(lambda _: None, stream)
        rate = _rate(_taking(entry), stream)
        garbage = _rate(_taking(entry), GARBAGE)
        own, line = len(stream) / SPOKEN_S, _bytes_a_second(entry.line)
        yield Row(
            f"{name}: own stream", rate / own, "x stream", 100, at_least=True, floor=nothing / own
        )
        yield Row(
            f"{name}: full line", rate / line, "x line", 3, at_least=True, floor=nothing / line
        )
        yield Row(
            f"{name}: garbage", garbage / line, "x line", 20, at_least=True, floor=nothing / line
        )


def _taking(entry: ProtocolEntry) -> Callable[[bytes], object]:
    driver = entry.driver(Options())
    return lambda chunk: driver.receive(chunk, Instant(0, 0))


def spoken(name: str, entry: ProtocolEntry) -> bytes:
    """Return a minute of what the simulator says while a driver keeps it talking."""
    patient = Patient(PatientRow(bed="bench", age="4y", spo2=97, pulse_rate=118))
    simulator, driver = SIMULATORS[name](patient, 0), entry.driver(Options())
    said = b""
    for step in range(int(SPOKEN_S / STEP_S)):
        elapsed_s = step * STEP_S
        at = Instant(elapsed_s, elapsed_s)
        if asked := driver.due(at):
            simulator.receive(asked)
        data = simulator.emit(elapsed_s)
        driver.receive(data, at)
        said += data
    return said


def _rate(take: Callable[[bytes], object], data: bytes) -> float:
    """Return bytes a second, the best of three."""
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter()
        for start in range(0, len(data), CHUNK):
            take(data[start : start + CHUNK])
        best = max(best, len(data) / (time.perf_counter() - begun))
    return best


def _bytes_a_second(line: LineSettings) -> float:
    bits = 1 + line.data_bits + (line.parity != "N") + line.stop_bits
    return line.baud / bits
