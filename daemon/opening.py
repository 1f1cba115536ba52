"""Opens cases: planned with a code or procedures, or in an emergency with nothing known."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from daemon.clock import local_date, local_day
from daemon.codes import mapped, of_kind
from daemon.config import Config
from daemon.journal.events import CaseAged, CaseOpened
from daemon.journal.rows import Taken
from daemon.library import Library
from daemon.protocol.because import Because, Why
from daemon.protocol.commands import Aged, Command, Emergency, Plan, Start
from daemon.protocol.daylist import TakeRow
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from daemon.ward import Ward
from monitoring.age import Age, AgeError, age
from monitoring.case import Case
from monitoring.planned import Planned
from monitoring.profiles import by_age, still, unknown
from vitals.instant import Instant
from vitals.vocabulary import CaseKind


class Opening:
    """Gives each new case its number, its band and its limits."""

    def __init__(self, config: Config, library: Library, ward: Ward) -> None:
        self.site: Callable[[str], str] = lambda _: config.site.code
        """Who says by which code the number of a case at a bed begins."""
        self._library = library
        self._ward = ward

    def planned(self, command: Start | Plan, now: Instant) -> CaseOpened:
        """Return the event that opens what is planned, or raise RefusedError."""
        self._refuse_second(command.bed)
        patient = _age(command.age)
        kind = command.case_kind if isinstance(command, Plan) else CaseKind.ANAESTHETIC
        procedures = command.procedures if isinstance(command, Plan) else ()
        code = self._code(command, kind, now)
        rules = self._library.limits
        chosen = by_age(rules, patient)
        return structs.replace(
            self._opened(command, kind, code, now),
            procedures=procedures,
            site=(command.site or "") if isinstance(command, Plan) else "",
            band=rules.band(patient).id,
            two_years=patient.two_years,
            limits=chosen.limits,
            profiles=chosen.profiles,
        )

    def listed(self, command: TakeRow, row: Taken, now: Instant) -> CaseOpened:
        """Return the event that opens what stands on the list of a day, or raise RefusedError."""
        self._refuse_second(command.bed)
        plan = row.plan
        bands = {band.id: band for band in self._library.limits.bands}
        if plan.band not in bands:
            detail = f"there is no age band {plan.band!r} any more: say the age anew"
            raise RefusedError(Refusal.BAD_AGE, detail)
        rules = self._library.limits
        chosen = still(rules, bands[plan.band], plan.chosen)
        return structs.replace(
            self._opened(command, plan.kind, self._in_force(plan, now), now),
            procedures=plan.procedures,
            site=plan.site,
            band=plan.band,
            two_years=plan.two_years,
            limits=chosen.limits,
            profiles=chosen.profiles,
            row=row,
        )

    def emergency(self, command: Emergency, now: Instant) -> CaseOpened:
        """Return the event that opens a case with nothing known; refused by nothing."""
        return structs.replace(self._opened(command, CaseKind.ANAESTHETIC, "", now), emergency=True)

    def aged(self, command: Aged, case: Case) -> CaseAged:
        """Return the event that gives a case its band."""
        patient = _age(command.age)
        rules = self._library.limits
        chosen = by_age(rules, patient)
        return CaseAged(
            case.number,
            case.bed,
            rules.band(patient).id,
            patient.two_years,
            chosen.limits,
            rules.approved_by,
            command.by,
            chosen.profiles,
        )

    def _refuse_second(self, bed: str) -> None:
        if (case := self._ward.state.open(bed)) is not None:
            detail = (
                f"{case.number} at {bed} is {case.state}: discharge, transfer, cancel or move it"
            )
            because = Because(Why.RUNNING, case.number)
            raise RefusedError(Refusal.CASE_RUNNING, detail, because=because)

    def _code(self, command: Start | Plan, kind: CaseKind, now: Instant) -> str:
        if isinstance(command, Plan) and command.procedures and command.code is None:
            return mapped(self._library, command.procedures, command.site)
        if command.code is None:
            raise RefusedError(Refusal.UNKNOWN_CODE, "name a code, or procedures that map to one")
        return of_kind(self._library, kind, command.code, local_date(now))

    def _in_force(self, plan: Planned, now: Instant) -> str:
        return of_kind(self._library, plan.kind, plan.code, local_date(now))

    def _opened(
        self, command: Command | TakeRow, kind: CaseKind, code: str, now: Instant
    ) -> CaseOpened:
        """Return the event as it is where the age is not known."""
        day, rules = local_day(now), self._library.limits
        chosen = unknown(rules)
        serial = self._ward.state.serials.get(day, 0) + 1
        return CaseOpened(
            case=f"{self.site(command.bed)}-{day}-{serial:03d}",
            day=day,
            serial=serial,
            bed=command.bed,
            case_kind=kind,
            code=code,
            rules=self._library.hash,
            band=rules.unknown.id,
            two_years=None,
            limits=chosen.limits,
            limits_approved_by=rules.approved_by,
            by=command.by,
            profiles=chosen.profiles,
        )


def _age(text: str) -> Age:
    try:
        return age(text)
    except AgeError as error:
        because = Because(Why.AGE, text)
        raise RefusedError(Refusal.BAD_AGE, str(error), because=because) from error
