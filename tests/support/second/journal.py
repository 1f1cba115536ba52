"""The lines of an export, sorted by what they say: cases, alarms, and the recorder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Body = Mapping[str, Any]
UNRECKONED = {
    "act", "injection_held", "band_chosen", "rows_added", "row_placed", "row_taken", "row_ended",
    "row_moved", "case_started", "case_ended",
}  # fmt: skip
"""Figures rest on these too, and not here: a journal that has one is refused, not misread."""


class UnreckonedError(Exception):
    """The journal has what this program cannot reckon."""


@dataclass(frozen=True)
class Entry:
    """What was said of a case."""

    number: int
    word: str
    deed: Body
    at: float
    """When it happened, in s since 1970."""
    entered: float
    by: str
    flags: tuple[str, ...]


@dataclass
class Gap:
    """From when to when a modality gave nothing; `until` is None while it does."""

    modality: str
    since: float
    causes: list[str]
    since_reading: bool
    until: float | None = None
    until_reading: bool = False

    @property
    def documented(self) -> bool:
        return self.causes[0] != "recorder_down"


@dataclass
class Case:
    """Everything that the journal says of one case."""

    opened: Body
    at: float
    entries: list[Entry] = field(default_factory=list)
    holds: tuple[str, ...] = ()
    two_years: bool | None = None
    band: str = ""
    recorded: float | None = None
    gaps: list[Gap] = field(default_factory=list)

    @property
    def number(self) -> str:
        return str(self.opened["case"])

    @property
    def block(self) -> bool:
        return bool(self.opened["case_kind"] == "block")


@dataclass(frozen=True)
class Cue:
    """Something that became of an alarm."""

    at: float
    said: Body


@dataclass
class Journal:
    """A whole export."""

    cases: dict[str, Case] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    starts: list[tuple[float, float]] = field(default_factory=list)
    """Of each start of the recorder but the first: the line before, and its own."""
    lost: list[tuple[float, int]] = field(default_factory=list)
    last: float = 0.0
    first: float = 0.0
    head: str = ""
    seqs: tuple[int, int] = (0, 0)

    def take(self, line: Body) -> None:
        """Take the next line."""
        at, kind, body = moment(line["at"]), line["kind"], line["body"]
        if kind in UNRECKONED:
            raise UnreckonedError(f"line {line['seq']}: {kind} is not reckoned")
        if kind == "daemon_started" and self.last:
            self.starts.append((self.last, at))
        if kind == "events_lost":
            self.lost.append((at, body["count"]))
        if kind == "alarm":
            self.cues.append(Cue(at, body))
        if kind == "case_opened":
            case = Case(body, at, two_years=body["two_years"], band=body["band"])
            self.cases[body["case"]] = case
        elif (of := self.cases.get(body.get("case", ""))) is not None:
            _said(of, kind, body, at)
        self.first = self.first or at
        self.last, self.head = at, line["hash"]
        self.seqs = self.seqs[0] or line["seq"], line["seq"]


def read(lines: Iterable[str]) -> Journal:
    """Return what the lines of an export say."""
    journal = Journal()
    for line in lines:
        journal.take(json.loads(line))
    return journal


def moment(text: str) -> float:
    """Return a moment in s since 1970."""
    return datetime.fromisoformat(text).timestamp()


def written(at: float | None) -> str | None:
    """Return a moment as a report writes it."""
    if at is None:
        return None
    text = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _said(case: Case, kind: str, body: Body, at: float) -> None:
    match kind:
        case "case_entry":
            deed, flags = body["deed"], tuple(body["flags"])
            told = (deed["do"], deed, at - body["ago_s"], at, body["by"], flags)
            case.entries.append(Entry(body["number"], *told))
        case "case_aged":
            case.band, case.two_years = body["band"], body["two_years"]
        case "start_held":
            case.holds = tuple(body["holds"])
        case "coverage":
            _changed(case, body["change"])
        case _:
            pass


def _changed(case: Case, change: Body) -> None:
    what = change["what"]
    if what == "begun":
        begun = change["at"]["wall"]
        case.recorded = begun if case.recorded is None else case.recorded
        return
    if case.recorded is None:
        return
    standing = [one for one in case.gaps if one.until is None]
    standing = [one for one in standing if one.modality == change["modality"]]
    if what == "turned":
        for gap in standing:
            gap.causes += [change["cause"]] if change["cause"] not in gap.causes else []
        return
    until = change["since" if what == "opened" else "until"]["wall"]
    for gap in standing:
        gap.until, gap.until_reading = until, change["at_reading"]
    if what == "opened":
        told = (change["modality"], until, [change["cause"]], change["at_reading"])
        case.gaps.append(Gap(*told))
