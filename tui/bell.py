"""When this terminal rings its own bell: a fallback, for what the daemon cannot sound; pure.

A terminal's bell has neither pitch nor burst: it is no alarm signal of IEC 60601-1-8, and says on
the screen why it rings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.mirror import Mirror
from tui.sight import Reach, Sight
from tui.sounding import unheard
from vitals.instant import Instant

LOST_S = 3.0
"""The daemon has been silent for so long: it may be gone, and with it every sound."""
EVERY_S = 5.0


@dataclass(frozen=True, slots=True)
class Bell:
    """What the bell has done; kept by who draws the screen."""

    rung: Instant | None = None
    """When it rang last."""
    hushed: Instant | None = None
    """Of which loss somebody has taken note: by when the daemon was heard last."""


def lost(sight: Sight) -> bool:
    """Tell whether the daemon, which was heard and has the bed, is silent for too long."""
    heard, hello = sight.mirror.heard, sight.mirror.hello
    if heard is None or hello is None or sight.reach is not Reach.LOST:
        return False
    return sight.bed_name in hello.beds and sight.now.seconds_since(heard) >= LOST_S


def ringing(sight: Sight, bell: Bell) -> bool:
    """Tell whether the bell is to be heard at all just now."""
    return (lost(sight) and not noted(bell, sight.mirror)) or unheard(sight)


def noted(bell: Bell, mirror: Mirror) -> bool:
    """Tell whether somebody has taken note of this loss; of the next one nobody has."""
    return bell.hushed is not None and bell.hushed == mirror.heard


def hushed(sight: Sight, bell: Bell) -> Bell:
    """Return the bell once somebody has taken note of the loss."""
    return replace(bell, hushed=sight.mirror.heard)


def due(sight: Sight, bell: Bell) -> bool:
    """Tell whether it is to ring at this moment; at once when it begins, then every 5 s."""
    waited = bell.rung is None or sight.now.seconds_since(bell.rung) >= EVERY_S
    return waited and ringing(sight, bell)
