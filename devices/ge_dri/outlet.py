"""A monitor's end of the conversation: what was asked for, and when it is due.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapters on requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devices.ge_dri.framing import FrameDecoder, framed
from devices.ge_dri.requests import REQUEST, Action, Kind, NumbersRequest, WaveRequest
from devices.ge_dri.waves import Wave
from devices.ge_dri.wire import MainType, Record

SHORTEST_INTERVAL_S = 5
STRETCH_S = 0.4
"""How much of each wave one record carries."""
CLOCK = 1_072_915_200
"""The monitor's own clock, wrong as they are: 2004-01-01."""
LEVEL = 6


class Due:
    """Something that is sent every so often, from a first moment on."""

    def __init__(self, first_s: float, every_s: float) -> None:
        self._first_s, self._every_s = first_s, every_s
        self._sent = 0

    def until(self, elapsed_s: float) -> Iterator[float]:
        """Yield each moment that has come and was not yielded before."""
        while (moment_s := self._first_s + self._sent * self._every_s) <= elapsed_s + 1e-6:
            self._sent += 1
            yield moment_s


class Asked:
    """What a computer has asked for; nothing after a restart."""

    def __init__(self) -> None:
        self._decoder = FrameDecoder()
        self._requests: list[NumbersRequest | WaveRequest] = []
        self.values: Due | None = None
        self.stretches: Due | None = None
        self.waves: tuple[Wave, ...] = ()

    def receive(self, data: bytes) -> None:
        """Take what the computer wrote."""
        self._decoder.feed(data)
        while (record := self._decoder.next_frame()) is not None:
            shape = WaveRequest if record.maintype == MainType.WAVE else NumbersRequest
            for kind, part in record.subrecords():
                request = shape.parse(part)
                if kind == REQUEST and request is not None:
                    self._requests.append(request)

    def heed(self, elapsed_s: float) -> None:
        """Let what was asked since the last call begin or end now."""
        for request in self._requests:
            if isinstance(request, WaveRequest):
                self._heed_waves(request, elapsed_s)
            elif request.kind == Kind.DISPLAYED:
                every_s = max(request.interval_s, SHORTEST_INTERVAL_S)
                self.values = Due(elapsed_s, every_s) if request.interval_s > 0 else None
        self._requests.clear()

    def _heed_waves(self, request: WaveRequest, elapsed_s: float) -> None:
        self.waves = tuple(wave for wave in Wave if wave in request.waves)
        started = request.action == Action.START
        self.stretches = Due(elapsed_s + STRETCH_S, STRETCH_S) if started else None


class Outlet:
    """Numbers records, stamps them with the monitor's clock, and damages some bytes if told so."""

    def __init__(self) -> None:
        self._records = self._sent = 0

    def sent(self, record: Record, elapsed_s: float, corrupt_every: int) -> bytes:
        """Return the bytes on the wire; every n-th is damaged, none where that is 0."""
        self._records += 1
        stamped = replace(
            record, number=self._records & 0xFF, level=LEVEL, time=CLOCK + int(elapsed_s)
        )
        data = bytearray(framed(stamped))
        for place in range(len(data)):
            self._sent += 1
            if corrupt_every and self._sent % corrupt_every == 0:
                data[place] ^= 0x10
        return bytes(data)
