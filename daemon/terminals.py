"""Whose terminals answer: each says by itself, now and then, who is at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from daemon.protocol.commands import Here, Spoken, Wanted
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Result
from vitals.clock import Clock
from vitals.instant import Instant

MOST = 256
"""So many people are remembered; who was heard least lately is forgotten first."""


class Terminals:
    """When somebody's terminals were heard last, whichever of them it was."""

    def __init__(self) -> None:
        self._heard: dict[str, Instant] = {}
        self._since: Instant | None = None

    def heard(self, by: str, now: Instant) -> Instant:
        """Return when somebody was heard last; of whom nothing is known, when this was first asked.

        So that whoever was at hand before a restart has time to be heard again.
        """
        self._since = self._since or now
        return self._heard.get(by, self._since)

    def hear(self, by: str, now: Instant) -> None:
        """Take it that somebody is at a terminal."""
        self._heard.pop(by, None)
        self._heard[by] = now
        if len(self._heard) > MOST:
            del self._heard[next(iter(self._heard))]

    async def answer(
        self, clock: Clock, onward: Callable[[Wanted], Awaitable[Message]], request: Spoken
    ) -> Message:
        """Return the answer to any request; what is asked for is asked `onward`."""
        self.hear(request.by, clock.now())
        if isinstance(request, Here):
            return Answer(request.id, Result.RECORDED)
        return await onward(request)
