"""The trend as the daemon last told it: pure, asked for anew as it grows old."""

from __future__ import annotations

from daemon.protocol.messages import Answer, Hello, Outgoing
from daemon.protocol.trend import Span, Trend, Trended
from vitals.instant import Instant

AGAIN_S = {Span.HOUR: 10.0, Span.CASE: 10.0, Span.DAY: 60.0}
"""What is open is asked for again after so long."""
LATE_S = 3.0
"""An answer that has not come by then is called missing."""

Wanted = tuple[str, Span, int]
"""A bed, a span, and how many steps ago."""


class History:
    """One trend: the one that was asked for last."""

    def __init__(self) -> None:
        self._asked: Trended | None = None
        self._at: Instant | None = None
        """When that was asked for."""
        self._waits = False
        self._told: tuple[Wanted, Trend] | None = None
        self._refused: tuple[Wanted, Answer] | None = None

    def ask(self, request: Trended, now: Instant) -> None:
        """Take what was sent."""
        self._asked, self._at, self._waits = request, now, True

    def apply(self, message: Outgoing) -> None:
        """Take one message."""
        asked = self._asked
        match message:
            case Hello():
                self._asked = self._at = self._told = self._refused = None
                self._waits = False
            case Trend(id=number) if asked is not None and number == asked.id:
                self._waits, self._refused = False, None
                self._told = _key(asked), message
            case Answer(id=number) if asked is not None and number == asked.id:
                self._waits, self._told = False, None
                self._refused = _key(asked), message
            case _:
                pass

    def asks(self, message: Outgoing) -> bool:
        """Tell whether a message answers what was asked for here, and nothing that a person did."""
        return (
            isinstance(message, Answer) and self._asked is not None and message.id == self._asked.id
        )

    def due(self, wanted: Wanted, columns: int, now: Instant) -> bool:
        """Tell whether it is time to ask; what was asked last is answered or late by then."""
        if self._asked is None or self._at is None:
            return True
        since = now.seconds_since(self._at)
        if self._waits and since < LATE_S:
            return False
        other = _key(self._asked) != wanted or self._asked.columns != columns
        return other or since >= AGAIN_S[wanted[1]]

    def told(self, wanted: Wanted) -> Trend | None:
        """Return what was told of a stretch; None where nothing of it was."""
        return self._told[1] if self._told is not None and self._told[0] == wanted else None

    def refused(self, wanted: Wanted) -> Answer | None:
        """Return why there is nothing to be told of a stretch."""
        return self._refused[1] if self._refused and self._refused[0] == wanted else None

    def waited_s(self, now: Instant) -> float:
        """Return for how long an answer has been waited for; 0 where none is."""
        return now.seconds_since(self._at) if self._waits and self._at is not None else 0.0


def _key(request: Trended) -> Wanted:
    return request.bed, request.span, request.back
