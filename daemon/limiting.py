"""Limits that are changed for one case: who may, and what wants to be said twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NoReturn

from checklists.people import Person, holds, known
from daemon.clock import local_date
from daemon.config import Config
from daemon.demands import Demands, required
from daemon.journal.limiting import BandChosen, LimitChanged, LimitsReset, LimitsRestored
from daemon.library import Library
from daemon.protocol.limits import ChooseBand, LimitOrder, ResetLimits, SetLimit
from daemon.protocol.messages import Refusal
from daemon.pulse import Pulse
from daemon.refused import RefusedError
from daemon.settable import Values, check_known, check_order, check_reach, reset, values
from daemon.viewing import held
from daemon.ward import Ward
from monitoring.bedside import Bedside, bedside
from monitoring.case import Case
from monitoring.limits import Range
from monitoring.profiles import by_band
from monitoring.settings import (
    MODALITIES,
    applied,
    chosen,
    outside,
    profile_of,
    together,
    wider,
)
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.limits import Bound, Profile
from vitals.measure import Measure
from vitals.role import Role

ROUND_S = 1.0


class Limiting:
    """Changes what a case is held to, until it ends; what cannot be is refused."""

    def __init__(
        self, config: Config, library: Library, ward: Ward, pulse: Pulse, demands: Demands
    ) -> None:
        self._people = config.people
        self._rules = library.limits
        self._ward = ward
        self._pulse = pulse
        self._demands = demands

    def restore(self, now: Instant) -> None:
        """Announce, after a start, every open case that is held to what somebody set."""
        for case in tuple(self._ward.state.cases.values()):
            if not case.state.over and (case.settings or case.band_reason):
                event = LimitsRestored(case.number, case.bed, len(case.settings))
                self._ward.record(event, now)

    async def go(self, clock: Clock) -> None:
        """Look once a second, for ever."""
        while True:
            self.look(clock.now())
            await clock.sleep(ROUND_S)

    def look(self, now: Instant) -> None:
        """Go back to age with what was turned off and has come to be required since; told."""
        for case in tuple(self._ward.state.cases.values()):
            if measures := self._missed(case, now):
                self._ward.record(LimitsReset(case.number, case.bed, measures, by=""), now)
                self._pulse.evaluate(case.bed, now)
                self._pulse.tell(self._ward.state.cases[case.number], now)

    def carry_out(self, command: LimitOrder, case: Case, now: Instant) -> asyncio.Future[None]:
        """Do what somebody asked of an open case, and tell the case; RefusedError changes nothing.

        To go back to what was chosen by age is anybody's of the practice.
        """
        if not isinstance(command, ResetLimits):
            _check_specialist(self._people, command.by, now)
        done = self._ward.record(self._event(command, case, now), now)
        self._pulse.evaluate(case.bed, now)
        self._pulse.tell(self._ward.state.cases[case.number], now)
        return done

    def _event(
        self, command: LimitOrder, case: Case, now: Instant
    ) -> LimitChanged | LimitsReset | BandChosen:
        match command:
            case SetLimit():
                return self._changed(command, case, now)
            case ResetLimits():
                return reset(command, case)
            case ChooseBand():
                return self._banded(command, case)

    def _changed(self, command: SetLimit, case: Case, now: Instant) -> LimitChanged:
        measure, asked, said = command.measure, values(command), bedside(case, now)
        profile = _profile(command, case, said)
        limits = chosen(case.limits, case.profiles, profile)
        check_known(measure, asked, limits, profile)
        check_reach(measure, asked, limits[measure], self._rules.latitudes)
        current = applied(case.limits, case.profiles, case.settings, oxygen=said.oxygen)
        before = chosen(*current, profile)[measure]
        check_order(measure, asked, before)
        self._check_off(command, case, now)
        preset = limits[measure]
        extreme = tuple(b for b, value in asked.items() if self._extreme(measure, preset, b, value))
        if extreme and not command.confirmed:
            self._refuse_once(measure, asked, preset, extreme)
        return LimitChanged(
            case.number,
            case.bed,
            profile,
            together(measure, limits),
            asked,
            {bound: getattr(before, bound) for bound in asked},
            command.by,
            command.reason,
            extreme,
            confirmed=command.confirmed,
        )

    def _extreme(self, measure: Measure, preset: Range, bound: Bound, value: float | None) -> bool:
        """Tell whether a limit is off, below the floor, or far wider than chosen by age."""
        sunken = measure is Measure.SPO2 and value is not None and value < self._rules.spo2_floor
        wide = wider(getattr(preset, bound), value, bound, self._rules.altering.extreme)
        return sunken or wide or outside(preset, value, bound)

    def _missed(self, case: Case, now: Instant) -> tuple[Measure, ...]:
        """Return what is off of a running case although it is required."""
        off = {one.measure for one in case.settings if one.value is None}
        if not off or case.state.over:
            return ()
        asked = required(self._demands.of(case, now), held(case))
        return tuple(sorted(one for one in off if MODALITIES.get(one) in asked))

    def _check_off(self, command: SetLimit, case: Case, now: Instant) -> None:
        """Refuse to turn off what is required of the case, or SpO2, or anything in passing."""
        if not command.off:
            return
        measures = {command.measure, *together(command.measure, case.limits)}
        watched = {MODALITIES[one] for one in measures if one in MODALITIES}
        asked = required(self._demands.of(case, now), held(case))
        if command.measure is Measure.SPO2 or watched & asked:
            detail = f"{command.measure} is required of this case: it is not turned off"
            raise RefusedError(Refusal.BAD_LIMIT, detail)
        if not command.confirmed:
            listed = ", ".join(command.off)
            detail = f"{command.measure} {listed} off, nothing alarms then: confirm it"
            raise RefusedError(Refusal.UNCONFIRMED, detail)

    def _refuse_once(
        self, measure: Measure, asked: Values, preset: Range, extreme: Sequence[Bound]
    ) -> NoReturn:
        """Refuse an extreme limit that was said once; SpO2 has a floor (ISO 80601-2-61)."""
        floor = self._rules.spo2_floor
        deep = [value for value in asked.values() if value is not None and value < floor]
        if measure is Measure.SPO2 and deep:
            what = f"spo2 {min(deep):g} is below the floor of {floor:g} %"
        else:
            told = (f"{b} {asked[b]:g}, by age {getattr(preset, b):g}" for b in extreme)
            what = f"{measure} {'; '.join(told)}: far wider"
        raise RefusedError(Refusal.UNCONFIRMED, f"{what}, until the case ends: confirm it")

    def _banded(self, command: ChooseBand, case: Case) -> BandChosen:
        bands = {band.id: band for band in self._rules.bands}
        if command.band not in bands:
            detail = f"there is no age band {command.band!r}: choose one of {', '.join(bands)}"
            raise RefusedError(Refusal.BAD_BAND, detail)
        found = by_band(self._rules, bands[command.band])
        told = case.number, case.bed, command.band, found.limits, found.profiles
        return BandChosen(*told, self._rules.approved_by, command.by, command.reason)


def _profile(command: SetLimit, case: Case, said: Bedside) -> Profile:
    """Return the profile that is named, or else the one that the limits come from just now."""
    if command.profile is not None:
        return command.profile
    return profile_of(case.profiles, held(case), said.ventilation, command.measure)


def _check_specialist(people: Sequence[Person], by: str, now: Instant) -> None:
    """Refuse who is no anaesthesiologist of the practice; where no people are listed, nobody."""
    listed = known(people, local_date(now))
    doctors = [one for one in listed if holds(people, one, Role.ANAESTHESIOLOGIST)]
    if people and by not in doctors:
        who = ", ".join(doctors) or "nobody today"
        raise RefusedError(Refusal.WRONG_ROLE, f"{by} may not set limits: that is for {who}")
