"""How many strips are kept: all of a usual case, fewer of one that alarms all the time."""

from __future__ import annotations

from vitals.instant import Instant

FREELY = 20
"""Of a case; a usual one alarms less often. The others are thinned, the urgent ones less."""
HIGH_S = 60.0
OTHER_S = 300.0
A_DAY = 1_000
"""Of all beds; about 40 MB of four monitors with waves."""
A_DAY_S = 86_400.0
CASES = 100
"""So many are counted; whose first alarm was before all of theirs is over."""


class Quota:
    """Counts from the start of the daemon on: a restart begins anew."""

    def __init__(self) -> None:
        self._cases: dict[str, tuple[int, Instant]] = {}
        self._day = (0, 0)
        """Which day since the machine started, and how many were kept on it."""

    def take(self, case: str, now: Instant, *, high: bool) -> bool:
        """Tell whether one more of a case is kept, and count it if so."""
        day = int(now.monotonic // A_DAY_S)
        today = self._day[1] if self._day[0] == day else 0
        count, last = self._cases.get(case, (0, now))
        apart_s = HIGH_S if high else OTHER_S
        thinned = count >= FREELY and now.seconds_since(last) < apart_s
        if thinned or today >= A_DAY:
            return False
        self._day = day, today + 1
        self._cases[case] = count + 1, now
        if len(self._cases) > CASES:
            self._cases.pop(next(iter(self._cases)))
        return True
