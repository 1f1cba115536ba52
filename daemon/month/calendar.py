"""How each clinic stood on each day of a month: asked where it mattered, when the work began.

A day has the worst of what its clinics were. One where no clinic was chosen and nothing begun has
no session: nothing is due there, and nothing was missed. A first case at a bed of no clinic that
was chosen finds it unchecked, as its start check did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from checklists.readiness import Finding, Ready, What, effect
from daemon.clock import local_date
from daemon.protocol.month import PlaceDay
from daemon.reckoning import Reckoned
from daemon.state import State
from daemon.whereabouts import once, reason
from monitoring.case import Case
from vitals import deeds
from vitals.instant import Instant
from vitals.practice import Readiness
from vitals.vocabulary import CaseKind

KIT = "kit"
"""The point of the start check that asks whether the place is ready."""
WORST = (
    Readiness.HELD,
    Readiness.UNCHECKED,
    Readiness.NOTICES,
    Readiness.READY,
    Readiness.UNUSED,
)
Asking = Callable[[State, Instant], Reckoned]
"""What works out how everything stood at a moment."""


class Sessions:
    """Remembers the first look at each clinic of each day."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._found: dict[date, dict[str, PlaceDay]] = {}
        self._seen: set[tuple[date, str]] = set()
        """The beds at which a case has begun on a day, since the clinic was said last."""

    def begin(self, state: State, case: Case, at: Instant) -> None:
        """Take it that a case has begun; the first of a clinic says how that stood."""
        day = local_date(at)
        if (day, case.bed) in self._seen:
            return
        self._seen.add((day, case.bed))
        found = self._asking(state, at)
        site = found.workday.clinic.code
        before = self._found.get(day, {}).get(site)
        if before is None or not before.begun:
            known = found.workday.chosen and case.bed in found.workday.clinic.beds
            self._put(found, at, begun=True, passed=passed(case), known=bool(known))

    def close(self, state: State, at: Instant) -> None:
        """Take it that the day is over, or goes on elsewhere: that says it where nothing begun."""
        self._seen.clear()
        found, day = self._asking(state, at), local_date(at)
        chosen = found.workday.chosen
        if chosen and chosen not in self._found.get(day, {}):
            self._put(found, at, begun=False, passed=False, known=True)

    def on(self, day: date, *, begun: bool) -> tuple[PlaceDay, ...]:
        """Return the clinics of a day; a start that was struck later is none."""
        found = self._found.get(day, {}).values()
        return tuple(one for one in found if begun or not one.begun)

    def _put(self, found: Reckoned, at: Instant, *, begun: bool, passed: bool, known: bool) -> None:
        """Say how a clinic stood; where it is not known to be the one, nobody had looked."""
        clinic, day = found.workday.clinic, found.workday.day.day
        ready = found.ready if known else Ready(Readiness.UNCHECKED)
        reasons = [one for one in ready.reasons if not (passed and _gas(one, day))]
        same = len(reasons) == len(ready.reasons)
        state = ready.state if same else _state(reasons, day)
        self._found.setdefault(local_date(at), {})[clinic.code] = PlaceDay(
            site=clinic.code,
            name=clinic.name,
            state=state,
            at=at.rfc3339(),
            begun=begun,
            reasons=tuple(reason(one) for one in once(reasons)),
        )


def worst(places: tuple[PlaceDay, ...]) -> Readiness:
    """Return the state of a day by its places; unused where it has none."""
    return min((one.state for one in places), key=WORST.index, default=Readiness.UNUSED)


def passed(case: Case) -> bool:
    """Tell whether the start check was asked and did not hold the place.

    It knew then what a monitor read of the gases, which no journal keeps.
    """
    if case.emergency or case.kind is CaseKind.BLOCK:
        return False
    starts = [one.deed for one in case.told if isinstance(one.deed, deeds.Begin)]
    held = any(hold.partition(" ")[0] == KIT for hold in case.held)
    return bool(starts) and not starts[0].emergency and not held


def _gas(one: Finding, day: date) -> bool:
    """Tell whether a finding of a gas closes the place."""
    return one.what is What.GAS and effect(one, day) in {Readiness.HELD, Readiness.UNCHECKED}


def _state(reasons: list[Finding], day: date) -> Readiness:
    """Return how a place stands with these reasons alone."""
    effects = {effect(one, day) for one in reasons}
    return min(effects, key=WORST.index, default=Readiness.READY)
