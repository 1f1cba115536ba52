"""A simulated DINAMAP PRO 1000 that speaks the native binary stream.

Document: as `devices.dinamap.wire`. As in the recording, the first page is filled with zeros.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from devices.dinamap.pages import GROUP_BLOCKS, PAGE_BLOCKS, PAGE_BYTES, Page, interleaved
from devices.dinamap.wire import BLOCKS_HZ, SEQUENCES, Block
from devices.simulated.patient import Patient

ECG_ZERO, ECG_PER_MV = 508, 120
"""The middle of the recorded ECG, and a scale at which its R waves would be plausible."""
ECG_HZ = 200
HIGHEST = 1000
MARK = 1022
MARKED = 4
"""How many samples a mark lasts."""
RESP_ZERO, RESP_SPAN = 412, 100
NO_RATE = 0x7FFF
SWITCHED_ON = datetime(2012, 4, 12, 9, 30, tzinfo=UTC)
"""The year of the recording."""


class DinamapSimulator:
    """A monitor on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._sent = 0
        self._group: tuple[tuple[int, int, int, int], ...] = ()
        self._page = bytes(PAGE_BYTES)
        self.heard = 0
        """Bytes that were written to the monitor; it takes no commands."""
        self.leads_off = False
        self.mark_every_s = 0
        """How often four samples of the ECG are marks; 0 for never."""
        self.lose_every = 0
        """Of so many blocks one is lost; 0 for none."""
        self.corrupt_every = 0
        """Of so many blocks one has a bit flipped; 0 for none."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the blocks, 50 a second, that came due since the last call."""
        due = int(elapsed_s * BLOCKS_HZ + 1e-6)
        sent: list[bytes] = []
        while self._sent < due:
            sent.append(self._on_the_wire(self._block(self._sent)))
            self._sent += 1
        return b"".join(sent)

    def _on_the_wire(self, block: Block) -> bytes:
        number = self._sent + 1
        data = bytearray(block.to_bytes())
        if self.corrupt_every and number % self.corrupt_every == 0:
            data[self._random.randrange(len(data))] ^= 1 << self._random.randrange(8)
        lost = self.lose_every and number % self.lose_every == 0
        return b"" if lost else bytes(data)

    def _block(self, number: int) -> Block:
        """Return the block of that number, the first being 0."""
        at_s = number / BLOCKS_HZ
        if number % GROUP_BLOCKS == 0:
            samples = range(number * GROUP_BLOCKS, (number + GROUP_BLOCKS) * GROUP_BLOCKS)
            self._group = interleaved([self._ecg(sample) for sample in samples])
        place = number % PAGE_BLOCKS
        if place == 0 and number > 0:
            self._page = self._numbers(at_s).to_bytes()
        breath = RESP_ZERO + round(RESP_SPAN * self._patient.resp(at_s))
        return Block(
            sequence=number % SEQUENCES,
            status=int(self._patient.beats(at_s)) % GROUP_BLOCKS << 1,
            first=(384, 0, 384, breath),
            ecg=self._group[number % GROUP_BLOCKS],
            slow=self._page[3 * place : 3 * place + 3],
        )

    def _ecg(self, sample: int) -> int:
        """Return the sample of that number, the first being 0."""
        if self.mark_every_s and sample % (self.mark_every_s * ECG_HZ) < MARKED:
            return MARK
        voltage = 0.0 if self.leads_off else self._patient.ecg(sample / ECG_HZ)
        noise = self._random.uniform(-1, 1)
        return min(max(round(ECG_ZERO + ECG_PER_MV * voltage + noise), 0), HIGHEST)

    def _numbers(self, at_s: float) -> Page:
        rate = NO_RATE if self.leads_off else round(self._patient.at(at_s).pulse_rate)
        now = SWITCHED_ON + timedelta(seconds=at_s)
        clock = (now.year - 2000, now.month, now.day, now.hour, now.minute, now.second)
        return Page(rate, clock)
