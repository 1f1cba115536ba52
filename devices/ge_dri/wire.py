"""Records of the Datex-Ohmeda Record Interface (DRI): a header, and subrecords behind it.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313; later GE Healthcare
M1017617), chapter on the record structure. All numbers are little-endian, structures are packed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import ClassVar, NamedTuple, Self

HEADER_BYTES = 40
MAX_RECORD_BYTES = HEADER_BYTES + 1450
"""A header and the most data that one record carries."""
MAX_SUBRECORDS = 8
END_OF_LIST = 0xFF
"""The type that ends the list of subrecords (DRI_EOL_SUBR_LIST)."""
NO_NUMBER = -32001
"""This and everything below is no number (DATA_INVALID_LIMIT)."""


class Missing(IntEnum):
    """Why a value is none (8005313, data value definitions)."""

    INVALID = -32767
    NOT_UPDATED = -32766
    DISCONTINUITY = -32765
    UNDER_RANGE = -32764
    OVER_RANGE = -32763
    NOT_CALIBRATED = -32762


def number(raw: int) -> int | None:
    """Return `raw`, or None where it stands for no number."""
    return None if raw <= NO_NUMBER else raw


class MainType(IntEnum):
    """What a record is about (r_maintype)."""

    PHYSIOLOGICAL = 0
    WAVE = 1
    ALARM = 4
    NETWORK = 5
    FIBRE_OPTIC = 8


class Descriptor(NamedTuple):
    """Where a subrecord begins, and what it is (struct sr_desc)."""

    kind: int
    """0..254; what it means depends on the main type."""
    offset: int
    """From the end of the header."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is before the checksum and the escapes (struct datex_hdr and its data)."""

    HEADER: ClassVar[Struct] = Struct("<hBBHI4sh")
    DESCRIPTOR: ClassVar[Struct] = Struct("<hB")

    maintype: int
    """One of `MainType`, or one that is unknown."""
    descriptors: tuple[Descriptor, ...]
    """At most eight."""
    body: bytes
    """What follows the header."""
    number: int = 0
    """r_nbr, byte 2: counts records."""
    level: int = 0
    """dri_level, byte 3: the level of the protocol."""
    plug: int = 0
    """plug_id, bytes 4-5."""
    time: int = 0
    """r_time, bytes 6-9: Unix time in s by the monitor's own clock."""
    reserved: bytes = bytes(4)
    """Bytes 10-13."""

    def to_bytes(self) -> bytes:
        """Return the record."""
        head = self.HEADER.pack(
            HEADER_BYTES + len(self.body),
            self.number,
            self.level,
            self.plug,
            self.time,
            self.reserved,
            self.maintype,
        )
        listed = b"".join(self.DESCRIPTOR.pack(entry.offset, entry.kind) for entry in self._list())
        return (head + listed).ljust(HEADER_BYTES, b"\0") + self.body

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the record, or None where its length or an offset does not fit."""
        if len(data) < HEADER_BYTES:
            return None
        length, count, level, plug, time, reserved, maintype = cls.HEADER.unpack_from(data)
        body = data[HEADER_BYTES:]
        descriptors = tuple(cls._listed(data))
        fits = all(0 <= entry.offset <= len(body) for entry in descriptors)
        if length != len(data) or not fits:
            return None
        return cls(maintype, descriptors, body, count, level, plug, time, reserved)

    def subrecords(self) -> Iterator[tuple[int, bytes]]:
        """Yield type and bytes of each subrecord, up to where the next one begins."""
        for entry in self.descriptors:
            ends = (other.offset for other in self.descriptors if other.offset > entry.offset)
            yield entry.kind, self.body[entry.offset : min(ends, default=len(self.body))]

    def _list(self) -> tuple[Descriptor, ...]:
        ended = len(self.descriptors) == MAX_SUBRECORDS
        return self.descriptors if ended else (*self.descriptors, Descriptor(END_OF_LIST, 0))

    @classmethod
    def _listed(cls, data: bytes) -> Iterator[Descriptor]:
        for offset, kind in cls.DESCRIPTOR.iter_unpack(data[cls.HEADER.size : HEADER_BYTES]):
            if kind == END_OF_LIST:
                return
            yield Descriptor(kind, offset)


def single(maintype: MainType, kind: int, body: bytes) -> Record:
    """Return a record of one subrecord."""
    return Record(maintype, (Descriptor(kind, 0),), body)
