"""What a daemon would say of a practice, made up; and `vagt` run against a daemon that says it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from scripted_daemon import ScriptedDaemon

from daemon.protocol.codec import to_line
from daemon.protocol.commands import Incoming
from daemon.protocol.daylist import Phrase
from daemon.protocol.messages import PROTOCOL, Answer, Hello, Refusal, Result, Snapshot
from daemon.protocol.naming import Named
from daemon.protocol.practice import (
    Checklist,
    Clinic,
    CylinderLine,
    Equipment,
    Gases,
    Machine,
    PackLine,
    PracticeState,
    Reason,
    Scanning,
    Shortage,
    Site,
    Stock,
    Supply,
)
from daemon.protocol.row import ListRow
from daemon.protocol.saying import Do, Scan
from vagt.main import main
from vitals.acts import Done
from vitals.practice import Gas, Interval, Readiness, Responsible, Use, Ware
from vitals.vocabulary import Weight

AT = "2026-11-22T06:31:00.000Z"
TODAY = date(2026, 11, 22)
SOON = date(2026, 11, 23)
LATER = date(2027, 6, 30)
WHO = Responsible.ANAESTHESIOLOGIST


def phrase(text: str) -> Phrase:
    return Phrase(en=text, da=f"{text} (da)", nb=f"{text} (nb)")


def row(name: str, state: str = "due", group: str = "power", *, hold: bool = True) -> ListRow:
    return ListRow(
        id=name,
        label=phrase(f"what {name} asks"),
        group=group,
        interval=Interval.DAY,
        hold=hold,
        responsible=WHO,
        source="AAGBI (2012)",
        approved=True,
        state=state,
    )


def checklist(name: str, target: str, *rows: ListRow) -> Checklist:
    groups = tuple(dict.fromkeys(one.group for one in rows))
    return Checklist(id=name, target=target, label=phrase(name), groups=groups, rows=rows)


MACHINE = checklist(
    "machine",
    "kit",
    row("mc-01"),
    row("mc-02", "done"),
    row("mc-03", "overdue", "gas", hold=False),
    row("mc-04", "failed", "gas"),
    row("mc-23", "not_yet"),
)
ROOMS = (checklist("site", "KN", row("st-02")), checklist("site", "KS", row("st-02")))
CLINIC = Clinic(
    day=TODAY,
    chosen="KN",
    offered="KN",
    sites=(
        Site("KN", "Klinik Nord", ("Stue 1",), (Gas.OXYGEN,), ("kit",)),
        Site("KS", "Klinik Syd", kits=("kit", "box")),
    ),
    readiness=Readiness.HELD,
    reasons=(
        Reason(
            what="pack",
            id="dr-01",
            target="kit",
            weight=Weight.HOLD,
            state="expired",
            responsible=WHO,
            label=phrase("Adrenaline"),
            source="chapter 3",
            until=TODAY,
        ),
    ),
    staff=("AS", "MK"),
    pins=("MK",),
)


def pack(number: int, until: date, lot: str, *, first: bool = False) -> PackLine:
    return PackLine(
        pack=number,
        item="dr-01",
        label="Adrenaline",
        ware=Ware.DRUG,
        atc="C01CA24",
        lot=lot,
        expires=until,
        until=until,
        quantity=10,
        place="kit",
        status="ok",
        first=first,
    )


STOCK = Stock(
    packs=(pack(7, SOON, "a1", first=True), pack(3, LATER, "B2")),
    short=(Shortage("dr-02", phrase("Atropine"), "kit", 1, 4, hold=True, source="chapter 3"),),
    rows=(Named("em-04", Phrase("Adult pads", "Voksenelektroder", "Voksenelektroder"), Ware.PADS),),
)


def cylinder(name: str, gas: Gas, bar: float | None, litres: float | None) -> CylinderLine:
    return CylinderLine(
        name=name,
        gas=gas,
        place="KN",
        use=Use.IN_USE,
        capacity_l=10,
        bar=bar,
        kg=None,
        litres=litres,
        estimated=False,
        read_at="" if bar is None else AT,
        today=bar is not None,
    )


GASES = Gases(
    cylinders=(
        cylinder("O2-1", Gas.OXYGEN, 137, 1370),
        replace(cylinder("N2O-1", Gas.NITROUS_OXIDE, None, None), weighed=False),
    ),
    supplies=(
        Supply(
            gas=Gas.OXYGEN,
            place="KN",
            litres=1370,
            flow_l_min=6,
            now_min=228,
            day_min=90,
            minutes=90,
            reserve=False,
            state="order",
            wanted=True,
            orders=Responsible.CLINIC,
        ),
        Supply(
            gas=Gas.NITROUS_OXIDE,
            place="KN",
            litres=None,
            flow_l_min=None,
            now_min=None,
            day_min=None,
            minutes=None,
            reserve=None,
            state="not_read",
            orders=Responsible.AGREEMENT,
        ),
    ),
)
EQUIPMENT = Equipment(
    machines=(
        Machine("scale", "scale", "Seca", "9", "KN", "in_use", None, None, None),
        Machine("zoll", "defibrillator", "Zoll", "123", "kit", "in_use", LATER, TODAY, TODAY, "AS"),
        Machine("pump", "pump", "B. Braun", "7", "kit", "service_due", SOON, None, None),
    )
)
EVERYTHING: tuple[PracticeState, ...] = (CLINIC, MACHINE, *ROOMS, STOCK, GASES, EQUIPMENT)
PACK = Scanning(id="practice", gtin="05712345678901", lot="X9", expires=LATER, once="0" * 16)


@dataclass
class Teller:
    """A daemon that tells of a practice, and what it was asked."""

    path: Path
    told: tuple[PracticeState, ...] = EVERYTHING
    scanned: Scanning = PACK
    refuses: str = ""
    asked: list[Incoming] = field(default_factory=list)

    @property
    def acts(self) -> list[Done]:
        return [one.act for one in self.asked if isinstance(one, Do)]

    async def run(self, *words: str) -> int:
        """Run `vagt` on a thread, as the daemon of this test serves it."""
        greeting = (
            Hello(PROTOCOL, "1", "Klinik Nord", ("Stue 1",), AT),
            Snapshot(AT, (), (), (), (), (), day=TODAY, practice=self.told),
        )
        daemon = ScriptedDaemon(self.path, greeting)
        daemon.answering = self._answering(daemon)
        async with daemon:
            line = [*words, "--socket", str(self.path)]
            return await asyncio.to_thread(main, line)

    def _answering(self, daemon: ScriptedDaemon) -> Callable[[Incoming], Answer | None]:
        def answer(command: Incoming) -> Answer | None:
            self.asked.append(command)
            if isinstance(command, Scan):
                daemon.clients[-1].write(to_line(self.scanned))
                return None
            if self.refuses:
                reason = Refusal.BAD_ACT
                return Answer(command.id, Result.REFUSED, reason, detail=self.refuses)
            return Answer(command.id, Result.RECORDED, rows=(12,))

        return answer
