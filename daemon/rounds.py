"""What is looked after once a second: start checks, durations, cases that went quiet."""

from __future__ import annotations

from collections.abc import Callable

from daemon.charting import Charting
from daemon.following import Following
from daemon.gatekeeper import Gatekeeper
from daemon.journal.events import CaseQuiet, DurationReached
from daemon.library import Library
from daemon.ward import Ward
from monitoring.case import Case
from monitoring.gate import Item
from monitoring.steps import ATTENDED
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.vocabulary import CaseState

ROUND_S = 1.0
A_MINUTE_S = 60


class Rounds:
    """Goes round every open case; `tell` sends one as it stands."""

    def __init__(
        self,
        library: Library,
        ward: Ward,
        gatekeeper: Gatekeeper,
        charting: Charting,
        following: Following,
        tell: Callable[[Case, Instant], None],
    ) -> None:
        self._durations = library.durations
        self._ward = ward
        self._gatekeeper = gatekeeper
        self._charting = charting
        self._following = following
        self._tell = tell
        self._gates: dict[str, tuple[Item, ...]] = {}
        self._quiet: set[str] = set()
        self._seen: frozenset[str] = frozenset()

    async def go(self, clock: Clock) -> None:
        """Go round once a second, for ever."""
        while True:
            now = clock.now()
            self._following.live(now)
            for case in self.due():
                self._look(case, now)
            await clock.sleep(ROUND_S)

    def due(self) -> tuple[Case, ...]:
        """Return every case that has its bed, and once more one whose bed another has taken."""
        state = self._ward.state
        left = (state.case(number) for number in self._seen - state.cases.keys())
        self._seen = frozenset(state.cases)
        return (*state.cases.values(), *(case for case in left if case is not None))

    def _look(self, case: Case, now: Instant) -> None:
        if case.state not in ATTENDED:  # the others are followed at every reading
            self._following.follow(case, now)
        gate = self._gatekeeper.items(case, now)
        news = gate != self._gates.pop(case.number, ())
        if gate:
            self._gates[case.number] = gate
        crossed = self._crossed(case, now)
        if crossed or self._quietened(case, now) or news:
            self._tell(self._ward.state.known(case.number), now)

    def _crossed(self, case: Case, now: Instant) -> bool:
        """Record each band of durations that a running anaesthetic has reached."""
        if case.state is not CaseState.ANAESTHESIA or case.started is None:
            return False
        elapsed_s = now.seconds_since(case.started)
        reached = [int(at // A_MINUTE_S) for at in self._durations.crossings if at <= elapsed_s]
        new = [minutes for minutes in reached if minutes not in case.crossed]
        for minutes in new:
            self._ward.record(DurationReached(case.number, case.bed, minutes), now)
        return bool(new)

    def _quietened(self, case: Case, now: Instant) -> bool:
        """Ask once about a case of which nothing has come for long; never close it."""
        quiet = self._charting.quiet(case, now)
        known = case.number in self._quiet
        if quiet and not known:
            self._quiet.add(case.number)
            self._ward.record(CaseQuiet(case.number, case.bed), now)
        elif not quiet:
            self._quiet.discard(case.number)
        return quiet is not known
