"""What is written to the newer devices, and when: start, and keep alive. Nothing else, ever.

After timegrid's CMS50Dplus7 and atbrask's CMS50Dplus: nine bytes, 0x7D first, bit 7 of the command
moved into the second byte; the stream ends unless it is kept alive every five seconds.
"""

from __future__ import annotations

from devices.contec.newer import packed
from vitals.instant import Instant

REQUEST = 0x7D
START_LIVE, STOP_LIVE, KEEP_ALIVE = 0xA1, 0xA2, 0xAF
KEEP_ALIVE_S = 5.0
AGAIN_S = 3.0
"""After so long without a frame the device is asked again: it was restarted, or did not hear."""


def request(command: int) -> bytes:
    """Return the nine bytes of a command."""
    return packed(REQUEST, bytes((command, 0, 0, 0, 0, 0, 0)))


class Asking:
    """Knows what is due from what was sent and heard."""

    def __init__(self) -> None:
        self._started: Instant | None = None
        self._sent: Instant | None = None
        self._heard: Instant | None = None

    def heard(self, at: Instant) -> None:
        """Take note that a frame came."""
        self._heard = at

    def due(self, at: Instant) -> bytes:
        """Return the command that is due, if any."""
        if self._silent(at):
            self._started = self._sent = at
            return request(START_LIVE)
        if self._sent is None or at.seconds_since(self._sent) >= KEEP_ALIVE_S:
            self._sent = at
            return request(KEEP_ALIVE)
        return b""

    def _silent(self, at: Instant) -> bool:
        """Tell whether the device was never asked, or long ago, and has not been heard since."""
        signs = [sign for sign in (self._started, self._heard) if sign is not None]
        return self._started is None or all(at.seconds_since(sign) >= AGAIN_S for sign in signs)
