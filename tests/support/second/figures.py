"""Every figure of the report of some days, reckoned from the lines of an export alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from second import judging, sheets
from second.course import begun, codes, followed, over, standing, state
from second.journal import Case, Entry, UnreckonedError, read, written
from second.judging import Ground, Outcome
from second.national import national
from second.rows import Row
from second.watched import Watched

_ANSWERS = {"responsible": "anaesthesiologist"}
_ORDER = ("fail", "review", None, "pass")
_ATTENDED = {
    "anaesthesia", "ended", "recovery", "late_recovery", "readings_before", "given",
    "readings_after",
}  # fmt: skip
UNSAID = ("lists", "checked", "defibrillator", "gases", "stock", "devices", "papers")
"""Tables of what was said of the practice: a journal that says nothing of it leaves them empty."""
REASONS = 8
AN_HOUR_S = 3600.0
Tables = dict[str, list[Row]]


class Figures:
    """What the days of a journal came to."""

    def __init__(self, lines: Iterable[str], first: date, last: date) -> None:
        self.journal = read(lines)
        self._days = first, last
        every = [one for one in self.journal.cases.values() if self._own(begun(one))]
        self._cases = sorted(every, key=lambda one: (begun(one) or 0.0, one.number))
        now = self.journal.last
        self._came = {one.number: judging.outcome(one, now) for one in self._cases}

    @cached_property
    def tables(self) -> Tables:
        """Return the rows of every table by its name."""
        came = [(one, self._came[one.number]) for one in self._cases]
        cues = self.journal.cues
        return {
            **{name: [] for name in UNSAID},
            **self._sums(),
            "sheets": [sheets.sheet(one) for one in self._cases],
            "coverage": list(chain.from_iterable(sheets.coverage(*one) for one in came)),
            "gaps": list(chain.from_iterable(sheets.gaps(*one) for one in came)),
            "alarm_log": [row for one in self._cases for row in sheets.alarms(one, cues)],
            "entries": list(chain.from_iterable(map(sheets.entries, self._cases))),
            "stages": list(chain.from_iterable(map(sheets.staged, self._cases))),
            "stays": list(chain.from_iterable(map(sheets.staying, self._cases))),
            "verdicts": list(self._judged()),
            "national": list(national(self._cases)),
            "pressures": list(chain.from_iterable(map(sheets.pressures, self._cases))),
        }

    @cached_property
    def verdicts(self) -> Mapping[str, Row]:
        """Return by case what it came to on each basis, with every reason."""
        return {number: _verdict(one) for number, one in self._came.items() if not one.open}

    @cached_property
    def lanes(self) -> Mapping[str, list[Row]]:
        """Return by case each lane as its page shows it: when it was required, and its gaps."""
        return {number: list(map(_lane, _required(one))) for number, one in self._came.items()}

    @cached_property
    def counted(self) -> Row:
        """Return how many cases there were, and of them with a waiver or another duration."""
        lines = self.tables["cases"]
        waived = [list(judging.waivers(one)) for one in self._cases]
        reasons = [all(one["reason"] for one in some) for some in waived if some]
        return {
            "anaesthetics": sum(one["kind"] == "anaesthetic" for one in lines),
            "treatments": sum(one["kind"] == "block" for one in lines),
            "waived": sum(reasons),
            "unexplained": len(reasons) - sum(reasons),
            "outside": sum(bool(one["fits"]) for one in lines),
        }

    def _sums(self) -> Tables:
        lines = sorted(map(self._line, self._cases), key=lambda one: _ORDER.index(one["result"]))
        cases = [one for one in self.journal.cases.values() if begun(one) is None and over(one)]
        if any(self._own(one.at) for one in cases):
            raise UnreckonedError("a case that was not begun is not reckoned")
        return {
            "cases": lines,
            "codes": list(_codes(lines)),
            "totals": list(_totals(lines)),
            "waivers": list(self._waived()),
            "cancelled": [],
            "performed": list(_performed(self._cases)),
            **self._daily(),
            **self._alarms(),
        }

    def _own(self, at: float | None) -> bool:
        return at is not None and self._days[0] <= _day(at) <= self._days[1]

    def _line(self, case: Case) -> Row:
        came, code = self._came[case.number], codes(case)[1]
        fits = sheets.duration_code(case)
        return {
            "case": case.number,
            "at": written(begun(case)),
            "kind": case.opened["case_kind"],
            "code": code,
            "result": came.result("contract"),
            "advised": came.result("advisory"),
            "open": came.open,
            "emergency": case.opened["emergency"],
            "fits": fits if fits != code else "",
            "waived": "; ".join(one["what"] for one in judging.waivers(case)),
            "reasons": "; ".join(map(_short, came.contract[:REASONS])),
            **_ANSWERS,
        }

    def _judged(self) -> Iterator[Row]:
        for number, came in self._came.items():
            found = {"contract": came.contract, "advisory": came.advice}
            for basis, reasons in () if came.open else found.items():
                row = {"case": number, "basis": basis, "result": came.result(basis)}
                yield {**row, "reasons": "; ".join(map(_short, reasons))}

    def _waived(self) -> Iterator[Row]:
        for case in self._cases:
            for one in judging.waivers(case):
                told = {**one, "at": written(one["at"]), "holds": "; ".join(one["holds"])}
                yield {"case": case.number, **told, **_ANSWERS}

    def _daily(self) -> Tables:
        counted = Counter(_day(begun(one) or 0.0) for one in self._cases)
        first = {_day(one.entered): one for one in reversed(self._starts())}
        days = sorted(counted)
        ready = "unchecked"  # no clinic was chosen, and what was begun was at none
        bare = dict.fromkeys(("what", "id", "target", "stands", "responsible"))
        site = next(iter(self.journal.cases)).split("-")[0]
        return {
            "days": [{"day": str(one), "state": ready, "cases": counted[one]} for one in days],
            "readiness": [
                {"day": str(one), "clinic": site, "state": ready, **bare}
                | {"at": written(first[one].entered), "begun": True}
                for one in days
            ],
            "downtime": list(self._down()),
        }

    def _starts(self) -> list[Entry]:
        words = {"begin", "give"}
        told = (one for case in self._cases for one in standing(case) if one.word in words)
        return sorted(told, key=lambda one: one.entered)

    def _down(self) -> Iterator[Row]:
        for begin, end in self.journal.starts:
            beds = {bed for one in self.journal.cases.values() for bed in _beds(one, begin)}
            if beds:
                yield {"begin": written(begin), "end": written(end), "cases": len(beds)}

    def _alarms(self) -> Tables:
        log = [row for one in self.journal.cases.values() for row in self._logged(one)]
        hours = sum(map(self._attended, self.journal.cases.values())) / AN_HOUR_S
        counted = Counter((one["alarm"], one["priority"]) for one in log)
        ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        lost = sum(count for at, count in self.journal.lost if self._own(at))
        watched = {"case_hours": round(hours, 3), "alarms": len(log), "lost": lost}
        return {
            "alarms": [
                {"alarm": name, "priority": priority, "count": count}
                | {"per_hour": _rate(count, hours)}
                for (name, priority), count in ordered
            ],
            "watched": [{**watched, "per_hour": _rate(len(log), hours)}],
        }

    def _logged(self, case: Case) -> Iterator[Row]:
        for row in sheets.alarms(case, self.journal.cues):
            if row["onset"] and self._own(datetime.fromisoformat(row["begin"]).timestamp()):
                yield row

    def _attended(self, case: Case) -> float:
        """Return for how long a case was watched, in s; all of it on one day."""
        found, since = 0.0, None
        for one, after in followed(case):
            if since is not None:
                found += one.at - since
            since = one.at if after in _ATTENDED else None
        return found + (0.0 if since is None else self.journal.last - since)


def _beds(case: Case, at: float) -> Iterator[str]:
    """Yield where a case was watched at a moment, by what had been said then."""
    then = replace(case, entries=[one for one in case.entries if one.entered <= at])
    if case.at <= at and state(then) in _ATTENDED:
        yield sheets.stays(then)[-1][0]


def _rate(count: int, hours: float) -> float | None:
    return round(count / hours, 3) if hours else None


def _day(at: float) -> date:
    return datetime.fromtimestamp(at).astimezone().date()


def _codes(lines: Iterable[Row]) -> Iterator[Row]:
    rows = list(lines)
    counted = Counter(one["code"] for one in rows)
    for code, count in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        own = [one for one in rows if one["code"] == code]
        yield {"code": code, "cases": count, **_results(own, "result")}


def _totals(lines: Iterable[Row]) -> Iterator[Row]:
    rows = list(lines)
    given = [one for one in rows if one["kind"] == "anaesthetic"]
    blocks = [one for one in rows if one["kind"] == "block"]
    parts = (("contract", given, "result"), ("advisory", given, "advised"))
    for basis, some, name in (*parts, ("blocks", blocks, "result")):
        yield {"basis": basis, **_results(some, name)}


def _results(rows: Iterable[Row], name: str) -> Row:
    """Return how many cases came to what."""
    some = list(rows)
    counted = Counter(one[name] for one in some)
    still = sum(one["open"] for one in some)
    results = {"passed": "pass", "review": "review", "failed": "fail"}
    sums = {column: counted[result] for column, result in results.items()}
    return {**sums, "open": still, "unjudged": counted[None] - still}


def _performed(cases: Iterable[Case]) -> Iterator[Row]:
    counted = Counter(map(sheets.performed, cases))
    for (name, code, done), count in sorted(counted.items()):
        row = {"by": name, "code": code, "procedures": done, "drug": "", "cases": count}
        yield {**row, **_ANSWERS}


def _short(one: Ground) -> str:
    return " ".join(word for word in (one.modality, one.rule, one.why) if word)


def _required(came: Outcome) -> Iterator[Watched]:
    yield from (one for one in came.lanes if one.required_s)


def _lane(one: Watched) -> Row:
    lane = one.lane
    return {
        "lane": " ".join((lane.basis, lane.modality, lane.phase, str(lane.nth))),
        "required": [(written(begin), written(end)) for begin, end in lane.required],
        "gaps": [tuple(map(written, hole.stretch)) for hole in one.holes],
        "covered_s": round(one.covered_s, 1),
    }


def _verdict(came: Outcome) -> Row:
    found = {"contract": came.contract, "advisory": came.advice}
    return {
        basis: {"result": came.result(basis), "reasons": sorted(map(_full, reasons))}
        for basis, reasons in found.items()
    }


def _full(one: Ground) -> str:
    """Return a reason as one line, with its seconds."""
    told = asdict(one)
    times = [told[name] for name in ("covered_s", "required_s")]
    seconds = [None if each is None else round(each, 1) for each in times]
    return f"{_short(one)} {one.phase} {one.nth} {seconds}"
