"""The start check of a planned anaesthetic, as everything stands just now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from daemon.codes import SPECIALTY
from daemon.demands import Demands
from daemon.injecting import Injecting
from daemon.library import Library
from daemon.picture import Picture
from daemon.practising import UNSAID, Kit
from daemon.protocol.cases import GateItem, GateState
from daemon.ward import Ward
from monitoring.case import Case
from monitoring.gate import Item, Scene, gate, holds
from monitoring.steps import NEXT
from vitals.deeds import Begin
from vitals.instant import Instant
from vitals.vocabulary import Check

_OF_THE_PLAN = ("planned", "text")
"""Points that rest on what was planned alone."""


class Hold(NamedTuple):
    """One thing that closes the normal way on."""

    name: str
    """With what its words leave open: `live pulse_oximetry`."""
    source: str


class Gatekeeper:
    """Asks; it keeps nobody out who starts anyway."""

    def __init__(
        self,
        library: Library,
        demands: Demands,
        picture: Picture,
        ward: Ward,
        injecting: Injecting,
    ) -> None:
        self._library = library
        self.demands = demands
        self.injecting = injecting
        self._picture = picture
        self._ward = ward
        self.kit: Callable[[str], Kit] | None = None
        """Who says whether a bed is ready to be worked at; None: nobody can."""

    def items(
        self, case: Case, now: Instant, begin: Begin | None = None, by: str = ""
    ) -> tuple[Item, ...]:
        """Return every point of the start check; none once a start no longer follows.

        `by` is who would start, where that is not who planned.
        """
        if Begin not in NEXT[case.kind][case.state]:
            return ()
        kit = UNSAID if self.kit is None else self.kit(case.bed)
        scene = Scene(
            book=self.demands.book(case),
            at=now,
            by=by or case.by,
            devices=self._picture.views(case.bed, now),
            others=tuple(one for one in self._ward.state.cases.values() if not one.state.over),
            table=self._library.procedures.get(SPECIALTY),
            site=case.site or None,
            ready=kit.ready,
            reasons=kit.reasons,
            unattached=begin is not None and begin.unattached,
        )
        return gate(self._library.gate, case, scene)

    def holds(self, case: Case, begin: Begin, now: Instant, by: str) -> tuple[Hold, ...]:
        """Return what stands against a start by somebody."""
        return _named(holds(self.items(case, now, begin, by)))

    def foreseen(self, case: Case, now: Instant) -> tuple[Hold, ...]:
        """Return what will stand against any start of what is planned: no check mends it."""
        held = holds(self.items(case, now))
        return _named(item for item in held if item.id in _OF_THE_PLAN)


def shown(items: tuple[Item, ...]) -> tuple[GateItem, ...]:
    """Return the points as clients read them."""
    return tuple(
        GateItem(item.id, GateState(item.state), item.weight, item.source, item.detail)
        for item in items
    )


def _named(items: Iterable[Item]) -> tuple[Hold, ...]:
    return tuple(
        Hold(_name(one), one.source if one.approved else f"{one.source}, NOT APPROVED")
        for one in items
    )


def _name(item: Item) -> str:
    """Return a point by name, with what its words leave open."""
    return item.id if not item.detail or item.id in tuple(Check) else f"{item.id} {item.detail}"
