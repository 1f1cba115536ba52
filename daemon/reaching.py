"""Looks once a second whether the anaesthetists who were called reachable still are."""

from __future__ import annotations

from collections.abc import Callable

from daemon.journal.reach import CallableLost
from daemon.terminals import Terminals
from daemon.ward import Ward
from monitoring.case import Case
from monitoring.reach import ReachRules, out_of_reach, pledge, reachable
from vitals.clock import Clock
from vitals.instant import Instant

ROUND_S = 1.0


class Reaching:
    """Takes back what somebody said once no terminal answers; it asks nobody to say it again."""

    def __init__(
        self,
        rules: ReachRules,
        ward: Ward,
        terminals: Terminals,
        tell: Callable[[Case, Instant], None],
    ) -> None:
        self._rules = rules
        self._ward = ward
        self._terminals = terminals
        self._tell = tell

    async def go(self, clock: Clock) -> None:
        """Go round every open case once a second, for ever."""
        while True:
            now = clock.now()
            for case in tuple(self._ward.state.cases.values()):
                if self._lost(case, now):
                    self._ward.record(CallableLost(case.number, case.bed, case.by), now)
                    self._tell(self._ward.state.cases[case.number], now)
            await clock.sleep(ROUND_S)

    def _lost(self, case: Case, now: Instant) -> bool:
        said = pledge(case)
        if case.state.over or said is None or not reachable(case):
            return False
        heard = self._terminals.heard(case.by, now)
        return out_of_reach(said.entered, heard, now, self._rules)
