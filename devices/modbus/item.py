"""What a register map says: which registers there are and what they mean."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from devices.modbus.wire import Function
from firmware_bridge.settings import LineSettings
from vitals.measure import Measure
from vitals.reading import Note

LAST_ADDRESS = 0xFFFF
Address = Annotated[int, Meta(ge=0, le=LAST_ADDRESS)]
"""As on the wire, from 0; the documents of makers often count from 1 or from 40001."""
Unit = Annotated[int, Meta(ge=1, le=255)]
"""The device's number on its bus."""


class Kind(StrEnum):
    """How a value is written into registers."""

    U16 = "u16"
    I16 = "i16"
    U32 = "u32"
    I32 = "i32"
    F32 = "f32"
    BIT = "bit"

    @property
    def words(self) -> int:
        """Return how many addresses it takes."""
        return 2 if self in (Kind.U32, Kind.I32, Kind.F32) else 1


class Guard(Struct, frozen=True, forbid_unknown_fields=True):
    """A register that must hold a value for another to mean anything."""

    addr: Address
    equals: Address
    mask: Address = 0xFFFF


class MapItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One value or one contact; every number is in `unit`, after `scale` and `offset`."""

    name: str
    """A measure, or for a contact a note (`gas_supply`)."""
    fc: Function
    addr: Address
    type: Kind
    site: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,15}$")] | None = None
    """Which of several, as in O2, N2O, air."""
    device: Unit | None = None
    """Absent: the map's."""
    word_order: Literal["big", "little"] = "big"
    """Which of two words comes first."""
    byte_swap: bool = False
    """The low byte of each word comes first."""
    bit: Annotated[int, Meta(ge=0, le=15)] | None = None
    """Which bit of a register, 0 the lowest."""
    scale: float = 1.0
    offset: float = 0.0
    """value = raw * scale + offset"""
    unit: str | None = None
    invalid: tuple[float, ...] = ()
    """What the register holds while there is no value, before `scale`."""
    min: float | None = None
    max: float | None = None
    """Beyond them the value is a fault, and never clipped."""
    invert: bool = False
    """A contact that is closed while all is well: 0 is the alarm."""
    poll_s: Annotated[float, Meta(ge=0.25, le=3600)] = 1.0
    stale_s: Annotated[float, Meta(gt=0, le=86400)] | None = None
    """No longer known after this long without an answer; absent: three polls."""
    only_if: tuple[Guard, ...] = ()
    """Otherwise the value is a fault."""

    @property
    def label(self) -> str:
        """Return the name with the site."""
        return f"{self.name} {self.site}" if self.site else self.name

    @property
    def measure(self) -> Measure | None:
        """Return what it measures; None for a contact."""
        return Measure(self.name) if self.name in _MEASURES else None

    @property
    def note(self) -> Note | None:
        """Return what its contact says; None for a measure."""
        return Note(self.name) if self.name in _NOTES else None

    @property
    def lives_s(self) -> float:
        """Return after how long without an answer it is no longer known."""
        return 3 * self.poll_s if self.stale_s is None else self.stale_s

    @property
    def number(self) -> int:
        """Return the address as makers write it: 1, 10001, 40001 and 30001 are the first."""
        return _FIRST[self.fc] + self.addr


class RegisterMap(Struct, frozen=True):
    """A whole map."""

    name: str = ""
    device: int = 1
    line: LineSettings | None = None
    items: tuple[MapItem, ...] = ()


_MEASURES = frozenset(Measure)
_NOTES = frozenset(Note)
_FIRST = {
    Function.COILS: 1,
    Function.DISCRETE_INPUTS: 10001,
    Function.HOLDING_REGISTERS: 40001,
    Function.INPUT_REGISTERS: 30001,
}
