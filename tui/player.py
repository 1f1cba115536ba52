"""Plays waves out at their own pace: blocks arrive in bursts, samples leave one by one.

Pure: time comes in as monotonic seconds. A gap between blocks is a gap in time; nothing is bridged.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from daemon.protocol.messages import Wave

DELAY_S = 0.4
"""How long the first sample of a fresh stream waits, so that later blocks may come unevenly."""
LEAD_S = (0.15, 1.2)
"""Blocks may be this early; outside, the pace is stretched or pressed by PULL until it fits."""
PULL = 0.03
GAP_S = 0.1
"""Two blocks further apart than this were not adjacent."""
LONGEST_GAP_S = 5.0
LIMIT = 4096
"""Samples that may wait; beyond it the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A value and when to draw it."""

    due: float
    """Monotonic s."""
    value: float | None
    """None where the device had no sample."""
    joined: bool
    """Whether it follows the sample before it without a gap."""


class Player:
    """The samples of one channel that wait to be drawn."""

    def __init__(self) -> None:
        self._waiting: deque[Sample] = deque(maxlen=LIMIT)
        self._next_due = 0.0
        self._ended: float | None = None
        """Wall second of the newest sample; None before the first and after a restart."""

    def feed(self, wave: Wave, now: float) -> None:
        """Take a block that arrived at `now`."""
        ended = datetime.fromisoformat(wave.at).timestamp()
        length_s = len(wave.samples) / wave.rate_hz
        gap_s = self._gap_s(ended, length_s, now)
        joined = gap_s == 0.0
        due = max(now + DELAY_S, self._next_due) if gap_s is None else self._next_due + gap_s
        step = _step_s(wave.rate_hz, due - now)
        for number, value in enumerate(wave.samples):
            self._waiting.append(Sample(due + number * step, value, joined or number > 0))
        self._next_due = due + len(wave.samples) * step
        self._ended = ended

    def due(self, now: float) -> list[Sample]:
        """Remove and return what is to be drawn by `now`."""
        taken = []
        while self._waiting and self._waiting[0].due <= now:
            taken.append(self._waiting.popleft())
        return taken

    def clear(self) -> None:
        """Forget everything: what waits is not shown any more."""
        self._waiting.clear()
        self._next_due = 0.0
        self._ended = None

    def _gap_s(self, ended: float, length_s: float, now: float) -> float | None:
        """Return the time missing before this block, 0 for none; None to start afresh."""
        if self._ended is None or self._next_due < now:
            return None
        missing_s = ended - self._ended - length_s
        if abs(missing_s) <= GAP_S:
            return 0.0
        return missing_s if 0.0 < missing_s <= LONGEST_GAP_S else None


def _step_s(rate_hz: float, lead_s: float) -> float:
    """Return the time between two samples: the device's, gently corrected for clock drift."""
    least, most = LEAD_S
    if lead_s < least:
        return (1.0 + PULL) / rate_hz
    return (1.0 - PULL) / rate_hz if lead_s > most else 1.0 / rate_hz
