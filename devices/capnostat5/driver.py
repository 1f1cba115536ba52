"""A Capnostat: its frames to readings, CO2 wave and notes.

Document: Respironics, "OEM module interface" (1015115DS1), command 80h; not public, read as public
drivers agree. The numerics come once a second inside the frames of the wave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from devices.capnostat5.frame import WORD_BYTES, FrameDecoder, word
from devices.capnostat5.handshake import Handshake, Phase
from devices.capnostat5.scale import HIGHEST_KPA, Scale
from devices.capnostat5.setting import Setting
from devices.capnostat5.status import Status
from devices.capnostat5.wire import (
    Code,
    Message,
    Nack,
    Parameter,
    Waveform,
    message,
)
from devices.contract import Counts, Options
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

RATE_HZ = 100
STATUS_HOLDS_S = 3.0
"""A status comes every second; an older one no longer vouches for a number."""
LONGEST_GAP = 100
"""A jump of SYNC beyond it is no gap to fill: the wave begins anew."""
SYNCS = 128
HIGHEST_RATE = 150
"""/min; sellers of such sensors publish 2 to 150. The maker's own document is not public."""
NUMERICS: Mapping[int, Measure] = {
    Parameter.ETCO2: Measure.ETCO2,
    Parameter.RESPIRATORY_RATE: Measure.RESPIRATORY_RATE,
    Parameter.FICO2: Measure.FICO2,
}


class CapnostatDriver:
    """One module; implements `devices.contract.Driver`."""

    def __init__(self, options: Options) -> None:
        self._decoder = FrameDecoder()
        self._handshake = Handshake(options)
        self._scale = Scale()
        self._sync: int | None = None
        self._status: Status | None = None
        self._status_at = Instant(0.0, 0.0)
        self._fault_at: Instant | None = None
        self._breath = False
        self._notes: frozenset[Note] = frozenset()

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the frames completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            said = message(frame)
            self._handshake.hear(said)
            items += self._items(said, at)
        return items

    def due(self, at: Instant) -> bytes:
        """Return the next step of the handshake, once it is time for it."""
        before = self._handshake.phase
        request = self._handshake.due(at)
        if before is not Phase.STOPPING and self._handshake.phase is Phase.STOPPING:
            self._scale.forget()
            self._sync = None
        return request

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, said: Message, at: Instant) -> Iterator[Item]:
        match said:
            case Waveform():
                yield from self._parameter(said, at)
                yield WaveBlock(Channel.CO2, RATE_HZ, "kPa", self._samples(said), at)
            case Setting():
                self._scale.hear(said)
            case Nack(Code.BOOTED):
                self._reboot()
                yield from self._told(frozenset({Note.REBOOTED}), at)
            case Nack(code) if code > Code.DATA:
                self._fault_at = at
                yield from self._told(self._noted(at), at)

    def _parameter(self, waveform: Waveform, at: Instant) -> Iterator[Item]:
        match waveform.parameter:
            case Parameter.STATUS if status := Status.parse(waveform.data):
                self._status, self._status_at, self._breath = status, at, status.breathing
                yield from self._told(self._noted(at), at)
            case Parameter.HARDWARE if any(waveform.data):
                self._fault_at = at
                yield from self._told(self._noted(at), at)
            case Parameter.BREATH:
                self._breath = True
            case int(index) if index in NUMERICS and len(waveform.data) >= WORD_BYTES:
                yield self._reading(Parameter(index), word(waveform.data), at)
            case _:
                pass

    def _reading(self, parameter: Parameter, number: int, at: Instant) -> Reading:
        measure = NUMERICS[parameter]
        quality = self._quality(at)
        if parameter is Parameter.RESPIRATORY_RATE:
            value: float | None = number or None
            within = number <= HIGHEST_RATE
        else:
            value = self._scale.kpa(number / 10) if self._present(parameter, number) else None
            within = value is None or value <= HIGHEST_KPA
        if quality is Quality.INVALID or not within:
            return Reading(measure, None, Quality.INVALID, at)
        return Reading(measure, value, Quality.UNAVAILABLE if value is None else quality, at)

    def _present(self, parameter: Parameter, number: int) -> bool:
        """Tell whether a pressure was measured: inspired 0 is one, as long as there are breaths."""
        return self._breath if parameter is Parameter.FICO2 else number > 0

    def _quality(self, at: Instant) -> Quality:
        if self._status is None:
            return Quality.QUESTIONABLE
        old = at.seconds_since(self._status_at) > STATUS_HOLDS_S
        quality = self._status.quality
        doubtful = quality is Quality.VALID and (old or self._faulty(at))
        return Quality.QUESTIONABLE if doubtful else quality

    def _faulty(self, at: Instant) -> bool:
        return self._fault_at is not None and at.seconds_since(self._fault_at) <= STATUS_HOLDS_S

    def _samples(self, waveform: Waveform) -> tuple[float | None, ...]:
        """Return the sample, behind a None for each frame that was lost before it."""
        jump = LONGEST_GAP + 1 if self._sync is None else (waveform.sync - self._sync) % SYNCS
        self._sync = waveform.sync
        lost = jump - 1 if 0 < jump <= LONGEST_GAP else 0
        return (*[None] * lost, self._sample(waveform))

    def _sample(self, waveform: Waveform) -> float | None:
        traced = self._status is None or self._status.traced
        if waveform.co2 is None or not traced:
            return None
        kpa = self._scale.kpa(waveform.co2)
        return round(kpa, 3) if kpa is not None and kpa <= HIGHEST_KPA else None

    def _noted(self, at: Instant) -> frozenset[Note]:
        notes = self._status.notes if self._status else frozenset()
        return notes | {Note.SENSOR_FAULT} if self._faulty(at) else notes

    def _told(self, notes: frozenset[Note], at: Instant) -> Iterator[Notes]:
        if notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)

    def _reboot(self) -> None:
        self._scale.forget()
        self._sync = self._status = self._fault_at = None
        self._breath = False
