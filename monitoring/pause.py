"""The audio pause of one bed: for a while nothing that was known when it began sounds.

Source: IEC 60601-1-8, AUDIO PAUSED: what is shown stays, the sound comes back by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitoring.signalrules import PauseRow
from vitals.instant import Instant


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause, as it was last asked for; kept when it is over, because the next begins later."""

    since: Instant
    """When it was asked for last: a high alarm that is newer sounds in spite of it."""
    seconds: float
    """How long it lasts from there."""
    by: str
    spares_s: float = 0.0
    """So long from there it silences nothing: too little was heard since the one before it."""
    ended: Instant | None = None
    """When somebody ended it, or it was found to be over."""

    def left_s(self, now: Instant) -> float:
        """Return how long it still lasts, in s; 0 when it is over."""
        if self.ended is not None:
            return 0.0
        return max(0.0, self.seconds - self._run_s(now))

    def heard_s(self, now: Instant) -> float:
        """Return for how long the bed has sounded again since it was over; 0 while it lasts."""
        over_s = self._run_s(now) - self.seconds
        return max(0.0, over_s if self.ended is None else now.seconds_since(self.ended))

    def spared_s(self, now: Instant) -> float:
        """Return for how long it still silences nothing, in s."""
        return max(0.0, self.spares_s - self._run_s(now))

    def over(self, now: Instant) -> Pause:
        """Return it as it is kept once it has ended; the first end counts."""
        return replace(self, ended=self.ended or now)

    def _run_s(self, now: Instant) -> float:
        return max(0.0, now.seconds_since(self.since))


def pressed(before: Pause | None, by: str, now: Instant, row: PauseRow) -> Pause:
    """Return the pause after somebody asked for one.

    One that runs is never made longer: asked for again it silences what has come since, and ends
    when it would have ended. One that follows another silences nothing until the bed has sounded
    for `row.heard_s` in between. So no keys keep a bed silent for longer than `row.seconds`.
    """
    if before is None:
        return Pause(now, row.seconds, by)
    if (left_s := before.left_s(now)) > 0.0:
        return Pause(now, min(row.seconds, left_s), by, before.spared_s(now))
    return Pause(now, row.seconds, by, max(0.0, row.heard_s - before.heard_s(now)))


def silences(pause: Pause | None, urgent: Instant | None, now: Instant) -> bool:
    """Tell whether a pause silences an alarm; `urgent` is what no earlier pause keeps silent.

    That is since when it has been high, or when an acknowledgement of it ran out; else None.
    """
    if pause is None or pause.left_s(now) <= 0.0 or pause.spared_s(now) > 0.0:
        return False
    return urgent is None or urgent.seconds_since(pause.since) <= 0.0
