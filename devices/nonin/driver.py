"""Nonin formats 2 and 7: packets to readings and pleth.

Document: Nonin, "9560 Bluetooth specification" (6470-000-01), p. 8-13. The 4-beat numbers are
published; the -D ones are held for 10 s after the finger has gone, so they are never used.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.contract import Counts
from devices.nonin.framing import FrameDecoder
from devices.nonin.packet import MISSING_RATE, Packet, PacketAssembler
from devices.nonin.values import reading, saturation
from devices.nonin.wire import RATE_HZ, Shape, Status
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Reading, WaveBlock

NO_SENSOR = Status.SNSA | Status.SNSD


class NoninDriver:
    """One oximeter in one of the two formats; implements `devices.contract.Driver`."""

    def __init__(self, shape: Shape) -> None:
        self._decoder = FrameDecoder(shape)
        self._assembler = PacketAssembler()

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the packets completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            packet = self._assembler.add(frame, self._decoder.discarded_bytes)
            if packet is not None:
                items += _items(packet, at)
        return items

    def due(self, at: Instant) -> bytes:  # noqa: ARG002 - the device takes no requests
        """Return nothing: the device speaks unasked."""
        return b""

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts


def _items(packet: Packet, at: Instant) -> tuple[Item, ...]:
    rate = packet.numbers.hr
    status = packet.status
    return (
        _reading(Measure.SPO2, saturation(packet.numbers.spo2), status, at),
        _reading(Measure.PULSE_RATE, None if rate in (MISSING_RATE, 0) else rate, status, at),
        _wave(packet.pleth, status, at),
    )


def _reading(measure: Measure, value: int | None, status: Status, at: Instant) -> Reading:
    fault, doubtful = bool(status & NO_SENSOR), bool(status & Status.OOT)
    return reading(measure, value, at, fault=fault, doubtful=doubtful)


def _wave(pleth: tuple[int, ...], status: Status, at: Instant) -> WaveBlock:
    samples = (None,) * len(pleth) if status & NO_SENSOR else pleth
    return WaveBlock(Channel.PLETH, RATE_HZ, "count", samples, at)
