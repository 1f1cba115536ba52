"""A simulated gas panel that answers Modbus RTU as a real device does.

Document: "MODBUS Application Protocol Specification V1.1b3", 6 and 7; "MODBUS over Serial Line
V1.02", 2.4.2 (a device is silent to another's address and to a damaged request).
Its registers are those of the profile `simulated-panel`.
"""

from __future__ import annotations

import struct

from devices.modbus.panel import ALARM_BAR, Panel, Supply
from devices.modbus.wire import (
    REFUSED,
    REQUEST_BYTES,
    ExceptionCode,
    Function,
    Refusal,
    Reply,
    Request,
    intact,
)
from firmware_bridge.checksum import crc16_modbus

UNIT = 1
UNKNOWN = 0xFFFF
"""A line pressure while its sensor is off."""


class PanelSimulator:
    """A panel; implements `devices.simulated.catalogue.Simulator`. It cannot be written to."""

    def __init__(self, panel: Panel | None = None) -> None:
        self.panel = panel or Panel()
        self._heard = b""
        self._sent = 0
        self._answers: list[tuple[float, bytes]] = []
        self.off = False
        """Without power: hears nothing."""
        self.busy = 0
        """How many of the next requests it puts off with exception 06."""
        self.refuses = False
        """Answers exception 04 to everything."""
        self.sensor_off = False
        """The O2 line's sensor is unplugged."""
        self.late_s = 0.0
        """How long it thinks."""
        self.noise = b""
        """What the line makes of its driver being switched on, before each answer."""
        self.corrupt_every = 0
        """Every n-th byte that it sends is damaged; 0 is none."""
        self.refused = 0
        """Requests to do anything but read."""

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote."""
        self._heard += b"" if self.off else data

    def emit(self, elapsed_s: float) -> bytes:
        """Return the answers that are due."""
        if self.off:
            self._heard = b""
            self._answers.clear()
        while len(self._heard) >= REQUEST_BYTES:
            self._take(elapsed_s)
        due = [answer for due_s, answer in self._answers if due_s <= elapsed_s]
        self._answers = [entry for entry in self._answers if entry[0] > elapsed_s]
        return self._damaged(b"".join(due))

    def _take(self, elapsed_s: float) -> None:
        frame = self._heard[:REQUEST_BYTES]
        if not intact(frame):
            self._heard = self._heard[1:]
            return
        self._heard = self._heard[REQUEST_BYTES:]
        if frame[0] == UNIT:
            answer = self.noise + self._answer(frame, elapsed_s)
            self._answers.append((elapsed_s + self.late_s, answer))

    def _answer(self, frame: bytes, elapsed_s: float) -> bytes:
        if (request := Request.parse(frame)) is None:
            self.refused += 1
            return _illegal(frame)
        if self.busy or self.refuses:
            code = ExceptionCode.BUSY if self.busy else ExceptionCode.DEVICE_FAILURE
            self.busy = max(0, self.busy - 1)
            return Refusal(UNIT, request.function, code).to_bytes()
        memory = self._memory(request.function, self.panel.at(elapsed_s))
        asked = range(request.start, request.start + request.count)
        if not all(addr in memory for addr in asked):
            code = ExceptionCode.ILLEGAL_ADDRESS
            return Refusal(UNIT, request.function, code).to_bytes()
        values = [memory[addr] for addr in asked]
        return Reply(UNIT, request.function, _packed(request.function, values)).to_bytes()

    def _memory(self, function: Function, now: Supply) -> dict[int, int]:
        """Return what one function can see, by address."""
        lines = (now.o2, now.n2o, now.air)
        if function is Function.DISCRETE_INPUTS:
            return {place: int(bar >= ALARM_BAR) for place, bar in enumerate(lines)}
        if function is not Function.INPUT_REGISTERS:
            return {}
        memory = {place: round(bar * 100) for place, bar in enumerate(lines)}
        if self.sensor_off:
            memory[0] = UNKNOWN
        memory[10], memory[11] = struct.unpack(">HH", struct.pack(">f", now.o2_cylinder))
        memory[13], memory[12] = struct.unpack(">HH", struct.pack(">f", now.n2o_mass))
        return memory

    def _damaged(self, data: bytes) -> bytes:
        sent = bytearray(data)
        for place in range(len(sent)):
            self._sent += 1
            if self.corrupt_every and self._sent % self.corrupt_every == 0:
                sent[place] ^= 0x10
        return bytes(sent)


def _packed(function: Function, values: list[int]) -> bytes:
    if not function.of_bits:
        return struct.pack(f">{len(values)}H", *values)
    packed = sum(value << place for place, value in enumerate(values))
    return packed.to_bytes(function.size(len(values)), "little")


def _illegal(frame: bytes) -> bytes:
    body = bytes([frame[0], frame[1] & ~REFUSED | REFUSED, ExceptionCode.ILLEGAL_FUNCTION])
    return body + struct.pack("<H", crc16_modbus(body))
