"""What several blocks say together: sixteen samples of ECG, and once a second a page of numbers.

Document: as `devices.dinamap.wire`. Offsets of the page were found by comparing the recording with
itself: the rate with the QRS marks, the clock with the seconds that went by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from devices.dinamap.wire import Block

GROUP_BLOCKS = 4
PAGE_BLOCKS = 50
PAGE_BYTES = 150
PAGE_START = bytes.fromhex("14 01 0c")
"""A page without it, as the zeros after connecting, says nothing."""
HEART_RATE_AT = 130
CLOCK_AT = 137
MARK = 1000
"""ECG samples above it are marks and no voltage: the recording has 1022, four at a time."""
NO_RATE = frozenset({0, 0x7FFF, 0xFFFF, 0x00FF})
LOWEST_RATE, HIGHEST_RATE = 20, 350
"""/min. Our assumption, as no document of the format is public: anything else is no heart rate."""


class Run:
    """Joins `length` blocks whose sequence follows on, from one that `length` divides."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._blocks: list[Block] = []

    def add(self, block: Block) -> Sequence[Block] | None:
        """Return the run that `block` completes."""
        if block.sequence % self._length == len(self._blocks) and self._follows(block):
            self._blocks.append(block)
        else:
            self._blocks = [block] if block.sequence % self._length == 0 else []
        if len(self._blocks) < self._length:
            return None
        blocks, self._blocks = self._blocks, []
        return blocks

    def clear(self) -> None:
        """Forget what has begun: nobody knows how many blocks were lost behind it."""
        self._blocks = []

    def _follows(self, block: Block) -> bool:
        return not self._blocks or block.sequence == self._blocks[-1].sequence + 1


def ecg(group: Sequence[Block]) -> tuple[int | None, ...]:
    """Return the 16 samples of four blocks in time's order; None where there is a mark.

    The first samples of the four blocks come first, then their second ones, and so on.
    """
    slots = zip(*(block.ecg for block in group), strict=True)
    return tuple(None if sample > MARK else sample for slot in slots for sample in slot)


def interleaved(samples: Sequence[int]) -> tuple[tuple[int, int, int, int], ...]:
    """Return what each of four blocks carries of 16 samples."""
    return tuple(
        (samples[place], samples[place + 4], samples[place + 8], samples[place + 12])
        for place in range(GROUP_BLOCKS)
    )


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the slow page; words have their high byte first."""

    rate: int
    """The heart rate in /min or a code for none, at 130."""
    clock: tuple[int, int, int, int, int, int]
    """Year since 2000, month, day, hour, minute, second, a byte each from 137 on."""

    @property
    def heart_rate(self) -> int | None:
        """Return the heart rate in /min; None where the monitor has none."""
        if self.rate in NO_RATE or not LOWEST_RATE <= self.rate <= HIGHEST_RATE:
            return None
        return self.rate

    def to_bytes(self) -> bytes:
        """Return the 150 bytes of the page, zeros where nothing is known."""
        data = bytearray(PAGE_BYTES)
        data[: len(PAGE_START)] = PAGE_START
        data[HEART_RATE_AT : HEART_RATE_AT + 2] = self.rate.to_bytes(2, "big")
        data[CLOCK_AT : CLOCK_AT + 6] = bytes(self.clock)
        return bytes(data)

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the page of 150 bytes, or None where it does not begin like one."""
        if not data.startswith(PAGE_START):
            return None
        year, month, day, hour, minute, second = data[CLOCK_AT : CLOCK_AT + 6]
        rate = int.from_bytes(data[HEART_RATE_AT : HEART_RATE_AT + 2], "big")
        return cls(rate, (year, month, day, hour, minute, second))
