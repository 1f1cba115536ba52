"""The audio pause of one bed: for a while nothing that was known when it began sounds.

Source: IEC 60601-1-8, AUDIO PAUSED: what is shown stays, the sound comes back by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from vitals.instant import Instant


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause, as it was last asked for."""

    since: Instant
    """When it was asked for last: a high alarm that is newer sounds in spite of it."""
    seconds: float
    """How long it lasts from there."""
    by: str

    def left_s(self, now: Instant) -> float:
        """Return how long it still lasts, in s; 0 when it is over."""
        return max(0.0, self.seconds - max(0.0, now.seconds_since(self.since)))


def pressed(before: Pause | None, by: str, now: Instant, limit_s: float) -> Pause:
    """Return the pause after somebody asked for one.

    One that runs is never made longer: asked for again it silences what has come since, and ends
    when it would have ended. So no key that is held down keeps a bed silent beyond `limit_s`.
    """
    left_s = 0.0 if before is None else before.left_s(now)
    return Pause(now, min(limit_s, left_s or limit_s), by)


def silences(pause: Pause | None, urgent: Instant | None, now: Instant) -> bool:
    """Tell whether a pause silences an alarm; `urgent` is what no earlier pause keeps silent.

    That is since when it has been high, or when an acknowledgement of it ran out; else None.
    """
    if pause is None or pause.left_s(now) <= 0.0:
        return False
    return urgent is None or urgent.seconds_since(pause.since) <= 0.0
