"""The shapes of waves within one beat or one breath, each a function of the share, 0..1, of it."""

from __future__ import annotations

import math

_ECG = (
    (0.14, 0.022, 0.12),
    (0.262, 0.009, -0.10),
    (0.285, 0.010, 1.10),
    (0.310, 0.010, -0.22),
    (0.52, 0.045, 0.28),
)
"""Centre, width and height in mV of P, Q, R, S and T."""
INSPIRATION = 0.42
"""The share of a breath that is inspiration; expiration follows."""
RISE = 0.12
"""How long, as a share of the breath, CO2 takes to reach its plateau, and to fall again."""
SLOPE = 0.12
"""How much the plateau rises towards its end, as a share of the end-tidal value."""


def ecg(share: float) -> float:
    """Return lead II in mV."""
    return math.fsum(
        height * math.exp(-(((share - centre) / width) ** 2) / 2) for centre, width, height in _ECG
    )


def capnogram(share: float) -> float:
    """Return CO2 as a share of its end-tidal value: baseline, upstroke, plateau, downstroke."""
    if share < RISE:
        return 1 - share / RISE
    if share < INSPIRATION:
        return 0.0
    risen = min((share - INSPIRATION) / RISE, 1.0)
    late = max(share - INSPIRATION - RISE, 0.0) / (1 - INSPIRATION - RISE)
    return risen * (1 - SLOPE) + SLOPE * late


def breath(share: float) -> float:
    """Return the chest's movement, -1..1."""
    return math.sin(math.tau * (share - INSPIRATION / 2))
