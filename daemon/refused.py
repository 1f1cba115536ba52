"""What the daemon understood and will not do."""

from __future__ import annotations

from daemon.protocol.because import Because
from daemon.protocol.daylist import BadLine
from daemon.protocol.messages import Refusal
from vitals.against import Against


class RefusedError(Exception):
    """The daemon understood and will not; nothing was changed."""

    def __init__(
        self,
        reason: Refusal,
        detail: str,
        lines: tuple[BadLine, ...] = (),
        holds: tuple[str, ...] = (),
        because: Because | None = None,
        against: Against | None = None,
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = str(detail)
        # A line that knows its parts is no plain text, which is all that is written to a socket.
        self.lines = lines
        self.holds = holds
        self.because = because
        self.against = against
        self.sources: tuple[str, ...] = ()


class HeldError(RefusedError):
    """Rules hold it, each named with its source; saying that it is done anyway is the way on."""

    def __init__(self, detail: str, holds: tuple[str, ...], sources: tuple[str, ...]) -> None:
        super().__init__(Refusal.HELD, detail, holds=holds)
        self.sources = sources
