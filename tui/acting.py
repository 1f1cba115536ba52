"""What is asked about checklists, stock and gases, and what is said then; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec import structs

from daemon.protocol.saying import Do
from tui import naming
from tui.checklist import question, together
from tui.fields import INITIALS, LINE, NO, YES, Answers, Field, Form, Option, yes_no
from tui.label import COUNT, DAY, NUMBER, count, dated, last_day, number, some
from tui.prompt import Ask, Morning, Prompt, Stay, morning
from tui.settings import UNNAMED
from tui.sight import Sight
from vitals import acts
from vitals.acts import Done
from vitals.practice import Gas, Use, Ware

NAME = r"[^\x00-\x1f\x7f]{1,32}"
PIN = "[0-9]{4,12}"
Spoken = Prompt | Stay


def _sites(sight: Sight) -> list[Option]:
    clinic = sight.practice.clinic
    return [Option("", site.name, site.code) for site in (clinic.sites if clinic else ())]


def _places(sight: Sight) -> list[Option]:
    return [Option("", place, place) for place in sight.practice.places]


def _most(bound: float) -> Callable[[str], bool]:
    return lambda typed: number(typed) <= bound


def _taken_back(sight: Sight, asked: Ask) -> str:
    """Return the question why a mark was wrong; the bare one where nothing is countered."""
    match asked.again:
        case Do(act=acts.Counter(entry=entry)):
            return together(sight, entry)
        case _:
            return sight.words.text("ask.wrong")


def _of_row(word: str) -> Callable[[Sight, Ask], str]:
    """Return what asks about the row that a key was pressed at."""

    def asks(sight: Sight, asked: Ask) -> str:
        match asked.again:
            case Do(act=acts.Mark() as mark):
                return question(sight, word, mark)
            case _:
                return sight.words.text(word)

    return asks


_WHO = Field("who", pattern=INITIALS, meant=naming.initials, near=naming.people)
_QUANTITY = Field("quantity", pattern=COUNT, possible=some)
_STORED = Field("stored", offers=_places)
_ITEM = Field("item", pattern=NAME, possible=naming.named, meant=naming.item, near=naming.near)
_WARE = Field("ware", tuple(Ware))
_LOT, _EXPIRES = Field("lot", pattern=NAME), Field("expires", pattern=DAY, possible=dated)
_GAS, _USE = Field("gas", tuple(Gas)), Field("use", tuple(Use))
_LAST = Field(
    "service_due", pattern=rf"(?:{DAY})?", possible=lambda typed: not typed or dated(typed)
)
_OLD, _NEW, _AGAIN = (
    Field(f"pin_{word}", pattern=PIN, secret=True) for word in ("old", "new", "again")
)
_PLAIN: Mapping[str, Form] = {
    "clinic": Form((Field("clinic", offers=_sites),)),
    "who": Form((_WHO,)),
    "pin": Form((Field("pin", pattern=PIN, secret=True),)),
    "first_pin": Form((_NEW, _AGAIN)),
    "other_pin": Form((_OLD, _NEW, _AGAIN)),
    "overdue": Form((Field("late", pattern=LINE),)),
    "amiss": Form((Field("amiss", pattern=LINE),)),
    "serviced": Form((Field("serviced_on", pattern=DAY, possible=dated), _LAST)),
    "withdraw": Form((Field("withdrawn", pattern=LINE),)),
    "restore": Form((yes_no("restored"),)),
    "register": Form(
        (
            *(Field(word, pattern=NAME) for word in ("device", "kind", "make", "serial")),
            _LAST,
            _STORED,
        )
    ),
    "failed": Form((Field("failed", pattern=LINE, titled=_of_row("ask.failed")),)),
    "unneeded": Form((Field("unneeded", pattern=LINE, titled=_of_row("ask.unneeded")),)),
    "pack": Form((_QUANTITY, _STORED)),
    "named": Form((_ITEM, _WARE, _QUANTITY, _STORED)),
    "by_hand": Form((_ITEM, _WARE, _LOT, _EXPIRES, _QUANTITY, _STORED)),
    "count": Form((Field("counted", pattern=COUNT, possible=count),)),
    "take": Form((Field("taken", pattern=COUNT, possible=some),)),
    "discard": Form((Field("thrown", pattern=COUNT, possible=some), Field("reason", pattern=LINE))),
    "shift": Form((_STORED,)),
    "open": Form((Field("opened", pattern=COUNT, possible=some),)),
    "warm": Form((Field("warmed", pattern=COUNT, possible=some),)),
    "again": Form((yes_no("alike"),)),
    "recall": Form((Field("recalled", pattern=LINE),)),
    "untrue": Form((Field("wrong", pattern=LINE),)),
    "unmarked": Form((Field("wrong", pattern=LINE, titled=_taken_back),)),
    "gauge": Form((Field("bar", pattern=NUMBER, possible=_most(300)),)),
    "weigh": Form((Field("kg", pattern=NUMBER, possible=_most(200)),)),
    "connect": Form((_USE,)),
    "connect_liquid": Form(
        (_USE, Field("full", (YES, NO), when=lambda a: a[0] == Use.IN_USE.value)),
    ),
    "flow": Form((Field("flow", pattern=NUMBER, possible=_most(60)),)),
    "ordered": Form((yes_no("ordered"),)),
    "cylinder": Form(
        (
            Field("named", pattern=NAME),
            _GAS,
            Field("capacity", pattern=NUMBER, possible=_most(100)),
            Field("fill", pattern=NUMBER, possible=_most(300)),
            Field("tare", pattern=NUMBER, possible=_most(200), when=lambda a: a[1] == "n2o"),
            Field("full", (YES, NO), when=lambda a: a[1] == "n2o"),
            _USE,
            _STORED,
        )
    ),
}
PRACTICE: Mapping[str, Form] = {f"morning_{name}": form for name, form in _PLAIN.items()}
"""By name; each completes the act that a key began."""


def asking(name: str, act: Done, prompt: Morning, at: float | None, kept: Answers = ()) -> Ask:
    """Return the questions that complete an act; `kept` is offered as their answers."""
    asked = Ask(f"morning_{name}", at=at, again=Do("-", UNNAMED, act), origin=prompt)
    first = _PLAIN[name].fields[0]
    typed = kept[0] if kept and first.pattern else ""
    return replace(asked, kept=tuple(kept), typed=typed, offered=bool(typed))


def said(
    sight: Sight, act: Done, prompt: Morning, id_by: tuple[str, str], at: float | None
) -> Spoken:
    """Return the act of `id_by`, said of `at` in monotonic s, or what is asked before it."""
    name, by = id_by
    order = Do(name, prompt.by if by == UNNAMED and prompt.by else by, act)
    return _sent(sight, Ask("", at=at, again=order, origin=prompt), order)


def completed(sight: Sight, asked: Ask, again: Do, answer: str, id_by: tuple[str, str]) -> Spoken:
    """Return the act with what was answered, or what is asked next; the view where it is not so."""
    name, by = id_by
    answers = (*asked.answers, answer)
    origin = morning(asked) or Morning()
    known = again.by if again.by != UNNAMED else (origin.by if by == UNNAMED and origin.by else by)
    order = structs.replace(again, id=name, by=known)
    match asked.form.removeprefix("morning_"):
        case "who":
            asked = _known(asked, replace(origin, by=answer))
            return _sent(sight, asked, structs.replace(order, by=answer))
        case "pin":
            return _sent(sight, asked, structs.replace(order, pin=answer))
        case "overdue":
            return _sent(sight, asked, structs.replace(order, reason=answer))
        case form:
            act = _MADE[form](order.act, answers)
            return origin if act is None else _sent(sight, asked, structs.replace(order, act=act))


def _known(asked: Ask, origin: Morning) -> Ask:
    """Return what was typed before somebody was asked who they are, or else that question."""
    form = asked.origin if isinstance(asked.origin, Ask) else asked
    return replace(form, origin=origin)


def _sent(sight: Sight, asked: Ask, order: Do) -> Spoken:
    """Return the order, or the question for who says it, or for the PIN of who signs."""
    origin = morning(asked) or Morning()
    clinic = sight.practice.clinic
    if order.by == UNNAMED:
        typed = asked.form not in _BRIEF
        return Ask("morning_who", at=asked.at, again=order, origin=asked if typed else origin)
    signs = isinstance(order.act, acts.Sign) and not order.pin
    if signs and clinic is not None and order.by in clinic.pins:
        return Ask("morning_pin", at=asked.at, again=order, origin=origin)
    ago_s = 0.0 if asked.at is None else max(0.0, sight.now.monotonic - asked.at)
    form = asked if asked.form not in _BRIEF else None
    return Stay(structs.replace(order, ago_s=ago_s), origin, form)


_BRIEF = ("", "morning_who", "morning_pin", "morning_clinic")
"""What is not asked again where it was not taken: nothing of it is long, and no PIN is kept."""


def _received(act: Done, answers: Answers) -> Done:
    """Return a pack with its name, kind, quantity and place."""
    item, ware, quantity, place = answers
    more = {"item": item, "ware": Ware(ware), "quantity": int(quantity), "place": place}
    return structs.replace(act, **more)


def _typed(act: Done, answers: Answers) -> Done:
    """Return a pack whose label was typed."""
    item, ware, lot, expires, *rest = answers
    named = _received(act, (item, ware, *rest))
    return structs.replace(named, lot=lot, expires=last_day(expires))


def _cylinder(act: Done, answers: Answers) -> Done:
    name, gas, capacity, fill, tare, full, use, place = answers
    del act
    return acts.Cylinder(
        cylinder=name,
        gas=Gas(gas),
        capacity_l=number(capacity),
        fill_bar=number(fill),
        place=place,
        use=Use(use),
        tare_kg=number(tare) if tare else None,
        full=full == YES,
    )


def _serviced(act: Done, answers: Answers) -> Done:
    """Return a service with its day, and when the next one is due."""
    return structs.replace(act, on=last_day(answers[0]), due=last_day(answers[1]))


def _registered(act: Done, answers: Answers) -> Done:
    device, what, make, serial, due, place = answers
    del act
    return acts.Register(device, what, make, serial, place, last_day(due))


def _reason(act: Done, answers: Answers) -> Done:
    return structs.replace(act, reason=answers[0])


def _counted(act: Done, answers: Answers) -> Done:
    return structs.replace(act, quantity=int(answers[0]))


def _sure(act: Done, answers: Answers) -> Done | None:
    return act if answers[0] == YES else None


_MADE: Mapping[str, Callable[[Done, Answers], Done | None]] = {
    "clinic": lambda _, a: acts.ChooseClinic(site=a[0]),
    "failed": _reason,
    "amiss": _reason,
    "withdraw": _reason,
    "restore": _sure,
    "serviced": _serviced,
    "register": _registered,
    "unneeded": _reason,
    "pack": lambda act, a: structs.replace(act, quantity=int(a[0]), place=a[1]),
    "named": _received,
    "by_hand": _typed,
    "count": _counted,
    "take": _counted,
    "discard": lambda act, a: structs.replace(act, quantity=int(a[0]), reason=a[1]),
    "shift": lambda act, a: structs.replace(act, place=a[0]),
    "open": _counted,
    "warm": _counted,
    "again": lambda act, a: structs.replace(act, again=True) if a[0] == YES else None,
    "recall": _reason,
    "untrue": _reason,
    "unmarked": _reason,
    "gauge": lambda act, a: structs.replace(act, bar=number(a[0])),
    "weigh": lambda act, a: structs.replace(act, kg=number(a[0])),
    "connect": lambda act, a: structs.replace(act, use=Use(a[0])),
    "connect_liquid": lambda act, a: structs.replace(act, use=Use(a[0]), full=YES in a[1:]),
    "flow": lambda act, a: structs.replace(act, l_min=number(a[0])),
    "ordered": _sure,
    "cylinder": _cylinder,
}
"""From the act as a key began it and the answers to the act; None: it was not so after all."""
