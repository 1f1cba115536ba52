"""The page of one case: what it was, its picture, what it came to, and everything said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs

from daemon.protocol.account import Waived
from daemon.protocol.cases import CaseVerdict, Entry, Ground
from daemon.protocol.month import CaseLine
from daemon.report.sheet import Alarmed, Gap, Kept, Lane, Sheet, Stage
from daemon.report.withheld import bare
from tui.balance import judged
from vagt.report.overview import Fact
from vagt.report.section import Section, section
from vagt.report.speech import ABSENT, Speech, joined, local
from vagt.report.svg.curves import curves, devices
from vagt.report.svg.lanes import kind, waivers
from vagt.report.svg.timeline import timeline
from vagt.telling import told
from vitals import deeds
from vitals.vocabulary import Basis, CaseKind, Phase


@dataclass(frozen=True, slots=True)
class Folio:
    """What stands on it."""

    title: str
    facts: tuple[Fact, ...]
    picture: str
    trend: str
    """What monitors gave, as a picture; it rests on the local history, as `kept` does."""
    kept: tuple[str, ...]
    """Which monitors those were, and what of it is lacking."""
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    said: tuple[str, ...]
    """Everything that was said, in the order in which it happened."""


def folio(speech: Speech, sheet: Sheet) -> Folio:
    """Return the page of a case."""
    return Folio(
        title=_title(speech, sheet),
        facts=tuple(_facts(speech, sheet)),
        picture=timeline(sheet, speech.words),
        trend=curves(sheet, speech.tongue),
        kept=tuple(_kept(speech, sheet)),
        lines=tuple(_lines(speech, sheet)),
        sections=tuple(_sections(speech, sheet)),
        gaps=tuple(_gaps(speech, sheet)),
        said=tuple(_said(speech, sheet, one) for one in sheet.entries),
    )


def _kept(speech: Speech, sheet: Sheet) -> Iterator[str]:
    if told := devices(sheet, speech.tongue):
        yield told
    if sheet.history is not Kept.WHOLE:
        yield speech.text(f"history.{sheet.history.value}")


def _title(speech: Speech, sheet: Sheet) -> str:
    code = sheet.code or speech.words.text("owner.uncoded")
    day = speech.day(local(sheet.begun or sheet.opened).date())
    emergency = f" · {speech.words.text('case.was_emergency')}" if sheet.emergency else ""
    return f"{sheet.case} · {code} · {day}{emergency}"


def _facts(speech: Speech, sheet: Sheet) -> Iterator[Fact]:
    words = speech.words
    yield Fact(speech.text("head.bed"), joined((one.bed for one in sheet.stays), " → "))
    yield Fact(speech.text("age"), words.named("band", sheet.band))
    yield Fact(speech.text("anaesthetist"), sheet.by or ABSENT)
    yield Fact(speech.text("procedures"), joined(sheet.procedures, " "))
    yield Fact(speech.text("planned"), sheet.planned or ABSENT)
    yield Fact(speech.text("by_duration"), sheet.by_duration or ABSENT)
    yield Fact(speech.text("begun"), speech.clock(sheet.begun))
    yield Fact(speech.text("ended"), speech.clock(sheet.ended))
    over = words.text("owner.running") if sheet.over is None else speech.clock(sheet.over)
    yield Fact(speech.text("over"), over)
    yield Fact(speech.text("airway"), _airway(speech, sheet))
    yield Fact(speech.text("observed"), joined(_observed(speech, sheet)))
    yield Fact(speech.text("rules"), sheet.rules or ABSENT)


def _airway(speech: Speech, sheet: Sheet) -> str:
    """Return what kept the airway since when."""
    return joined(
        f"{speech.clock(one.at)} {speech.words.event('entry_airway', one.deed.airway)}"
        for one in sheet.entries
        if isinstance(one.deed, deeds.SetAirway) and not one.struck
    )


def _observed(speech: Speech, sheet: Sheet) -> Iterator[str]:
    for one in sheet.stages:
        by = " ".join(one.by) or speech.words.text("ground.not_attested")
        yield f"{_phase(speech, sheet, one)}: {by}"


def _phase(speech: Speech, sheet: Sheet, one: Stage | Lane) -> str:
    treated = sheet.kind is CaseKind.BLOCK and one.phase is Phase.DURING
    phase = speech.words.named("phase", "treatment" if treated else one.phase.value)
    return speech.words.text("summary.nth", phase=phase, nth=one.nth) if one.nth else phase


def _lines(speech: Speech, sheet: Sheet) -> Iterator[str]:
    """Yield what it came to on each basis with the reasons, and what was done without and why."""
    if not sheet.verdicts:
        waiting = "owner.running" if sheet.judged else "owner.unjudged"
        yield f"{speech.words.text('verdict.title')} {speech.words.text(waiting)}"
    yield from (line.strip() for line in judged(speech.tongue, _line(sheet), speech.clock))


def _line(sheet: Sheet) -> CaseLine:
    by = {one.basis: one for one in sheet.verdicts}
    contract, advice = by.get(Basis.CONTRACT), by.get(Basis.ADVISORY)
    waived = sheet.account.waived if sheet.account else ()
    return CaseLine(
        case=sheet.case,
        at=sheet.begun or sheet.opened,
        code=sheet.code,
        kind=sheet.kind,
        result=contract.result if contract else None,
        reasons=_reasons(contract),
        advised=advice.result if advice else None,
        advice=_reasons(advice),
        waived=tuple(_held(sheet, one) for one in waived),
        emergency=sheet.emergency,
    )


def _reasons(found: CaseVerdict | None) -> tuple[Ground, ...]:
    return found.reasons if found else ()


def _held(sheet: Sheet, one: Waived) -> Waived:
    """Return a waiver with what the case was started in spite of."""
    return one if one.holds else structs.replace(one, holds=sheet.held)


def _sections(speech: Speech, sheet: Sheet) -> Iterator[Section]:
    if sheet.lanes:
        heads = "modality phase basis rule +required +covered +excused +uncovered +undocumented"
        yield section(speech, "coverage", heads, _lanes(speech, sheet))
    if sheet.alarms:
        heads = "alarm priority at +count +lasts acknowledged"
        yield section(speech, "alarm_log", heads, _alarms(speech, sheet))


def _lanes(speech: Speech, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for one in sheet.lanes:
        seconds = (one.required_s, one.covered_s, one.excused_s, one.uncovered_s)
        yield (
            speech.words.named("modality", one.modality.value),
            _phase(speech, sheet, one),
            speech.text(f"basis.{one.basis.value}"),
            one.rule,
            *(speech.lasts(part) for part in (*seconds, one.undocumented_s)),
        )


def _gaps(speech: Speech, sheet: Sheet) -> Iterator[str]:
    """Yield `SpO2 10:31:05 00:00:12 ikke monitoreret: sensor af`, what is the same once."""
    waived = waivers(sheet)
    lines = (
        f"{_lane(speech, sheet, lane)}  {speech.clock(gap.begin)}  {speech.lasts(_seconds(gap))}  "
        f"{speech.text(kind(gap, waived.get((lane.modality, lane.phase))))}: {_causes(speech, gap)}"
        for lane in sheet.lanes
        for gap in lane.gaps
    )
    yield from dict.fromkeys(lines)


def _lane(speech: Speech, sheet: Sheet, one: Lane) -> str:
    name = speech.words.named("modality", one.modality.value)
    return f"{name}, {_phase(speech, sheet, one)}"


def _causes(speech: Speech, one: Gap) -> str:
    return joined((speech.words.named("cause", cause.value) for cause in one.causes), ", ")


def _seconds(one: Gap) -> float:
    return (local(one.end) - local(one.begin)).total_seconds()


def _alarms(speech: Speech, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Yield the alarms of one kind together: the first, how many, and how long in all."""
    found: dict[tuple[str, str], list[Alarmed]] = {}
    for one in sheet.alarms:
        found.setdefault((one.alarm, one.priority.value), []).append(one)
    for (name, priority), every in found.items():
        known = [(one.begin, one.end) for one in every if one.onset]
        ended = [(local(end) - local(at)).total_seconds() for at, end in known if end]
        by = joined((one.acknowledged_by for one in every), " ")
        yield (
            speech.words.named("alarm", name),
            speech.words.named("priority", priority),
            speech.clock(every[0].begin),
            str(len(every)),
            speech.lasts(sum(ended)) if len(ended) == len(every) else ABSENT,
            by,
        )


def _said(speech: Speech, sheet: Sheet, entry: Entry) -> str:
    """Return `3 10:29:00 tube anlagt · AS`, with a line through what was struck."""
    told_of = told(speech.tongue, bare(entry), sheet.held)
    flags = (speech.words.named("flag", one.value) for one in entry.flags)
    struck = (speech.text("struck"),) if entry.struck else ()
    parts = (f"{entry.number}  {speech.clock(entry.at)} {told_of}", entry.by, *flags, *struck)
    return " · ".join(part for part in parts if part)
