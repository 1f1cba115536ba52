"""The tables of cases, as a report has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from second import asked
from second.course import (
    begun,
    by,
    codes,
    known,
    over,
    stages,
    standing,
    state,
    timed,
    watchers,
)
from second.journal import Case, Cue, Entry, written
from second.judging import Outcome
from second.rows import Row

_DETAILS = {
    "airway": "airway", "ventilation": "ventilation", "technique": "technique",
    "procedure": "code", "resume": "code", "anaesthetist": "to", "hand_over": "to", "move": "bed",
    "contact": "contact", "combination": "bp_lowering", "callable": "callable", "oxygen": "given",
}  # fmt: skip
_NUMBERS = {"nibp_systolic": "systolic", "nibp_diastolic": "diastolic"}
HASH_DIGITS = 12


def duration_code(case: Case) -> str:
    """Return the service that the time of the last anaesthetic fits."""
    started, ended = timed(case)
    if case.block or started is None or ended is None:
        return ""
    return asked.fitting(known(case, ended), ended - started)


def procedures(case: Case) -> str:
    """Return what is done, as it was said last."""
    said = [one.deed["procedures"] for one in standing(case) if one.word == "procedure"]
    return "; ".join(said[-1] if said else case.opened["procedures"])


def sheet(case: Case) -> Row:
    """Return the row of a case."""
    planned, code = codes(case)
    *_, (bed, _, left) = stays(case)
    return {
        "case": case.number,
        "bed": bed,
        "opened": written(case.at),
        "begun": written(begun(case)),
        "ended": written(timed(case)[1]),
        "over": written(left),
        "state": state(case),
        "kind": case.opened["case_kind"],
        "code": code,
        "planned": planned,
        "by_duration": duration_code(case),
        "procedures": procedures(case),
        "band": case.band,
        "emergency": case.opened["emergency"],
        "by": by(case),
        "rules": case.opened["rules"][:HASH_DIGITS],
        "judged": True,
        "held": "; ".join(case.holds),
    }


def stays(case: Case) -> list[tuple[str, float, float | None]]:
    """Return the beds that it lay in."""
    found, bed = [], case.opened["bed"]
    first, started = begun(case), None if case.block else timed(case)[0]
    since = case.at if first is None or started is None else min(case.at, first)
    for one in standing(case):
        if one.word == "move":
            found.append((bed, since, one.at))
            bed, since = one.deed["bed"], one.at
    last = max([case.at, *(one.at for one in standing(case))])
    return [*found, (bed, since, last if over(case) else None)]


def staying(case: Case) -> Iterator[Row]:
    """Yield a row for each bed."""
    for bed, begin, end in stays(case):
        yield {"case": case.number, "bed": bed, "begin": written(begin), "end": written(end)}


def staged(case: Case) -> Iterator[Row]:
    """Yield a row for each stage."""
    for one in stages(case):
        row = {"case": case.number, "phase": one.phase, "nth": one.nth}
        times = {"begin": written(one.begin), "end": written(one.end)}
        yield {**row, **times, "by": "; ".join(watchers(case, one))}


def coverage(case: Case, came: Outcome) -> Iterator[Row]:
    """Yield a row for each lane."""
    for one in came.lanes:
        if one.required_s:
            yield {
                **_lane(case, one.lane),
                "rule": one.lane.rule,
                "required_s": round(one.required_s, 1),
                "covered_s": round(one.covered_s, 1),
                "excused_s": round(one.excused_s, 1),
                "uncovered_s": round(one.uncovered_s, 1),
                "undocumented_s": round(one.undocumented_s, 1),
            }


def gaps(case: Case, came: Outcome) -> Iterator[Row]:
    """Yield a row for each gap of each lane."""
    for one in came.lanes:
        for hole in one.holes:
            begin, end = hole.stretch
            yield {
                **_lane(case, one.lane),
                "begin": written(begin),
                "end": written(end),
                "causes": "; ".join(hole.causes),
                "counts": hole.counts,
                "documented": hole.documented,
            }


def _lane(case: Case, lane: asked.Lane) -> Row:
    place = {"basis": lane.basis, "modality": lane.modality}
    return {"case": case.number, **place, "phase": lane.phase, "nth": lane.nth}


def entries(case: Case) -> Iterator[Row]:
    """Yield a row for each entry, struck or not."""
    counted = {one.number for one in standing(case)}
    for one in sorted(case.entries, key=lambda one: (one.at, one.number)):
        yield {
            "case": case.number,
            "number": one.number,
            "at": written(one.at),
            "entered": written(one.entered),
            "what": one.word,
            "detail": _detail(one),
            "by": one.by,
            "flags": "; ".join(one.flags),
            "struck": one.number not in counted,
            "held": "",
        }


def _detail(one: Entry) -> str:
    value = one.deed.get(_DETAILS.get(one.word, ""), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def pressures(case: Case) -> Iterator[Row]:
    """Yield a row for each blood pressure that was typed in."""
    for one in standing(case):
        row = {"case": case.number, "at": written(one.at), "by": one.by}
        if one.word == "pair":
            numbers = {name: one.deed[name] for name in ("systolic", "diastolic")}
            yield {**row, **numbers, "manual": one.deed["manual"]}
        if one.word == "reading" and one.deed["measure"] in _NUMBERS:
            name = _NUMBERS[one.deed["measure"]]
            other = {"systolic": None, "diastolic": None, "manual": True}
            yield {**row, **other, name: one.deed["value"]}


def performed(case: Case) -> tuple[str, str, str]:
    """Return who did what."""
    return by(case), codes(case)[1], procedures(case)


def alarms(case: Case, cues: Iterable[Cue]) -> Iterator[Row]:
    """Yield a row for each alarm of a case."""
    standing_: dict[tuple[str, str], Row] = {}
    found: list[Row] = []
    for one in cues:
        said = one.said
        if said["case"] != case.number:
            continue
        key = said["alarm"], said["device"] or ""
        row = standing_.get(key)
        again = row is not None and row["end"] and said["cue"] == "escalated"
        if said["cue"] == "onset" or row is None or again:
            bare = {"end": None, "acknowledged_by": "", "latency_s": None}
            told = {name: said[name] for name in ("case", "alarm", "priority", "device")}
            known = {"begin": written(one.at), "onset": said["cue"] == "onset"}
            standing_[key] = {**told, **known, **bare}
            found.append(standing_[key])
        _became(standing_[key], one)
        if said["cue"] == "ended" or (said["cue"] == "acknowledged" and standing_[key]["end"]):
            del standing_[key]
    yield from found


def _became(row: Row, one: Cue) -> None:
    match one.said["cue"]:
        case "escalated":
            row["priority"] = one.said["priority"]
        case "acknowledged" if row["latency_s"] is None:
            row["acknowledged_by"] = one.said["by"] or ""
            row["latency_s"] = one.said["latency_s"]
        case "ended" | "ended_latching":
            row["end"] = row["end"] or written(one.at)
        case _:
            pass
