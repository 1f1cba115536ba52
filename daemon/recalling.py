"""Tells one case whole: also one whose bed another has taken, of which no snapshot speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from daemon.protocol.commands import Look, Order
from daemon.protocol.daylist import ListOrder
from daemon.protocol.message import Message
from daemon.protocol.recall import Recall, Recalled, ending
from daemon.pulse import Pulse
from daemon.ward import Ward
from vitals.clock import Clock


class Recalling:
    """Answers what is asked of a case; every other request goes on to `other`."""

    def __init__(
        self,
        ward: Ward,
        pulse: Pulse,
        clock: Clock,
        other: Callable[[Order | ListOrder | Look], Awaitable[Message]],
    ) -> None:
        self._ward = ward
        self._pulse = pulse
        self._clock = clock
        self._other = other

    async def answer(self, request: Order | ListOrder | Look | Recall) -> Message:
        """Return the answer to any request."""
        return self._told(request) if isinstance(request, Recall) else await self._other(request)

    def _told(self, asked: Recall) -> Recalled:
        state = self._ward.state
        numbers = ending((*state.closed, *state.cases), asked.case)
        case = state.case(numbers[0]) if len(numbers) == 1 else None
        told = None if case is None else self._pulse.message(case, self._clock.now())
        return Recalled(asked.id, told, numbers)
