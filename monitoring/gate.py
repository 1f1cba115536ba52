"""What is to be made sure of before an anaesthetic starts, and where each point stands.

Nothing here refuses: a hold closes the normal way on, and who starts anyway is told of what was
held. An emergency is asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct, structs

from monitoring.case import Case
from monitoring.course import facts
from monitoring.detectors import PROVES
from monitoring.gaterules import Fasting, GateRules, Live, Point
from monitoring.obligations import Answer, Book, Obliged, obligations
from monitoring.procedures import CodeSet, Hold, Procedure, Procedures
from monitoring.view import DeviceView
from vitals import deeds
from vitals.instant import Instant
from vitals.practice import Readiness
from vitals.reading import Quality
from vitals.rows import Label
from vitals.vocabulary import (
    Basis,
    CaseKind,
    Check,
    Obligation,
    Phase,
    Weight,
)

_WHOLE = {
    Readiness.READY: True,
    Readiness.NOTICES: True,
    Readiness.UNCHECKED: False,
    Readiness.HELD: False,
    Readiness.UNUSED: None,
}
"""Whether the whole kit is ready. Of a place where nobody said that they work, nobody can say."""


class Stand(StrEnum):
    """Where a point of the start check stands."""

    DONE = "done"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Nobody can say yet."""


class Item(Struct, frozen=True, kw_only=True):
    """One point of the start check."""

    id: str
    """What is asked: a check, `asa`, `kit`, `live`, `planned`, `text`, `recovery` or `running`."""
    state: Stand
    weight: Weight
    """What it weighs as things are, done or not."""
    rule: str
    source: str
    """Documents and places, `; ` between them."""
    approved: bool
    label: Label
    detail: str = ""
    """What the words leave open: a modality, an ASA status, what of the kit is not in order, a bed
    and a case number."""
    fasting: tuple[Fasting, ...] = ()
    """Beside the question of fasting: for how long what has not been taken."""

    @property
    def held(self) -> bool:
        """Tell whether it closes the normal way on."""
        return self.weight is Weight.HOLD and self.state is not Stand.DONE


class Scene(Struct, frozen=True, kw_only=True):
    """What is so when a start is thought of, beside the case itself."""

    book: Book
    at: Instant
    by: str
    """The anaesthetist who would start."""
    devices: tuple[DeviceView, ...] = ()
    """At the bed of the case."""
    others: tuple[Case, ...] = ()
    """Every open case; that of the start may be among them."""
    table: Procedures | None = None
    """Of the specialty that the procedures of the case belong to; None: none are asked about."""
    site: str | None = None
    """Where the operation is, as the table names it; None: nobody has said it."""
    ready: Readiness | None = None
    """Whether the clinic and its kits are ready today; None: nobody can say."""
    reasons: tuple[str, ...] = ()
    """What keeps them from being so, by name, worst first."""
    unattached: bool = False
    """The child does not bear the probe: it is put on during induction."""


def gate(rules: GateRules, case: Case, scene: Scene) -> tuple[Item, ...]:
    """Return the points of the start check of an anaesthetic, none of an emergency or a block.

    It may be asked again at any time: a point closes by itself once it is so.
    """
    if case.emergency or case.kind is CaseKind.BLOCK:
        return ()
    return (
        *_questions(rules, case),
        *_physical(rules, case),
        *_kit(rules, case, scene),
        *_demands(rules, case, scene),
        *_planned(case, scene),
        *_beside(rules, case, scene),
    )


def holds(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return what closes the normal way on: what a start in spite of it overrides."""
    return tuple(item for item in items if item.held)


def _questions(rules: GateRules, case: Case) -> Iterator[Item]:
    answered = {
        check
        for entry in case.standing
        if isinstance(entry.deed, deeds.Checked)
        for check in entry.deed.checks
    }
    for row in rules.questions:
        if case.code in row.codes:
            item = _item(row, row.check, done=row.check in answered)
            fasting = rules.fasting if row.check is Check.FASTING else ()
            yield structs.replace(item, fasting=fasting)


def _physical(rules: GateRules, case: Case) -> Iterator[Item]:
    said = [one.deed.asa for one in case.told if isinstance(one.deed, deeds.Assess)]
    row = rules.physical
    if case.code in row.codes:
        done = bool(said) and said[-1] <= row.most
        yield _item(row, "asa", done=done, detail=str(said[-1]) if said else "")


def _kit(rules: GateRules, case: Case, scene: Scene) -> Iterator[Item]:
    row = rules.kit
    if case.code in row.codes:
        done = None if scene.ready is None else _WHOLE[scene.ready]
        weight = row.unknown if done is None else row.weight
        yield _item(row, "kit", done=done, weight=weight, detail="; ".join(scene.reasons))


def _demands(rules: GateRules, case: Case, scene: Scene) -> Iterator[Item]:
    """Yield the monitors that the contract requires, and what is planned against the texts."""
    answer = Answer(None, (), ())
    if case.code in scene.book.services:
        known = facts(case, scene.at)
        answer = obligations(scene.book, case.code, known, phase=Phase.DURING)
    for row in _required(answer):
        yield _live(rules.live[row.modality], row, scene)
    for violation in answer.violations:
        item = _item(rules.unlike, "text", done=False)
        yield structs.replace(item, rule=violation.rule, source=violation.source)


def _live(row: Live, obliged: Obliged, scene: Scene) -> Item:
    done = any(_at_work(row, device) for device in scene.devices)
    weight = row.unattached if scene.unattached else row.weight
    item = _item(row, "live", done=done, weight=weight, detail=row.modality)
    return structs.replace(item, source=f"{obliged.source}; {row.source}")


def _required(answer: Answer) -> Iterator[Obliged]:
    for row in answer.obligations:
        binding = row.basis is Basis.CONTRACT and row.obligation is Obligation.REQUIRED
        if binding and row.modality in PROVES:
            yield row


def _at_work(row: Live, device: DeviceView) -> bool:
    if row.modality not in device.modalities or not device.receiving:
        return False
    if row.within_s is None:
        return True
    sample = device.samples.get(PROVES[row.modality])
    return (
        sample is not None
        and sample.value is not None
        and sample.quality is Quality.VALID
        and sample.age_s <= row.within_s
    )


def _planned(case: Case, scene: Scene) -> Iterator[Item]:
    """Yield what the table of procedures holds of what is planned; its rows have the words."""
    table, site = scene.table, scene.site
    if table is None:
        return
    found = {
        one.rule: one
        for row in _rows(table, case.procedures, site)
        for one in table.planned(row, site, two_years=case.two_years)
    }
    for row in (table.hold, table.unsaid):
        if row.id in found:
            item = _item(row, "planned", done=False)
            yield structs.replace(item, approved=found[row.id].approved)


def _rows(table: Procedures, numbers: Sequence[str], site: str | None) -> Iterator[Procedure]:
    """Yield the rows of these numbers; where none has them together, those of each alone."""
    together = [row for row in table.sets.get(CodeSet(numbers), ()) if row.fits(site)]
    for number in () if together else numbers:
        yield from table.sets.get(CodeSet({number}), ())
    yield from together


def _beside(rules: GateRules, case: Case, scene: Scene) -> Iterator[Item]:
    """Yield each other patient of the same anaesthetist who still needs her or him."""
    for other in scene.others:
        if other.number == case.number or other.by != scene.by:
            continue
        for row in rules.beside:
            if other.state in row.states:
                yield _item(row, row.ask, done=False, detail=f"{other.bed} {other.number}")


def _item(
    row: Point | Hold,
    asked: str,
    *,
    done: bool | None,
    weight: Weight | None = None,
    detail: str = "",
) -> Item:
    """Return a row's item; `done` is None where nobody can say, `weight` instead of its own."""
    state = Stand.UNKNOWN if done is None else Stand.DONE if done else Stand.MISSING
    return Item(
        id=asked,
        state=state,
        weight=weight or row.weight,
        rule=row.id,
        source=str(row.source),
        approved=row.approved,
        label=row.label,
        detail=detail,
    )
