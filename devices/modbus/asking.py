"""When which request is sent: one at a time, after a pause, a dead device among others seldom.

Document: "MODBUS over Serial Line V1.02", 2.4.1 (master states: idle, waiting turnaround, waiting
for reply, processing).
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.modbus.plan import Block
from vitals.instant import Instant

TURNAROUND_S = 0.03
"""From an answer to the next request."""
TIMEOUT_S = 1.0
"""An answer that has not come by then is not waited for."""
DEAF_S = 0.5
"""After that nothing is asked: an answer that comes late would be taken for the next one's."""
RETRY_S = 1.0
"""After a device has said that it is busy."""
LONGEST_S = 10.0
"""Between two requests to a device that does not answer, where others wait for their turn."""


class Asking:
    """Decides what is open and what comes next."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        self._next = dict.fromkeys(range(len(blocks)), float("-inf"))
        self._unanswered: dict[int, int] = {}
        """Requests in a row that a unit has not answered."""
        self._alone = len({block.unit for block in blocks}) <= 1
        self._open: int | None = None
        self._asked_s = 0.0
        self._quiet_until_s = float("-inf")
        self.begun = False
        """Whether anything was ever asked; before that, what comes is only listened to."""

    @property
    def open(self) -> Block | None:
        """Return what an answer is waited for."""
        return None if self._open is None else self._blocks[self._open]

    def due(self, at: Instant) -> bytes:
        """Return the next request, if its time has come and none is open."""
        self.expire(at)
        now_s = at.monotonic
        if self._open is not None or not self._next or now_s < self._quiet_until_s:
            return b""
        place = min(self._next, key=lambda one: self._next[one])
        if self._next[place] > now_s:
            return b""
        self._open, self._asked_s, self.begun = place, now_s, True
        block = self._blocks[place]
        self._next[place] = now_s + block.poll_s
        return block.request.to_bytes()

    def expire(self, at: Instant) -> None:
        """Give up the open request when its answer is overdue."""
        if self._open is not None and at.monotonic - self._asked_s > TIMEOUT_S:
            self.silent(at)
            self._quiet_until_s = at.monotonic + DEAF_S

    def silent(self, at: Instant) -> None:
        """Take note that the open request has no answer from its device."""
        if (block := self.open) is None:
            return
        count = self._unanswered.get(block.unit, 0) + 1
        self._unanswered[block.unit] = count
        if count > 1 and not self._alone:
            pause_s = min(block.poll_s * 2 ** min(count - 1, 10), LONGEST_S)
            for place, other in enumerate(self._blocks):
                if other.unit == block.unit:
                    self._next[place] = max(self._next[place], at.monotonic + pause_s)
        self._close(at)

    def answered(self, at: Instant, *, busy: bool = False) -> None:
        """Take note that the open request has its answer, or is to be asked again soon."""
        if (place := self._open) is not None:
            self._unanswered.pop(self._blocks[place].unit, None)
            if busy:
                self._next[place] = at.monotonic + RETRY_S
        self._close(at)

    def _close(self, at: Instant) -> None:
        self._open = None
        self._quiet_until_s = at.monotonic + TURNAROUND_S
