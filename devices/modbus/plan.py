"""Which requests a map needs: whole stretches of registers, never across a hole.

A device refuses a whole request when one address in it does not exist ("MODBUS Application
Protocol Specification V1.1b3", 6.1-6.4: exception 02), and a value of two words that is read in two
requests may be half old and half new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from devices.modbus.framing import Shape
from devices.modbus.item import MapItem, RegisterMap
from devices.modbus.wire import Function, Request

LIVELY_S = 3.0
"""A map whose every item is polled more seldom still has one that tells that the device lives."""


@dataclass(frozen=True, slots=True)
class Block:
    """Items that one request brings."""

    unit: int
    function: Function
    start: int
    count: int
    poll_s: float
    items: tuple[MapItem, ...]

    @property
    def request(self) -> Request:
        """Return what to ask."""
        return Request(self.unit, self.function, self.start, self.count)

    @property
    def shape(self) -> Shape:
        """Return what the answer looks like."""
        return Shape(self.unit, self.function, self.function.size(self.count))

    def holds(self, addr: int) -> bool:
        """Tell whether an address is among what is asked."""
        return self.start <= addr < self.start + self.count


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    item: MapItem | None


def blocks(whole: RegisterMap) -> tuple[Block, ...]:
    """Return the requests of a map, in the order of unit, function and address."""
    items = sorted(whole.items, key=lambda item: _key(item, whole))
    lively_s = min((item.poll_s for item in items), default=0.0)
    found: list[Block] = []
    for key, group in groupby(items, key=lambda item: _key(item, whole)):
        unit, function, poll_s = key
        poll_s = LIVELY_S if poll_s == lively_s > LIVELY_S else poll_s
        for spans in _stretches(list(group), function):
            start, end = spans[0].start, max(span.end for span in spans)
            held = tuple(span.item for span in spans if span.item is not None)
            found.append(Block(unit, function, start, end - start, poll_s, held))
    return tuple(found)


def _key(item: MapItem, whole: RegisterMap) -> tuple[int, Function, float]:
    return item.device or whole.device, item.fc, item.poll_s


def _stretches(items: Sequence[MapItem], function: Function) -> Iterator[list[_Span]]:
    """Yield spans that touch or overlap, together as long as one reply can hold them."""
    spans = sorted(
        (span for item in items for span in _spans(item)), key=lambda span: (span.start, span.end)
    )
    stretch: list[_Span] = []
    end = 0
    for span in spans:
        if stretch and (span.start > end or span.end - stretch[0].start > function.most):
            yield stretch
            stretch = []
        end = max(end, span.end) if stretch else span.end
        stretch.append(span)
    yield stretch


def _spans(item: MapItem) -> Iterator[_Span]:
    yield _Span(item.addr, item.addr + item.type.words, item)
    for guard in item.only_if:
        yield _Span(guard.addr, guard.addr + 1, None)
