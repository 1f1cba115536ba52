"""The figures of cases as tables: what was required, what of it is on record, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from daemon.protocol.cases import Entry
from daemon.report.sheet import Sheet
from daemon.report.table import Table
from daemon.report.tables import table
from vitals.detail import detail
from vitals.practice import Responsible

_SHEETS = (
    "case bed opened begun ended over state kind code planned by_duration procedures band "
    "emergency by rules judged held"
)
_LANES = (
    "case=of.case basis=one.basis modality=one.modality phase=one.phase nth=one.nth rule=one.rule "
    "required_s=one.required_s covered_s=one.covered_s excused_s=one.excused_s "
    "uncovered_s=one.uncovered_s undocumented_s=one.undocumented_s"
)
_GAPS = (
    "case=of.case basis=lane.basis modality=lane.modality phase=lane.phase nth=lane.nth "
    "begin=one.begin end=one.end causes=one.causes counts=one.counts documented=one.documented"
)
_ALARMS = (
    "case=of.case alarm=one.alarm priority=one.priority begin=one.begin end=one.end "
    "device=one.device acknowledged_by=one.acknowledged_by latency_s=one.latency_s "
    "onset=one.onset"
)
_ENTRIES = (
    "case=of.case number=one.number at=one.at entered=one.entered what=what detail=detail "
    "by=one.by flags=one.flags struck=one.struck held=one.held"
)
_STAGES = "case=of.case phase=one.phase nth=one.nth begin=one.begin end=one.end by=one.by"
_STAYS = "case=of.case bed=one.bed begin=one.begin end=one.end"
_PRESSURES = (
    "case=of.case at=one.at systolic=one.systolic diastolic=one.diastolic by=one.by "
    "manual=one.manual"
)
_VERDICTS = "case=of.case basis=one.basis result=one.result reasons=one.reasons"
_WAIVERS = (
    "case=of.case what=one.what modality=one.modality reason=one.reason by=one.by at=one.at "
    "holds=one.holds responsible"
)


class _Of(NamedTuple):
    """One thing of a case, and of a gap its lane."""

    of: Sheet
    one: object
    lane: object = None
    responsible: Responsible = Responsible.ANAESTHESIOLOGIST


class _Said(NamedTuple):
    of: Sheet
    one: Entry

    @property
    def what(self) -> str:
        return self.one.deed.name()

    @property
    def detail(self) -> str:
        return detail(self.one.deed)


def tables(sheets: Iterable[Sheet]) -> tuple[Table, ...]:
    """Return every table of cases, in the order of the cases."""
    every = tuple(sheets)
    gaps = (_Of(case, one, lane) for case in every for lane in case.lanes for one in lane.gaps)
    said = (_Said(case, one) for case in every for one in case.entries)
    return (
        table("sheets", _SHEETS, every),
        table("coverage", _LANES, _each(every, "lanes")),
        table("gaps", _GAPS, gaps),
        table("alarm_log", _ALARMS, _each(every, "alarms")),
        table("entries", _ENTRIES, said),
        table("stages", _STAGES, _each(every, "stages")),
        table("stays", _STAYS, _each(every, "stays")),
        table("pressures", _PRESSURES, _each(every, "pressures")),
        table("verdicts", _VERDICTS, _each(every, "verdicts")),
    )


def waivers(sheet: Sheet) -> Table:
    """Return what was done without in one case, or in spite of something."""
    found = sheet.account.waived if sheet.account else ()
    return table("waivers", _WAIVERS, (_Of(sheet, one) for one in found))


def _each(sheets: Iterable[Sheet], part: str) -> Iterator[_Of]:
    yield from (_Of(case, one) for case in sheets for one in getattr(case, part))
