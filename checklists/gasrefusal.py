"""What speaks against what is said of gases: one line each, with how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from checklists.cylinder import ContentError, compressed_l, liquid_gone, weighed_l
from checklists.gasrules import Compressed, GasRules, Kept, Liquefied
from checklists.label import differing
from checklists.ledger import Bottle, Stores
from vitals.acts import Act, Connect, Cylinder, Flow, Gauge, Weigh
from vitals.against import Line
from vitals.practice import Use


def gas_refusal(stores: Stores, act: Act, rules: GasRules, now: datetime) -> Line | None:
    """Return why something cannot be so, and how to mend it; None where it can, or is of no gas.

    `stores` is what stands where at `now`, whose time zone is the clinic's.
    """
    match act:
        case Cylinder():
            return _unfit(act, rules, now.date())
        case Gauge() | Weigh() | Connect():
            known = _bottle(stores, act.cylinder)
            return _said(known, act, rules) if known else _unknown(act.cylinder, stores)
        case Flow(gas=gas, place=place):
            return _nowhere(rules.kept[gas], place, stores)
        case _:
            return None


def gas_doubt(stores: Stores, act: Act) -> Line | None:
    """Return what is asked back once of a label unlike the one that is known; None: nothing."""
    if not isinstance(act, Cylinder) or act.again:
        return None
    known = _bottle(stores, act.cylinder)
    if known is None or known.use is Use.EMPTY:
        return None
    told = [f"{name} {old}, and {new} here" for name, old, new in differing(known.label, act)]
    if not told:
        return None
    line = (
        f"{act.cylinder} is entered as: {'; '.join(told)}: read the label, and counter the entry "
        "if that was wrong; if another cylinder came, say it with again"
    )
    return Line.of(line, "relabelled", cylinder=act.cylinder)


def _said(bottle: Bottle, act: Gauge | Weigh | Connect, rules: GasRules) -> Line | None:
    """Return what speaks against what is said of a cylinder that is known."""
    if not isinstance(act, Connect):
        return _read(bottle, act, rules)
    return _full(bottle.label, rules) if act.full else None


def _full(label: Cylinder, rules: GasRules) -> Line | None:
    """Return that a cylinder is read whose pressure tells what is in it."""
    row = rules.kept[label.gas]
    if isinstance(row, Liquefied):
        return None
    line = f"{label.cylinder} holds {row.label.en}, whose gauge says whether it is full: read it"
    return Line.of(line, "gauged", cylinder=label.cylinder, gas=row.label)


def _unfit(label: Cylinder, rules: GasRules, day: date) -> Line | None:
    """Return that an expiry is too far from today to be one; what has expired is told of."""
    years = rules.label.years
    if label.expires is None or abs(label.expires.year - day.year) <= years:
        return _full(label, rules) if label.full else None
    line = (
        f"{label.expires} is no expiry of {label.cylinder}, more than {years} years from today: "
        "read its label again"
    )
    return Line.of(line, "no_expiry", day=label.expires, years=years)


def _read(bottle: Bottle, act: Gauge | Weigh, rules: GasRules) -> Line | None:
    label, row = bottle.label, rules.kept[bottle.label.gas]
    try:
        match act, row:
            case Gauge(bar=bar), Compressed():
                compressed_l(label, bar, row)
            case Gauge(bar=bar), Liquefied():
                liquid_gone(label, bar, row)
            case Weigh(kg=kg), Liquefied():
                weighed_l(label, kg, row)
            case _:
                what = f"{label.cylinder} holds {row.label.en}"
                line = f"{what}, which is not weighed: read its gauge"
                return Line.of(line, "not_weighed", cylinder=label.cylinder, gas=row.label)
    except ContentError as error:
        return error.line
    return None


def _nowhere(row: Kept, place: str, stores: Stores) -> Line | None:
    """Return that no cylinder of a gas stands at a place, with where one does."""
    places = [one.label.place for one in stores.bottles if one.label.gas is row.gas]
    if place in places:
        return None
    line = f"no cylinder of {row.label.en} stands at {place}: {_expected(places)}"
    if not places:
        return Line.of(line, "no_gas_yet", gas=row.label)
    return Line.of(line, "no_gas", gas=row.label, place=place, expected=sorted(set(places)))


def _unknown(cylinder: str, stores: Stores) -> Line:
    names = [one.label.cylinder for one in stores.bottles]
    line = f"there is no cylinder {cylinder}: {_expected(names)}"
    if not names:
        return Line.of(line, "no_cylinder_yet", cylinder=cylinder)
    return Line.of(line, "no_cylinder", cylinder=cylinder, expected=sorted(set(names)))


def _expected(names: Iterable[str]) -> str:
    known = ", ".join(sorted(set(names)))
    return f"expected {known}" if known else "enter the label of one first"


def _bottle(stores: Stores, cylinder: str) -> Bottle | None:
    return next((one for one in stores.bottles if one.label.cylinder == cylinder), None)
