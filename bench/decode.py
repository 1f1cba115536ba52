"""How fast each driver reads its own stream and garbage, against its line and against nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from random import Random

from bench.row import Row
from devices.catalogue import PROTOCOLS
from devices.contract import Options, ProtocolEntry
from devices.modbus import profile
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from firmware_bridge.settings import LineSettings
from vitals.instant import Instant

CHUNK = 4096
STEP_S = 0.05
SPOKEN_S = 60.0
GARBAGE = Random(1).randbytes(400_000)


MAP = "simulated-panel"
"""The map of the panel that is simulated: without one there is nothing to ask for."""


def decode(names: Iterable[str] = PROTOCOLS) -> Iterator[Row]:
    """Yield three rows a protocol; every one has a simulator, and each is made to speak."""
    for name in names:
        options = _options(PROTOCOLS[name])
        entry = PROTOCOLS[name].fitted(options)
        stream = spoken(name, entry, options)
        idle, idle_garbage = _rate(_nothing, stream), _rate(_nothing, GARBAGE)
        rate = _rate(_taking(entry, options), stream)
        garbage = _rate(_taking(entry, options), GARBAGE)
        own, line = len(stream) / SPOKEN_S, _bytes_a_second(entry.line)
        for what, figure, floor, unit, promise in (
            ("own stream", rate / own, idle / own, "x stream", 100),
            ("full line", rate / line, idle / line, "x line", 3),
            ("garbage", garbage / line, idle_garbage / line, "x line", 20),
        ):
            yield Row(f"{name}: {what}", figure, unit, promise, at_least=True, floor=floor)


def _options(entry: ProtocolEntry) -> Options:
    return Options(map=None if entry.mapped is None else profile.text(MAP))


def _nothing(_: bytes) -> None:
    """Do nothing with what was read: the floor."""


def _taking(entry: ProtocolEntry, options: Options) -> Callable[[bytes], object]:
    driver = entry.driver(options)
    return lambda chunk: driver.receive(chunk, Instant(0, 0))


def spoken(name: str, entry: ProtocolEntry, options: Options) -> bytes:
    """Return a minute of what the simulator says while a driver keeps it talking."""
    patient = Patient(PatientRow(bed="bench", age="4y", spo2=97, pulse_rate=118))
    simulator, driver = SIMULATORS[name](patient, 0), entry.driver(options)
    said = b""
    for step in range(int(SPOKEN_S / STEP_S)):
        elapsed_s = step * STEP_S
        at = Instant(elapsed_s, elapsed_s)
        if asked := driver.due(at):
            simulator.receive(asked)
        data = simulator.emit(elapsed_s)
        driver.receive(data, at)
        said += data
    if not driver.counts.frames:
        raise SilentError(f"{name}: its simulator says nothing that its driver reads")
    return said


class SilentError(Exception):
    """There is nothing to measure with."""


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
