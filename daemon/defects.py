"""The defects of one driver or stream: each is told once in full, and counted from then on."""

from __future__ import annotations

import logging
import traceback
from collections import Counter

LIMIT = 50
"""So many different ones are told apart; what a driver raises beyond them is one more."""

_LOG = logging.getLogger(__name__)

Place = tuple[str, str, int]
"""The kind of an error, and the file and line that raised it."""


class Defects:
    """What a driver, or whatever else must stop nobody, has raised since the daemon started."""

    def __init__(self, what: str) -> None:
        """Take what a line begins with: `device nonin: driver defect`."""
        self._what = what
        self._times: Counter[Place | None] = Counter()

    def take(self, error: Exception) -> None:
        """Log an error with its traceback the first time, and in one line as often as it doubles.

        The same error from the same line is the same defect, whatever its message.
        """
        place: Place | None = _place(error)
        if place not in self._times and len(self._times) >= LIMIT:
            place = None
        self._times[place] += 1
        times = self._times[place]
        if times == 1:
            _LOG.error("%s", self._what, exc_info=error)
        elif times & (times - 1) == 0:
            kind = type(error).__name__
            _LOG.warning("%s %s: %d times", self._what, kind, times)


def _place(error: Exception) -> Place:
    steps = traceback.extract_tb(error.__traceback__)
    file, line = (steps[-1].filename, steps[-1].lineno) if steps else ("", 0)
    return type(error).__name__, file, line or 0
