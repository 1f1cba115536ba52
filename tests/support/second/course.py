"""What the entries of a case add up to: where it stood, its stages, what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from second.journal import Case, Entry
from second.rows import steps

_PHASES = {"anaesthesia": "during", "recovery": "recovery", "late_recovery": "recovery"}
_DEVICES = {"lma", "tube"}


@dataclass(frozen=True)
class Stage:
    """One anaesthetic or one recovery."""

    phase: str
    nth: int
    begin: float
    end: float | None


@dataclass(frozen=True)
class Known:
    """What has been said of an anaesthetic so far."""

    technique: str | None = None
    airway: str | None = None
    ventilation: str | None = None
    contact: bool | None = None
    relaxant: bool | None = None
    bp_lowering: bool | None = None
    inherited: bool = False
    started: float | None = None

    @property
    def device(self) -> bool:
        return self.airway in _DEVICES

    @property
    def placed(self) -> str | None:
        return "mask" if self.airway is None and self.technique == "mask_ga" else self.airway

    @property
    def manners(self) -> set[str]:
        """Return every manner that it may be."""
        asleep = {"mask": "mask_ga", "lma": "ga_airway", "tube": "ga_airway"}
        technique = self.technique
        if technique == "mask_ga" and self.device:
            technique = "ga"
        if technique == "sedation" and self.contact is False:
            return {"ga_airway" if self.device else "ga_no_device"}
        if technique == "ga":
            every = {*asleep.values(), "ga_no_device"}
            return every if self.airway is None else {asleep.get(self.airway, "ga_no_device")}
        return {technique} if technique else {*asleep.values(), "ga_no_device", "sedation", "block"}


def standing(case: Case) -> list[Entry]:
    """Return the entries that no correction has struck, in the order in which they happened."""
    struck: set[int] = set()
    for one in sorted(case.entries, key=lambda one: -one.number):
        if one.word == "correct" and one.number not in struck:
            struck.add(one.deed["entry"])
    left = (one for one in case.entries if one.number not in struck)
    return sorted(left, key=lambda one: (one.at, one.number))


def followed(case: Case) -> Iterator[tuple[Entry, str]]:
    """Yield what counts, and where the case stands after it."""
    table, state = steps(block=case.block), "planned"
    words = {word for row in table.values() for word in row}
    for one in standing(case):
        if one.word in table[state]:
            state = table[state][one.word]
        elif one.word in words:
            continue
        yield one, state


def state(case: Case) -> str:
    """Return where it stands."""
    return [*("planned",), *(after for _, after in followed(case))][-1]


def over(case: Case) -> bool:
    """Tell whether nothing may follow."""
    return not steps(block=case.block)[state(case)]


def stages(case: Case) -> list[Stage]:
    """Return its anaesthetics and recoveries, numbered where there are several."""
    bare = [] if case.block else list(_stages(case))
    found = []
    for place, one in enumerate(bare):
        many = sum(each.phase == one.phase for each in bare) > 1
        nth = sum(each.phase == one.phase for each in bare[: place + 1])
        found.append(replace(one, nth=nth if many else 0))
    return found


def _stages(case: Case) -> Iterator[Stage]:
    open_: tuple[str, float] | None = None
    for one, after in followed(case):
        phase = _PHASES.get(after)
        if open_ is not None and phase != open_[0]:
            yield Stage(open_[0], 0, open_[1], one.at)
            open_ = None
        if open_ is None and phase is not None:
            open_ = phase, one.at
    if open_ is not None:
        yield Stage(open_[0], 0, open_[1], None)


def begun(case: Case) -> float | None:
    """Return when its first anaesthetic began, or its first injection was given."""
    first = "give" if case.block else "begin"
    return next((one.at for one, _ in followed(case) if one.word == first), None)


def timed(case: Case) -> tuple[float | None, float | None]:
    """Return when its last anaesthetic began, and when that ended."""
    started = ended = None
    for one, _ in followed(case):
        if one.word in {"begin", "resume"}:
            started, ended = one.at, None
        if one.word == "end":
            ended = one.at
    return started, ended


def codes(case: Case) -> tuple[str, str]:
    """Return what it was planned as, and what it is held to."""
    named = [one.deed["code"] for one, _ in followed(case) if one.word in {"procedure", "resume"}]
    first = [one.deed["code"] for one in standing(case) if one.word == "procedure"]
    planned = case.opened["code"] or (first[0] if first else "")
    return planned, named[-1] if named else planned


def code_at(case: Case, at: float) -> str:
    """Return what it was held to at a moment."""
    code = codes(case)[0]
    for one, _ in followed(case):
        if one.at <= at and one.word in {"procedure", "resume"}:
            code = one.deed["code"]
    return code


def by(case: Case) -> str:
    """Return who answers for it."""
    name = case.opened["by"]
    for one, _ in followed(case):
        if one.word == "begin" and not one.deed["emergency"]:
            name = one.by
        if one.word == "anaesthetist":
            name = one.deed["to"]
    return str(name)


def known(case: Case, at: float) -> Known:
    """Return what was known at a moment, by everything that was said since."""
    told = Known()
    after: list[Entry] = []
    for one, _ in followed(case):
        if one.at <= at:
            told = _after(told, one)
        else:
            after.append(one)
    if told.inherited and _denied(after):
        told = replace(told, bp_lowering=False)
    return told


def breathes(told: Known) -> str | None:
    """Return who breathes: as said, else by themselves until a relaxant was given."""
    if told.ventilation or told.airway is None:
        return told.ventilation or ("controlled" if told.relaxant else None)
    return "controlled" if told.relaxant else "spontaneous"


def _denied(after: Sequence[Entry]) -> bool:
    """Tell whether the next that is said of the combination, before another start, is no."""
    for one in after:
        if one.word == "resume":
            return False
        if one.word in {"combination", "hand_over"}:
            return one.deed["bp_lowering"] is False
    return False


def _after(told: Known, one: Entry) -> Known:
    if one.word == "resume":
        return Known(bp_lowering=told.bp_lowering, inherited=True, started=one.at)
    changes: dict[str, Any] = {}
    match one.word:
        case "begin":
            changes = {"started": one.at}
        case "relaxant":
            changes = {"relaxant": True}
        case "recover" if one.deed["clear"] and not one.deed["device_in_place"]:
            changes = {"airway": "none"}
        case "combination" | "hand_over":
            changes = {"bp_lowering": one.deed["bp_lowering"], "inherited": False}
        case "airway" | "ventilation" | "technique" | "contact" as word:
            changes = {word: one.deed[word]}
        case _:
            pass
    return replace(told, **changes)


def watchers(case: Case, stage: Stage) -> list[str]:
    """Return who had the patient under clinical observation in a stage."""
    end = case.at + 1e12 if stage.end is None else stage.end
    return named(one for one in standing(case) if stage.begin <= one.at <= end)


def named(some: Iterable[Entry]) -> list[str]:
    """Return whose observation some entries attest, each once."""
    found = []
    for one in some:
        if one.word in {"begin", "resume", "recover", "observation"}:
            found.append(one.by)
        if one.word in {"anaesthetist", "hand_over"}:
            found.append(one.deed["to"])
    return sorted(set(found))
