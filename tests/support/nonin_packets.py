"""Nonin bytes to test with: captures, packets composed at will, and what a driver makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from devices.nonin.driver import NoninDriver
from devices.nonin.packet import Numbers, Packet
from devices.nonin.wire import Df2Frame, Df7Frame, Shape, Status
from firmware_bridge.capture import parse
from vitals.instant import Instant
from vitals.reading import Item, Reading, WaveBlock

CAPTURES = Path(__file__).parents[1] / "captures" / "nonin"
SHAPES: tuple[Shape, ...] = (Df2Frame, Df7Frame)
NOW = Instant(0.0, 0.0)
NO_MARKS = Status(0)

GOOD = Numbers(
    hr=72,
    spo2=97,
    srev=48,
    tmr=300,
    stat2=0x20,
    spo2_d=97,
    spo2_fast=98,
    spo2_b_b=96,
    e_hr=71,
    e_spo2=97,
    e_spo2_d=97,
    hr_d=72,
    e_hr_d=71,
)


def captured(name: str) -> bytes:
    """Return all the bytes of a capture."""
    capture = parse((CAPTURES / f"{name}.vagt").read_text())
    return b"".join(record.data for record in capture.records)


def packet(numbers: Numbers = GOOD, *, marks: Status = NO_MARKS, frame: int = 12) -> Packet:
    """Return a packet of plain frames, `marks` set on the one at index `frame`."""
    statuses = [Status.ALWAYS | Status.SYNC, *[Status.ALWAYS] * 24]
    statuses[frame] |= marks
    return Packet(numbers, tuple(map(int, statuses)), tuple(range(100, 125)))


def stream(shape: Shape, count: int) -> tuple[bytes, list[tuple[int, int]]]:
    """Return `count` packets with values that fall and rise, and those values."""
    values = [(97 - index, 72 + index) for index in range(count)]
    packets = (packet(replace(GOOD, spo2=spo2, hr=rate)) for spo2, rate in values)
    return b"".join(on_the_wire(shape, each) for each in packets), values


def on_the_wire(shape: Shape, sent: Packet) -> bytes:
    """Return the bytes of a packet."""
    return b"".join(frame.to_bytes() for frame in sent.to_frames(shape))


def received(driver: NoninDriver, data: bytes, portion: int) -> list[Item]:
    """Return what `driver` makes of `data` in equal portions."""
    parts = (data[start : start + portion] for start in range(0, len(data), portion))
    return [item for part in parts for item in driver.receive(part, NOW)]


def items(shape: Shape, data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(NoninDriver(shape), data, portion)


def pairs(found: Sequence[Item]) -> list[tuple[float | None, float | None]]:
    """Return the readings as (spo2, pulse rate)."""
    values = [item.value for item in found if isinstance(item, Reading)]
    return list(zip(values[::2], values[1::2], strict=True))


def waves(found: Sequence[Item]) -> list[tuple[float | None, ...]]:
    """Return the samples of each wave block."""
    return [item.samples for item in found if isinstance(item, WaveBlock)]
