"""Tell systemd's watchdog that the beds are being looked at, and only while they are."""

from __future__ import annotations

import os
from collections.abc import Mapping

from daemon.notify import notify
from vitals.instant import Instant

SHARE = 4
"""So many times in the time that it waits, the watchdog hears of it (sd_watchdog_enabled(3): 2)."""


class Watchdog:
    """Fed with each evaluation that has completed; silent where systemd waits for nothing."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._every_s = waited_s(environment, os.getpid()) / SHARE
        self._fed: Instant | None = None

    def fed(self, now: Instant) -> None:
        """Tell that every bed has been evaluated at `now`, where it is time to."""
        if not self._every_s:
            return
        if self._fed is None or now.seconds_since(self._fed) >= self._every_s:
            self._fed = now
            notify("WATCHDOG=1")


def waited_s(environment: Mapping[str, str], pid: int) -> float:
    """Return for how many seconds systemd waits for this process to be heard of; 0: it does not.

    `WATCHDOG_USEC` and `WATCHDOG_PID` (sd_watchdog_enabled(3)).
    """
    microseconds = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", str(pid))
    if not (microseconds.isdecimal() and meant == str(pid)):
        return 0.0
    return int(microseconds) / 1_000_000
