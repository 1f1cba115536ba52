"""A case as clients are told of it: gate, cells, durations and verdicts put together."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from daemon import chart
from daemon.fitting import elapsed_s, fitting
from daemon.gatekeeper import Gatekeeper, shown
from daemon.judging import Judging
from daemon.library import Library
from daemon.picture import Picture
from daemon.protocol import cases
from daemon.ward import Ward
from monitoring.case import Case
from monitoring.cells import Cell
from monitoring.quiet import quiet
from vitals.instant import Instant
from vitals.vocabulary import CaseState


class Charting:
    """Reads everything and alters nothing."""

    def __init__(
        self,
        library: Library,
        picture: Picture,
        ward: Ward,
        gatekeeper: Gatekeeper,
        judging: Judging,
    ) -> None:
        self.demands = gatekeeper.demands
        self._durations = library.durations
        self._rules = library.course.quiet
        self._picture = picture
        self._ward = ward
        self._gatekeeper = gatekeeper
        self._judging = judging

    def case(self, case: Case, cells: Iterable[Cell], now: Instant) -> cases.Case:
        """Return the message of a case."""
        return structs.replace(
            chart.case(case, cells, now),
            gate=shown(self._gatekeeper.items(case, now)),
            verdicts=self._judging.verdicts(case, now),
            account=self._judging.account(case, now),
            findings=self._judging.findings(case, now),
            duration_code=fitting(self._durations, case, now),
            next_s=self._next_s(case, now),
            quiet=self.quiet(case, now),
            earlier=case.number in self._ward.state.closed,
        )

    def judged(self, case: Case, now: Instant) -> tuple[cases.Judged, ...]:
        """Return a message for each verdict on a case."""
        return tuple(
            cases.Judged(now.rfc3339(), case.number, case.bed, one.basis, one.result, one.reasons)
            for one in self._judging.verdicts(case, now)
        )

    def quiet(self, case: Case, now: Instant) -> bool:
        """Tell whether nothing has come of an open case for so long that somebody is asked."""
        numbers = (
            reading.at
            for station in self._picture.at(case.bed)
            for reading in station.readings.values()
            if reading.value is not None
        )
        return quiet(case, self._rules, numbers, now)

    def _next_s(self, case: Case, now: Instant) -> float | None:
        lasted_s = elapsed_s(case, now)
        if lasted_s is None or case.state is not CaseState.ANAESTHESIA:
            return None
        return next((at for at in self._durations.crossings if at > lasted_s), None)
