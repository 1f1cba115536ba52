"""What a case comes to on each basis, and what was done without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from second import asked, blocks
from second.course import begun, stages, standing, state, watchers
from second.journal import Case, Entry
from second.rows import Row, services
from second.watched import Watched, watched

_GRAVE = ("fail", "review")
_OPEN = {
    "planned", "preop", "anaesthesia", "ended", "recovery", "late_recovery", "readings_before",
    "given", "readings_after", "observed",
}  # fmt: skip
_PHASES = ("during", "recovery", "before", "after")


@dataclass(frozen=True)
class Ground:
    """Why a case does not simply pass."""

    result: str
    rule: str
    why: str
    modality: str | None = None
    phase: str | None = None
    nth: int = 0
    covered_s: float | None = None
    required_s: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What a case came to; no result while it is open."""

    lanes: tuple[Watched, ...]
    contract: tuple[Ground, ...]
    advice: tuple[Ground, ...]
    open: bool

    def result(self, basis: str) -> str | None:
        """Return pass, review or fail."""
        found = self.contract if basis == "contract" else self.advice
        return None if self.open else found[0].result if found else "pass"


def outcome(case: Case, now: float) -> Outcome:
    """Return what a case came to."""
    grace_s = asked.grace()
    wanted = blocks.lanes(case, now) if case.block else asked.lanes(case, now, grace_s)
    rows = tuple(watched(case, one, now) for one in wanted)
    without = _without(case)
    timed = [(one.lane.basis, ground) for one in rows for ground in _timed(one, without, grace_s)]
    contract = [*_texts(case, now), *(one for basis, one in timed if basis == "contract")]
    advice = [one for basis, one in timed if basis == "advisory"]
    return Outcome(rows, _gravest(contract), _gravest(advice), state(case) in _OPEN)


def waivers(case: Case) -> Iterator[Row]:
    """Yield what was done without, or in spite of something."""
    told = standing(case)
    why = "; ".join(one.deed["reason"] for one in told if one.word == "explain")
    for one in told:
        deed = one.deed
        if one.word == "waive":
            yield _waiver(one, deed["modality"], deed["reason"])
        if one.word == "begin" and deed["anyway"]:
            yield _waiver(one, None, deed["reason"] or why, spite(case))
        if one.word == "recover" and deed["device_in_place"]:
            yield _waiver(one, None, deed["reason"])


def spite(case: Case) -> tuple[str, ...]:
    """Return in spite of what it was started."""
    return ("emergency",) if case.opened["emergency"] else case.holds


def _waiver(one: Entry, modality: str | None, reason: str, holds: tuple[str, ...] = ()) -> Row:
    told = {"what": one.word, "modality": modality, "reason": reason, "by": one.by}
    return {**told, "at": one.at, "holds": holds}


def _without(case: Case) -> set[tuple[str, str]]:
    """Return what was done without in which phase."""
    found = list(waivers(case))
    named = {one["modality"] for one in found if one["modality"]}
    pairs = {(modality, phase) for modality in named for phase in _PHASES}
    if any(one["what"] == "begin" for one in found):
        live = (one.partition(" ") for one in case.holds)
        pairs |= {(name, "during") for word, _, name in live if word == "live"}
    return pairs


def _timed(one: Watched, without: set[tuple[str, str]], grace_s: float) -> Iterator[Ground]:
    found = one.judged(grace_s)
    if found is None:
        return
    result, why = found
    if (one.lane.modality, one.lane.phase) in without:
        result, why = "review", why if why == "not_documented" else "waived"
    times = (one.covered_s, one.required_s) if one.required_s else (None, None)
    place = one.lane.modality, one.lane.phase, one.lane.nth
    yield Ground(result, one.lane.rule, why, *place, *times)


def _texts(case: Case, now: float) -> Iterator[Ground]:
    """Yield what the contract says beside the lanes."""
    for row in asked.broken(case, now):
        agreed = asked.firm(row)
        result = ("fail", "rule_broken") if agreed else ("review", "not_approved")
        yield Ground(result[0], row["id"], result[1])
    if case.block:
        for result_, modality, rule, why in blocks.reasons(case):
            yield Ground(result_, rule, why, modality)
    for stage in stages(case):
        if not watchers(case, stage):
            rule = _observation(case, stage.phase)
            yield Ground("review", rule, "not_attested", "clinical_observation", stage.phase)
    starts = [one.deed for one in standing(case) if one.word == "begin" and one.deed["anyway"]]
    said = any(one.word == "explain" for one in standing(case))
    if starts and not said and not any(one["reason"] for one in starts):
        yield from (Ground("review", one, "unexplained") for one in spite(case))


def _observation(case: Case, phase: str) -> str:
    code = "recovery" if phase == "recovery" else case.opened["code"]
    rows = services()[code]["requirement"] if begun(case) else ()
    return next(str(one["id"]) for one in rows if one["modality"] == "clinical_observation")


def _gravest(found: list[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(found, key=lambda one: _GRAVE.index(one.result)))
