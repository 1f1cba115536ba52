"""A morning as the daemon tells it: clinics, lists, packs and gases; and a source that says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date

import rosters
import scenes
from checkout import ROOT
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.daylist import Phrase
from daemon.protocol.message import Message
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
    Shortage,
    Site,
    Stock,
    Supply,
)
from daemon.protocol.row import ListRow
from tui.prompt import Morning, Prompt
from tui.sight import Sight
from vitals.practice import Gas, Interval, Outcome, Readiness, Responsible, Use, Ware
from vitals.vocabulary import Weight
from words.catalogue import Language

TODAY = rosters.DAY
KIT = "kuffert"
NORTH = Site("NORD", "Klinik Nord", (scenes.BED,), tuple(Gas), (KIT,))
SOUTH = Site("SYD", "Øre-næse-hals Sydhavnen, 2. sal", (scenes.BED,), (Gas.OXYGEN,), (KIT,))
CHECKED = "2026-11-21T06:46:00.000Z"


def phrase(text: str) -> Phrase:
    return Phrase(text, text, text)


REASONS = (
    Reason(
        "pack",
        "7",
        KIT,
        Weight.HOLD,
        "expired",
        Responsible.ANAESTHESIOLOGIST,
        Phrase("Paediatric pads", "Børneelektroder", "Barneelektroder"),
        "Resuscitation Council UK, Quality Standards: equipment and drug lists",
        date(2026, 11, 20),
    ),
    Reason(
        "gas",
        "o2",
        KIT,
        Weight.HOLD,
        "not_read",
        Responsible.ANAESTHESIOLOGIST,
        Phrase("Reserve oxygen", "Reserveilt", "Reserveoksygen"),
        "Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, p. 13",
    ),
    Reason(
        "row",
        "st-01",
        "NORD",
        Weight.NOTICE,
        "due",
        Responsible.CLINIC,
        Phrase("Operating table, space", "Operationsleje, plads", "Operasjonsbord, plass"),
        "Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, p. 13",
    ),
)
UNCHOSEN = Clinic(TODAY, "", "NORD", (NORTH, SOUTH), Readiness.UNCHECKED, (), ("AS", "MK"))
CHOSEN = structs.replace(UNCHOSEN, chosen="NORD", readiness=Readiness.HELD, reasons=REASONS)


def shipped(name: str, target: str = KIT, *, state: str = "due", skip: str = "") -> Checklist:
    """Return a list that ships, everything of it in one state but what a word of `skip` names."""
    told = tomllib.loads((ROOT / "checklists" / "templates" / f"{name}.toml").read_text())
    rows = [_row(one, "not_yet" if one["group"] in skip.split() else state) for one in told["row"]]
    groups = tuple(group["id"] for group in told["group"])
    titles = tuple(Phrase(**group["label"]) for group in told["group"])
    label = Phrase(**told["label"])
    return Checklist(told["id"], target, label, groups, tuple(rows), titles=titles)


def _row(told: dict[str, object], state: str) -> ListRow:
    done = state == "done"
    source = told["source"]
    assert isinstance(source, dict)
    assert isinstance(told["label"], dict)
    return ListRow(
        id=str(told["id"]),
        label=Phrase(**told["label"]),
        group=str(told["group"]),
        interval=Interval(str(told["interval"])),
        hold=bool(told.get("hold")),
        responsible=Responsible.ANAESTHESIOLOGIST,
        source=f"{source['document']}, {source['place']}",
        approved=True,
        state=state,
        outcome=Outcome.DONE if done else None,
        by="AS" if done else "",
        on=TODAY if done else None,
        at=CHECKED if done else "",
    )


def marked(
    listed: Checklist, names: Iterable[str], state: str = "done", **fields: object
) -> Checklist:
    """Return a list with rows of it marked just now by AS."""
    given = set(names)
    told = {"state": state, "by": "AS", "on": TODAY, "at": CHECKED, **fields}
    rows = tuple(structs.replace(r, **told) if r.id in given else r for r in listed.rows)
    return structs.replace(listed, rows=rows)


MACHINE = shipped("machine", skip="events patient")
EMERGENCY = shipped("emergency", state="done")
AIRWAY = shipped("airway")
SITE = shipped("site", "NORD")
LISTS = (MACHINE, EMERGENCY, AIRWAY, SITE)


def pack(number: int, **fields: object) -> PackLine:
    label = "Suxamethon 50 mg/ml"
    first = PackLine(
        pack=number,
        item="dr-05",
        label=label,
        ware=Ware.DRUG,
        atc="M03AB01",
        lot="1A23",
        expires=date(2027, 11, 30),
        until=date(2027, 11, 30),
        quantity=10,
        place=KIT,
        status="ok",
    )
    return structs.replace(first, **fields)


PACKS = (
    pack(
        7,
        item="em-05",
        label="Børneelektroder",
        ware=Ware.PADS,
        status="expired",
        quantity=1,
        until=date(2026, 11, 20),
    ),
    pack(
        3, status="due", first=True, until=date(2026, 11, 24), warm_since="2026-11-10T07:00:00.000Z"
    ),
    pack(9),
)
SHORT = Shortage("dr-01", phrase("Adrenalin 1 mg/ml"), KIT, 2, 4, hold=True, source="seed")
STOCK = Stock(PACKS, (SHORT,))
BOTTLE = CylinderLine(
    name="O2-12",
    gas=Gas.OXYGEN,
    place=KIT,
    use=Use.IN_USE,
    capacity_l=10.0,
    bar=137.0,
    kg=None,
    litres=1370.0,
    estimated=False,
    read_at="2026-11-21T06:51:00.000Z",
    today=True,
)
UNREAD = {"bar": None, "litres": None, "read_at": "", "today": False}
STALE = {"read_at": "2026-11-20T06:51:00.000Z", "today": False}
CYLINDERS = (
    BOTTLE,
    structs.replace(BOTTLE, name="O2-13", use=Use.RESERVE, bar=200.0, litres=2000.0, **STALE),
    structs.replace(
        BOTTLE, name="N2O-1", gas=Gas.NITROUS_OXIDE, place="NORD", weighed=False, **UNREAD
    ),
)
ENOUGH = Supply(
    gas=Gas.OXYGEN,
    place=KIT,
    litres=6850.0,
    flow_l_min=6.0,
    now_min=1141.0,
    day_min=1300.0,
    minutes=1141.0,
    reserve=False,
    state="ok",
    orders=Responsible.ANAESTHESIOLOGIST,
    cases=15.4,
)
ROOM = structs.replace(
    ENOUGH, place="NORD", orders=Responsible.CLINIC, flow_l_min=None, reserve=None, cases=None
)
SUPPLIES = (
    structs.replace(ENOUGH, spare="unread", least_l=600.0, holds=True, state="not_read"),
    structs.replace(
        ROOM, gas=Gas.AIR, litres=300.0, now_min=None, minutes=40.0, state="order", wanted=True
    ),
    structs.replace(ROOM, gas=Gas.NITROUS_OXIDE, litres=None, minutes=None, state="unweighed"),
)
GASES = Gases(CYLINDERS, SUPPLIES)
ZOLL = Machine(
    name="zoll",
    what="defibrillator",
    make="Zoll X Series",
    serial="123",
    place=KIT,
    state="service_due",
    service_due=date(2026, 11, 30),
    serviced_on=date(2025, 11, 30),
    tested_on=TODAY,
    tested_by="AS",
)
MACHINES = (
    structs.replace(ZOLL, name="vægt", what="vægt", state="in_use", service_due=None, place="NORD"),
    ZOLL,
    structs.replace(ZOLL, name="pumpe", state="out_of_use", service_due=None, reason="lækker"),
)
EQUIPMENT = Equipment(MACHINES)
PRACTICE: tuple[Message, ...] = (CHOSEN, *LISTS, STOCK, GASES, EQUIPMENT)


def bed(
    *said: Message,
    prompt: Prompt | None = None,
    language: Language = Language.DANISH,
    by: str = "AS",
    practice: tuple[Message, ...] = PRACTICE,
) -> Sight:
    """Return a bed with the morning view open, and what is said, of the practice last."""
    later = [one for one in said if isinstance(one, PracticeState)]
    told = scenes.greeting(*scenes.IDLE, *(one for one in said if one not in later))
    shown = prompt or Morning(greeted=True)
    return sight_of(*told, *practice, *later, prompt=shown, language=language, by=by)
