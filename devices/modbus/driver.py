"""A device with registers: polls to readings and contacts, as its map says.

Document: "MODBUS Application Protocol Specification V1.1b3", 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contract import Counts
from devices.modbus.asking import Asking
from devices.modbus.cuff import Cuff
from devices.modbus.framing import NOTHING, Anything, Known, ReplyDecoder
from devices.modbus.item import MapItem, RegisterMap
from devices.modbus.map import parsed
from devices.modbus.plan import Block, blocks
from devices.modbus.value import asserted, guarded, value
from devices.modbus.wire import ExceptionCode, Refusal, Reply
from vitals.instant import Instant
from vitals.reading import Item, Note, Notes, Quality, Reading

PORTION = 1024
"""Long reads are decoded in portions, so that the bounded buffer never drops a byte of them."""
ABANDONED_AFTER_S = 0.1
"""A frame comes without a pause: after this silence the rest of it does not come."""
BUSY_IN_A_ROW = 3
"""Only then a device that says it is busy has no values."""

_BUSY = frozenset({ExceptionCode.ACKNOWLEDGE, ExceptionCode.BUSY})
_GATEWAY = frozenset({ExceptionCode.GATEWAY_PATH, ExceptionCode.GATEWAY_TARGET})
"""The gateway answers in place of a device that does not."""


class RegisterDriver:
    """One bus with one map; implements `devices.contract.Driver`.

    Raises MapError when `text` is no map. Without one it asks nothing and counts any reply.
    """

    def __init__(self, text: str | None = None) -> None:
        whole = RegisterMap() if text is None else parsed(text)
        self._blocks = blocks(whole)
        self._asking = Asking(self._blocks)
        known = Known([block.shape for block in self._blocks])
        self._decoder = ReplyDecoder(Anything() if text is None else known)
        self._heard: Instant | None = None
        self._listened = 0
        self._busy: dict[Block, int] = {}
        self._told: dict[MapItem, Instant] = {}
        """When an item was last known."""
        self._alarms: dict[MapItem, frozenset[Note]] = {}
        self._cuff = Cuff()
        self._notes: frozenset[Note] = frozenset()

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the replies completed by it say."""
        items = self._abandoned(at)
        self._asking.expire(at)
        for start in range(0, len(data), PORTION):
            self._decoder.feed(data[start : start + PORTION])
            self._expect()
            while (frame := self._decoder.next_frame()) is not None:
                items += self._items(frame, at)
                self._expect()
        if data:
            self._heard = at
        return [*items, *self._stale(at)]

    def due(self, at: Instant) -> bytes:
        """Return the next request to read, if its item's time has come and none is open."""
        request = self._asking.due(at)
        if request:
            self._expect()
        return request

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.abandon()
        return self.counts

    def _expect(self) -> None:
        """Once it asks itself, only the answer to the open request is one."""
        if self._asking.begun:
            block = self._asking.open
            self._decoder.expected = NOTHING if block is None else Known([block.shape])

    def _abandoned(self, at: Instant) -> list[Item]:
        heard = self._heard
        if heard is None or at.seconds_since(heard) <= ABANDONED_AFTER_S:
            return []
        found: list[Item] = []
        for frame in self._decoder.abandon():
            found += self._items(frame, heard)
        return found

    def _items(self, frame: Reply | Refusal, at: Instant) -> Iterator[Item]:
        block, sure = self._asked_by(frame)
        if block is None:
            return
        busy = isinstance(frame, Refusal) and frame.code in _BUSY
        if isinstance(frame, Refusal) and frame.code in _GATEWAY:
            self._asking.silent(at)
        else:
            self._asking.answered(at, busy=busy)
        self._busy[block] = self._busy.get(block, 0) + 1 if busy else 0
        if isinstance(frame, Reply):
            yield from self._values(block, frame, at, sure=sure)
        elif not busy:
            quality = Quality.UNAVAILABLE if frame.code in _GATEWAY else Quality.INVALID
            yield from self._lost(block, quality, at)
        elif self._busy[block] >= BUSY_IN_A_ROW:
            yield from self._lost(block, Quality.UNAVAILABLE, at)
        yield from self._said(at)

    def _asked_by(self, frame: Reply | Refusal) -> tuple[Block | None, bool]:
        """Return whose answer a frame is, and whether it can be no other's.

        Where only the device is heard, the questions are taken to come in the order of the map.
        """
        if self._asking.begun:
            return self._asking.open, True
        fitting = [place for place, block in enumerate(self._blocks) if _fits(block, frame)]
        if not fitting:
            return None, False
        place = next((one for one in fitting if one >= self._listened), fitting[0])
        self._listened = place + 1
        return self._blocks[place], len(fitting) == 1

    def _values(self, block: Block, reply: Reply, at: Instant, *, sure: bool) -> Iterator[Item]:
        for item in block.items:
            if (measure := item.measure) is None:
                self._alarms[item], self._told[item] = _contact(item, block, reply), at
                continue
            number, quality = value(item, measure, block, reply)
            if number is not None:
                self._told[item] = at
                quality = quality if sure else Quality.QUESTIONABLE
            yield from self._cuff.judged(Reading(measure, number, quality, at, site=item.site))

    def _lost(self, block: Block, quality: Quality, at: Instant) -> Iterator[Item]:
        for item in block.items:
            yield from self._forgotten(item, quality, at)

    def _forgotten(self, item: MapItem, quality: Quality, at: Instant) -> Iterator[Item]:
        """Say that there is no value; of a contact, that nobody knows how it stands."""
        self._told.pop(item, None)
        if item.measure is None:
            self._alarms[item] = frozenset({Note.SENSOR_FAULT})
        else:
            yield from self._cuff.judged(Reading(item.measure, None, quality, at, site=item.site))

    def _stale(self, at: Instant) -> Iterator[Item]:
        """Say of what was not answered for too long that it is not known."""
        for item, told in list(self._told.items()):
            if at.seconds_since(told) > item.lives_s:
                yield from self._forgotten(item, Quality.UNAVAILABLE, at)
        yield from self._said(at)

    def _said(self, at: Instant) -> Iterator[Item]:
        remembered = [frozenset({Note.FROM_MEMORY})] if self._cuff.from_memory else []
        notes = frozenset().union(*self._alarms.values(), *remembered)
        if notes != self._notes:
            self._notes = notes
            yield Notes(notes, at)


def _fits(block: Block, frame: Reply | Refusal) -> bool:
    if (block.unit, block.function) != (frame.unit, frame.function):
        return False
    return isinstance(frame, Refusal) or block.shape.size == len(frame.data)


def _contact(item: MapItem, block: Block, reply: Reply) -> frozenset[Note]:
    """Return what a contact says; a register that does not count makes it a fault."""
    if not guarded(item, block, reply):
        return frozenset({Note.SENSOR_FAULT})
    note = item.note
    return frozenset({note} if note and asserted(item, block, reply) else ())
