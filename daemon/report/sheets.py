"""The sheet of each case of some days: judged by the rules that it was opened under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from daemon.chart import case as charted
from daemon.demands import Demands
from daemon.fitting import fitted
from daemon.journal.alarming import AlarmChanged
from daemon.judging import grace
from daemon.library import Library
from daemon.month.bench import Bench
from daemon.month.reckon import Practice, Read, bench
from daemon.month.walk import begun, moment
from daemon.report.alarmed import alarmed
from daemon.report.sheet import Gap, Lane, Pressure, Reach, Sheet, Stage, Stay
from daemon.report.withheld import withheld
from daemon.stays import lain
from monitoring.case import Case
from monitoring.course import spans
from monitoring.coverage import Account, Covered, Hole, accounted
from monitoring.due import numbered
from monitoring.stretch import Stretch
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure


def sheets(practice: Practice, read: Read) -> tuple[Sheet, ...]:
    """Return the sheet of every case that was begun, in the order of their moments."""
    judges, walk = bench(practice, read.walk), read.walk
    return tuple(
        _judged(practice, read, judges, one, _bare(one, walk.last, walk.alarms.get(one.number, ())))
        for one in walk.cases
        if begun(one)
    )


def _bare(case: Case, now: Instant, alarms: Sequence[tuple[AlarmChanged, Instant]]) -> Sheet:
    """Return a case without what it came to."""
    told = charted(case, (), now)
    *_, last = stays = tuple(lain(case))
    return Sheet(
        case=case.number,
        bed=case.bed,
        opened=case.opened.rfc3339(),
        begun=moment(case).rfc3339(),
        ended=case.ended.rfc3339() if case.ended else None,
        over=_at(last.until) if case.state.over and last.until is not None else None,
        state=case.state,
        kind=case.kind,
        code=case.code,
        planned=case.planned,
        by_duration="",
        procedures=case.procedures,
        band=case.band,
        emergency=case.emergency,
        by=case.by,
        rules=told.rules,
        judged=False,
        held=case.held,
        stays=tuple(
            Stay(one.bed, _at(one.since), None if one.until is None else _at(one.until))
            for one in stays
        ),
        stages=tuple(
            Stage(one.phase, one.begin.rfc3339(), one.end.rfc3339() if one.end else None, nth=nth)
            for one, nth in numbered(spans(case))
        ),
        entries=tuple(withheld(one) for one in told.entries),
        verdicts=(),
        account=None,
        lanes=(),
        alarms=alarmed(alarms),
        pressures=tuple(_pressures(case)),
    )


def _judged(practice: Practice, read: Read, judges: Bench, case: Case, bare: Sheet) -> Sheet:
    """Return a sheet with what the case came to, as far as its rules are at hand."""
    found = judges.rules(case)
    if found is None:
        return bare
    rules, judging = found
    now = read.walk.last
    account = _accounted(practice, read, rules, case)
    return structs.replace(
        bare,
        judged=True,
        by_duration=fitted(rules.durations, case, now),
        stages=tuple(_attested(one, account) for one in bare.stages),
        verdicts=judging.verdicts(case, now),
        account=judging.account(case, now),
        lanes=tuple(_lane(one) for one in account.rows if one.required_s),
    )


def _accounted(practice: Practice, read: Read, rules: Library, case: Case) -> Account:
    return accounted(
        case,
        Demands(rules).book(case),
        read.walk.records.get(case.number),
        read.walk.last,
        rules.coverage,
        grace_s=grace(practice.config, rules),
    )


def _attested(stage: Stage, account: Account) -> Stage:
    """Return a stage with who had the patient under clinical observation in it."""
    place = stage.phase, stage.nth
    by = {name for one in account.attested if (one.phase, one.nth) == place for name in one.by}
    return structs.replace(stage, by=tuple(sorted(by)))


def _lane(row: Covered) -> Lane:
    return Lane(
        basis=row.due.basis,
        modality=row.due.modality,
        phase=row.due.phase,
        nth=row.due.nth,
        rule=row.due.named.rule,
        required=tuple(Reach(*_ends(one)) for one in row.due.required),
        gaps=tuple(_gap(one) for one in row.holes),
        required_s=_tenths(row.required_s),
        covered_s=_tenths(row.covered_s),
        excused_s=_tenths(row.excused_s),
        uncovered_s=_tenths(row.uncovered_s),
        undocumented_s=_tenths(row.undocumented_s),
    )


def _gap(hole: Hole) -> Gap:
    return Gap(*_ends(hole.stretch), hole.causes, hole.counts, hole.documented)


def _ends(stretch: Stretch) -> tuple[str, str]:
    return stretch.begin.rfc3339(), stretch.end.rfc3339()


def _pressures(case: Case) -> Iterator[Pressure]:
    """Yield the blood pressures that were said; of single numbers each by itself."""
    for one in case.told:
        match one.deed:
            case deeds.Pair(systolic=high, diastolic=low, manual=typed):
                yield Pressure(one.at.rfc3339(), high, low, one.by, typed)
            case deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=high):
                yield Pressure(one.at.rfc3339(), high, None, one.by)
            case deeds.Measured(measure=Measure.NIBP_DIASTOLIC, value=low):
                yield Pressure(one.at.rfc3339(), None, low, one.by)
            case _:
                pass


def _at(wall: float) -> str:
    return Instant(0.0, wall).rfc3339()


def _tenths(seconds: float) -> float:
    return round(float(seconds), 1)
