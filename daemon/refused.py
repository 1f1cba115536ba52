"""What the daemon understood and will not do."""

from __future__ import annotations

from daemon.protocol.daylist import BadLine
from daemon.protocol.messages import Refusal


class RefusedError(Exception):
    """The daemon understood and will not; nothing was changed."""

    def __init__(
        self,
        reason: Refusal,
        detail: str,
        lines: tuple[BadLine, ...] = (),
        holds: tuple[str, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.lines = lines
        self.holds = holds
