"""Stock as findings of a day: how each row of the minimum and each pack stands where the work is.

What is out of date by its label, or recalled, holds where its row does: it lies where it may be
taken. A recall has no day of its own: what stands on the label is not what is wrong. What was
opened or warmed too long ago no longer counts, and is told of. Source: Modernisering af
anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Patientsikkerhed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from checklists.freshness import Status, ending, last_day, status
from checklists.readiness import Finding, State, What
from checklists.shortage import Ground, counted
from checklists.stock import Pack
from checklists.supplies import Supplies, Supply
from vitals.practice import Responsible
from vitals.rows import Label
from vitals.vocabulary import Weight

_GRAVE = {Status.EXPIRED, Status.RECALLED}
_OVER = {Status.RECALLED: State.RECALLED}
"""Of every other pack that may not be used the time is over."""
_OPENED = Label(
    "opened, no time known: read the label",
    "åbnet, ingen tid kendt: læs etiketten",
    "åpnet, ingen tid kjent: les etiketten",
)
_WARM = Label(
    "out of the refrigerator, no time known: read the label",
    "ude af køleskab, ingen tid kendt: læs etiketten",
    "ute av kjøleskap, ingen tid kjent: les etiketten",
)


def stock_findings(
    stock: Sequence[Pack], rows: Supplies, ground: Ground, now: datetime
) -> Iterator[Finding]:
    """Yield how the minimum stock and each pack that is left stand where the work is.

    `now` has the time zone of the clinic. A row that is met ends with the last day on which it
    will still be met by what is there now; of a pack something is said once it is due or over.
    """
    for row, counting in counted(stock, rows, ground, now):
        yield _of_row(row, ground, _met_until(row, counting, now))
    for pack in stock:
        if pack.quantity > 0 and pack.place in {ground.site, *ground.kits}:
            yield from _of_pack(pack, rows, now)


def _met_until(row: Supply, counting: Sequence[Pack], now: datetime) -> date | None:
    """Return the last day on which there will be enough; None where there is not."""
    there = 0
    for pack in sorted(counting, key=lambda one: last_day(one, now), reverse=True):
        there += pack.quantity
        if there >= row.least:
            return last_day(pack, now)
    return None


def _of_row(row: Supply, ground: Ground, until: date | None) -> Finding:
    return Finding(
        what=What.SUPPLY,
        id=row.id,
        target=", ".join(ground.places(row)),
        weight=_weight(row),
        state=State.SHORT if until is None else State.SOUND,
        responsible=Responsible.ANAESTHESIOLOGIST,
        label=row.label,
        source=str(row.source),
        document=row.source.document,
        approved=row.approved,
        until=until,
    )


def _of_pack(pack: Pack, rows: Supplies, now: datetime) -> Iterator[Finding]:
    stands, row = status(pack, rows.ahead, now), rows.supply(pack.item, pack.atc)
    if pack.untimed:
        yield _untimed(pack, row, rows)
    if stands.usable and (stands is not Status.DUE or pack.opened_at is not None):
        return
    source, until = rows.ahead if row is None else row, last_day(pack, now)
    labelled = until == pack.expires if stands.usable else stands in _GRAVE
    recalled = stands is Status.RECALLED
    yield Finding(
        what=What.PACK,
        id=f"{pack.number}",
        target=pack.place,
        weight=_weight(row) if labelled else Weight.NOTICE,
        state=State.ENDING if stands.usable else _OVER.get(stands, State.EXPIRED),
        responsible=Responsible.ANAESTHESIOLOGIST,
        label=_label(pack, row),
        source=str(source.source),
        document=source.source.document,
        approved=source.approved,
        until=None if recalled else until,
        ends=None if recalled else ending(pack, now),
        about=_about(pack, row),
    )


def _untimed(pack: Pack, row: Supply | None, rows: Supplies) -> Finding:
    """Return that no row says how long a pack lasts that was opened or warmed: its label does."""
    source = rows.ahead if row is None else row
    opened = pack.opened_at is not None and pack.opened_until is None
    said = _OPENED if opened else _WARM
    name = _label(pack, row)
    return Finding(
        what=What.PACK,
        id=f"{pack.number}",
        target=pack.place,
        weight=Weight.NOTICE,
        state=State.UNCHECKED,
        responsible=Responsible.ANAESTHESIOLOGIST,
        label=Label(f"{name.en}: {said.en}", f"{name.da}: {said.da}", f"{name.nb}: {said.nb}"),
        source=str(source.source),
        document=source.source.document,
        approved=source.approved,
        about=_about(pack, row),
    )


def _about(pack: Pack, row: Supply | None) -> str:
    return pack.item if row is None else row.id


def _label(pack: Pack, row: Supply | None) -> Label:
    return Label(pack.item, pack.item, pack.item) if row is None else row.label


def _weight(row: Supply | None) -> Literal[Weight.HOLD, Weight.NOTICE]:
    return Weight.HOLD if row is not None and row.hold else Weight.NOTICE
