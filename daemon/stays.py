"""Which case stood at a bed when, and what happened there that is worth finding again; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daemon.state import State
from monitoring.case import Case, Entry
from vitals import deeds
from vitals.instant import Instant

_STEPS = (deeds.Begin, deeds.Resume, deeds.Finish, deeds.SetAirway, deeds.Recover)


@dataclass(frozen=True, slots=True)
class Stay:
    """A case at one bed, until it went to another or was over."""

    case: Case
    bed: str
    since: float
    """Seconds since 1970 UTC."""
    until: float | None
    """None: it is there."""

    def lasted(self, now: Instant) -> float:
        """Return its end; the present where it is there."""
        return max(self.since, now.wall if self.until is None else self.until)

    def steps(self) -> Iterator[Entry]:
        """Yield the steps of the course that were taken at this bed, in their order."""
        for entry in self.case.told:
            ended = self.until is not None and entry.at.wall > self.until
            if isinstance(entry.deed, _STEPS) and entry.at.wall >= self.since and not ended:
                yield entry


def stays(state: State, bed: str) -> list[Stay]:
    """Return the stays at a bed of every case at hand, the latest first."""
    cases = (*state.closed.values(), *state.cases.values())
    found = [stay for case in cases for stay in lain(case) if stay.bed == bed]
    return sorted(found, key=lambda stay: stay.since, reverse=True)


def lain(case: Case) -> Iterator[Stay]:
    """Yield the stays of a case, in their order."""
    bed = case.outset.bed if case.outset else case.bed
    # Somebody may have begun before the case was opened, and said so afterwards.
    since = min(case.opened.wall, case.since.wall)
    for entry in case.told:
        if isinstance(entry.deed, deeds.Move):
            yield Stay(case, bed, since, entry.at.wall)
            bed, since = entry.deed.bed, entry.at.wall
    yield Stay(case, bed, since, _over(case))


def _over(case: Case) -> float | None:
    """Return when a case was over; None while it is not."""
    if not case.state.over:
        return None
    return max([case.opened.wall, *(entry.at.wall for entry in case.told)])
