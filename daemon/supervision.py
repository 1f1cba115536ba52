"""A device's life across losses: one restart policy, and the one rim that catches everything."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from firmware_bridge.link import LinkLostError, LinkRefusedError
from vitals.clock import Clock

FIRST_S = 0.25
CEILING_S = 1.0
"""Looking for a port costs microseconds; a cable put back is noticed within this time."""
MENDING_S = 2.0
"""Somebody has to mend something first."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why a life ended."""

    reason: str
    defect: bool
    pause_s: float


async def supervise(
    name: str,
    life: Callable[[], Awaitable[None]],
    on_end: Callable[[Outcome], None],
    clock: Clock,
) -> None:
    """Live again after every end, pausing longer each time up to the ceiling; never returns."""
    pause_s = FIRST_S
    last = ""
    while True:
        begun = clock.now()
        outcome = await _lived(name, life, pause_s)
        on_end(outcome)
        if outcome.reason != last:
            _LOG.warning("device %s: %s", name, outcome.reason)
        last = outcome.reason
        await clock.sleep(outcome.pause_s)
        lasted = clock.now().seconds_since(begun) > CEILING_S + outcome.pause_s
        pause_s = FIRST_S if lasted else min(2 * pause_s, CEILING_S)


async def _lived(name: str, life: Callable[[], Awaitable[None]], pause_s: float) -> Outcome:
    try:
        await life()
    except LinkLostError as error:
        return Outcome(str(error), defect=False, pause_s=pause_s)
    except LinkRefusedError as error:
        return Outcome(str(error), defect=False, pause_s=MENDING_S)
    except Exception as error:  # noqa: BLE001 - the rim: one device's defect stops no other
        _LOG.error("device %s: driver defect", name, exc_info=error)
        return Outcome(f"driver defect: {type(error).__name__}", defect=True, pause_s=MENDING_S)
    return Outcome("its task ended", defect=True, pause_s=MENDING_S)
