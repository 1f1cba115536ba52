"""Blocks of the DINAMAP PRO 1000's native binary stream: 18 bytes, 50 times a second.

Document: the maker's (PRO 1000 Host Communications Manual) is not public. The layout is that of
`dinamap_reader.c` of Zeriam/dinamap-reader; check and order of samples were worked out on the
recording published with it, whose 1152 blocks all bear them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from firmware_bridge.checksum import reflected_crc8
from firmware_bridge.receive import BufferedDecoder

BLOCK_BYTES = 18
BLOCKS_HZ = 50
SEQUENCES = 200
"""The sequence number counts from 0 and begins anew here, not at 256."""
POLYNOMIAL = 0xA1
"""Of the CRC-8, in the form that shifts right; it begins with 0."""
SAMPLE_BITS = 10

Samples = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Sequence, status, two channels of four samples, three bytes of the slow page."""

    sequence: int
    """0..199, in byte 0; its one's complement is byte 17."""
    status: int
    """Byte 1: bits 1 and 2 move at each QRS; no other bit is sure."""
    first: Samples
    """Bytes 2 to 6: its fourth sample follows breathing, what it measures is not sure."""
    ecg: Samples
    """Bytes 7 to 11, 0..1023 with the middle at 508; four blocks are interleaved."""
    slow: bytes
    """Bytes 12 to 14: three of the page's 150."""

    def to_bytes(self) -> bytes:
        """Return the block on the wire: CRC of bytes 1 to 14 in byte 15, complements behind it."""
        body = bytes((self.status,)) + _packed(self.first) + _packed(self.ecg) + self.slow
        check = reflected_crc8(body, POLYNOMIAL)
        return bytes((self.sequence, *body, check, check ^ 0xFF, self.sequence ^ 0xFF))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the block of 18 bytes, or None where sequence, CRC or a complement do not fit."""
        if not framed(data) or data[16] != data[15] ^ 0xFF:
            return None
        if data[15] != reflected_crc8(data[1:15], POLYNOMIAL):
            return None
        return cls(data[0], data[1], _unpacked(data[2:7]), _unpacked(data[7:12]), data[12:15])


def framed(data: bytes) -> bool:
    """Tell whether 18 bytes begin with a sequence number and end with its complement."""
    return data[0] < SEQUENCES and data[17] == data[0] ^ 0xFF


def _unpacked(data: bytes) -> Samples:
    """Return the four samples of ten bits that five bytes hold, the high ones first."""
    bits = int.from_bytes(data, "big")
    return bits >> 30, bits >> 20 & 0x3FF, bits >> 10 & 0x3FF, bits & 0x3FF


def _packed(samples: Samples) -> bytes:
    bits = 0
    for sample in samples:
        bits = bits << SAMPLE_BITS | sample
    return bits.to_bytes(5, "big")


class BlockDecoder(BufferedDecoder[Block]):
    """Finds blocks in a stream that has no start mark, sliding over what is none."""

    def __init__(self) -> None:
        super().__init__()
        self._skipped_before_block = 0

    def next_frame(self) -> Block | None:
        """Return the next good block, or None when more bytes are needed."""
        while len(self._buffer) >= BLOCK_BYTES:
            candidate = self._buffer.peek(BLOCK_BYTES)
            if (block := Block.parse(candidate)) is not None:
                self._buffer.take(BLOCK_BYTES)
                self._skipped_before_block = self._buffer.discarded
                self.frames += 1
                return block
            self._reject(candidate)
        return None

    def _reject(self, candidate: bytes) -> None:
        # Without a start mark a candidate is what its two sequence bytes frame, and what stands
        # where a block is due: right behind another one.
        due = self.frames > 0 and self._buffer.discarded == self._skipped_before_block
        if framed(candidate) or (due and candidate[0] < SEQUENCES):
            self.bad_frames += 1
        self._buffer.skip()
