"""A device's life across losses: one restart policy, and the one rim that catches everything."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from daemon.defects import Defects
from firmware_bridge.link import LinkLostError, LinkRefusedError
from vitals.clock import Clock
from vitals.vocabulary import Fault

FIRST_S = 0.25
CEILING_S = 1.0
"""Looking for a port costs microseconds; a cable put back is noticed within this time."""
MENDING_S = 2.0
"""Somebody has to mend something first."""
DEFECT_CEILING_S = 60.0
"""A driver that failed fails again on the same bytes: it is tried ever more seldom, up to this."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why a life ended."""

    reason: str
    defect: bool = False
    """The driver failed, not the wire."""
    mending: bool = False
    """Trying again soon is no use."""
    fault: Fault = Fault.OTHER


async def supervise(
    name: str,
    life: Callable[[], Awaitable[None]],
    on_end: Callable[[Outcome], None],
    clock: Clock,
) -> None:
    """Live again after every end, pausing longer each time up to a ceiling; never returns."""
    last, pause_s = "", 0.0
    defects = Defects(f"device {name}: driver defect")
    while True:
        begun = clock.now()
        outcome = await _lived(life, defects)
        lasted_s = clock.now().seconds_since(begun)
        on_end(outcome)
        if outcome.reason != last:
            _LOG.warning("device %s: %s", name, outcome.reason)
        last = "" if lasted_s > CEILING_S and not outcome.defect else outcome.reason
        pause_s = _pause(outcome, pause_s, lasted_s)
        await clock.sleep(pause_s)


async def contained(name: str, work: Awaitable[None]) -> None:
    """Await work that must not stop the daemon: what it raises is logged and goes no further."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - the rim: one client's defect stops no alarm
        _LOG.error("%s: defect", name, exc_info=error)


def _pause(outcome: Outcome, before_s: float, lasted_s: float) -> float:
    if outcome.defect:
        longer_s = min(max(MENDING_S, 2 * before_s), DEFECT_CEILING_S)
        return MENDING_S if lasted_s > DEFECT_CEILING_S else longer_s
    if outcome.mending:
        return MENDING_S
    longer_s = min(max(FIRST_S, 2 * before_s), CEILING_S)
    return FIRST_S if lasted_s > CEILING_S else longer_s


async def _lived(life: Callable[[], Awaitable[None]], defects: Defects) -> Outcome:
    try:
        await life()
    except LinkLostError as error:
        return Outcome(str(error), fault=error.fault)
    except LinkRefusedError as error:
        return Outcome(str(error), mending=True, fault=error.fault)
    except Exception as error:  # noqa: BLE001 - the rim: one device's defect stops no other
        defects.take(error)
        return _defect(f"driver defect: {type(error).__name__}")
    return _defect("its task ended")


def _defect(reason: str) -> Outcome:
    return Outcome(reason, defect=True, mending=True, fault=Fault.DEFECT)
