"""What a case was asked to be watched by, and when: its course held to the rows, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from second.course import Known, Stage, breathes, code_at, known, stages, standing
from second.journal import Case, UnreckonedError
from second.rows import Row, bands, file, holds, ladder, lowest, rank, services
from second.stretches import Stretch, joined, without

_BINDS = ("optional", "conditional", "required")
Found = tuple[Row, str]
"""A row, and whether code, technique or duration asks for it."""


@dataclass
class Lane:
    """One modality on one basis in one stage."""

    basis: str
    modality: str
    phase: str
    nth: int
    begin: float
    rules: list[tuple[str, bool]] = field(default_factory=list)
    """Each row, and whether missing it altogether may fail."""
    asked: list[Stretch] = field(default_factory=list)
    free: list[Stretch] = field(default_factory=list)
    every_s: float | None = None

    @property
    def required(self) -> list[Stretch]:
        return without(self.asked, self.free)

    @property
    def rule(self) -> str:
        return next((rule for rule, firm in self.rules if firm), self.rules[0][0])

    @property
    def firm(self) -> bool:
        return any(firm for _, firm in self.rules)


@dataclass(frozen=True)
class Piece:
    """A stretch of a stage in which nothing changed."""

    begin: float
    end: float
    code: str
    told: Known
    phase: str
    two_years: bool | None

    def rows(self, told: Known | None = None) -> list[Found]:
        """Return what is required in it."""
        facts = told or self.told
        found = {_place(row): (row, "code") for row in self._of(self.held, facts)}
        for code, why in self._higher(facts):
            for row in self._of(code, facts):
                here = found.get(_place(row))
                if here is None or _binds(row) > _binds(here[0]):
                    found[_place(row)] = row, why
        return [one for one in found.values() if one[0]["obligation"] == "required"]

    @property
    def held(self) -> str:
        """Return the service that asks."""
        if self.phase == "recovery":
            return "recovery"
        return self.code if rank(self.code) else ladder()[0]

    def banned(self) -> Iterator[Row]:
        """Yield what the text of the code does not allow."""
        if self.phase == "during" and self.code == self.held:
            for row in services()[self.code].get("ban", ()):
                if self._met(row["when"], self.told):
                    yield row

    def _of(self, code: str, facts: Known) -> Iterator[Row]:
        for row in services()[code].get("requirement", ()):
            met = self._met(row["when"], facts) if "when" in row else True
            if row["phase"] == self.phase and met is not False:
                conditional = row["obligation"] == "conditional" and met
                yield {**row, "obligation": "required"} if conditional else row

    def _higher(self, facts: Known) -> Iterator[tuple[str, str]]:
        if self.phase != "during":
            return
        allowed = [_allowing(facts.manners)]
        allowed += [_allowing({"ga_airway"})] if facts.device else []
        wanted = [(max(allowed, key=rank), "technique")]
        if facts.started is not None:
            middle = (self.begin + self.end) / 2
            wanted.append((lowest(max(0.0, middle - facts.started)), "duration"))
        yield from (one for one in wanted if rank(one[0]) > rank(self.held))

    def _met(self, when: Row, facts: Known) -> bool | None:
        answers = [self._answer(key, value, facts) for key, value in when.items()]
        return False if False in answers else None if None in answers else True

    def _answer(self, key: str, wanted: object, facts: Known) -> bool | None:
        said = {
            "airway": facts.placed,
            "ventilation": breathes(facts),
            "relaxant": facts.relaxant,
            "bp_lowering": facts.bp_lowering,
            "nitrous_oxide": None,
            "below": {None: None, False: "2y", True: "over"}[self.two_years],
        }
        if key == "technique" and isinstance(wanted, list):
            inside = facts.manners & set(wanted)
            return True if inside == facts.manners else None if inside else False
        if key not in said or (key == "below" and wanted != "2y"):
            raise UnreckonedError(f"the condition {key} = {wanted} is not reckoned")
        if said[key] is None:
            return None
        return said[key] in wanted if isinstance(wanted, list) else said[key] == wanted


def pieces(case: Case, stage: Stage, now: float) -> list[Piece]:
    """Return the pieces of a stage, in their order."""
    end = now if stage.end is None else stage.end
    cuts = {one.at for one in standing(case)} | {stage.begin + one["lo"] for one in bands()}
    moments = sorted({stage.begin, end, *(at for at in cuts if stage.begin < at < end)})
    found = []
    for begin, stop in pairwise(moments):
        middle = (begin + stop) / 2
        what = code_at(case, middle), known(case, middle), stage.phase, case.two_years
        found.append(Piece(begin, stop, *what))
    return found


def lanes(case: Case, now: float, grace_s: float) -> Iterator[Lane]:
    """Yield every lane of its anaesthetics and recoveries."""
    for stage in stages(case):
        yield from _laned(pieces(case, stage, now), stage, grace_s)


def broken(case: Case, now: float) -> list[Row]:
    """Return what the texts did not allow in any piece, each once."""
    found = [
        row for one in stages(case) for piece in pieces(case, one, now) for row in piece.banned()
    ]
    return list({row["id"]: row for row in found}.values())


def firm(row: Row, why: str = "code") -> bool:
    """Tell whether missing a row altogether may fail."""
    return why != "duration" and (not row["proposal"] or bool(row["approved_by"]))


def fitting(told: Known, lasted_s: float) -> str:
    """Return the service that a duration fits in a manner; empty where none does."""
    if told.technique is None:
        return lowest(lasted_s)
    fit = [
        one
        for one in bands()
        if one["manner"] in told.manners
        and one.get("device") in (None, told.device)
        and holds(one, lasted_s)
    ]
    found = {one.get("code", "") for one in fit}
    return str(found.pop()) if len(found) == 1 else ""


def _laned(found: Sequence[Piece], stage: Stage, grace_s: float) -> Iterator[Lane]:
    made: dict[tuple[str, str], Lane] = {}
    for piece in found:
        for row, why in piece.rows():
            if row["modality"] == "clinical_observation":
                continue
            key = row["basis"], row["modality"]
            bare = Lane(*key, stage.phase, stage.nth, stage.begin, every_s=row.get("every_s"))
            lane = made.setdefault(key, bare)
            if not lane.asked or lane.asked[-1][1] < piece.begin:
                wait_s = 0.0 if _at_once(piece, row) else grace_s
                lane.free.append((piece.begin, piece.begin + wait_s))
            lane.asked.append((piece.begin, piece.end))
            lane.rules += [(row["id"], firm(row, why))]
    for lane in made.values():
        lane.asked = joined(lane.asked)
        yield lane


def _at_once(piece: Piece, row: Row) -> bool:
    """Tell whether there is no time to attach."""
    if piece.phase == "recovery":
        return True
    bare = [_place(one) for one, _ in piece.rows(replace(piece.told, airway=None))]
    return piece.told.device and _place(row) not in bare


def _place(row: Row) -> tuple[str, str]:
    return row["basis"], row["modality"]


def _binds(row: Row) -> int:
    return _BINDS.index(row["obligation"])


def _allowing(manners: set[str]) -> str:
    fit = [one for one in ladder() if manners & set(services()[one]["service"]["allows"])]
    return fit[0] if fit else ladder()[0]


def grace() -> float:
    """Return how long there is to attach what begins to be asked for."""
    return float(file("alarms")["induction"]["grace_s"])
