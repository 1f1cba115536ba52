"""Rows, gases and devices as findings: the one form in which readiness weighs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from msgspec import structs

from checklists.answered import row_finding
from checklists.clinic import Clinic
from checklists.devicerules import DeviceRules, Trait
from checklists.due import Due
from checklists.equipment import Device, Remark
from checklists.gasrules import GasRules, Trouble
from checklists.readiness import Finding, State, What
from checklists.scarcity import Scarcity
from vitals.practice import Responsible, Scope
from vitals.rows import Label
from vitals.vocabulary import Weight

_GASES = {
    Trouble.RESERVE_MISSING: State.MISSING,
    Trouble.MISSING: State.MISSING,
    Trouble.ABSENT: State.MISSING,
    Trouble.RECALLED: State.RECALLED,
    Trouble.RESERVE_UNREAD: State.UNCHECKED,
    Trouble.UNREAD: State.UNCHECKED,
    Trouble.UNWEIGHED: State.UNCHECKED,
    Trouble.EXPIRED: State.EXPIRED,
}
"""The others: there is less than there is to be."""
_RESERVE = {Trouble.RESERVE_MISSING, Trouble.RESERVE_UNREAD, Trouble.RESERVE_SHORT}
_DEVICES = {
    Trait.OUT: State.MISSING,
    Trait.FAILED: State.FAILED,
    Trait.UNCHECKED: State.UNCHECKED,
    Trait.OVERDUE: State.EXPIRED,
    Trait.DUE: State.ENDING,
}


def of_rows(rows: Iterable[Due], rules: DeviceRules) -> Iterator[Finding]:
    """Yield how each row stands; what is asked of a case is that case's own."""
    for one in rows:
        if one.ask.row.scope is not Scope.CASE:
            needed = rules.of_row(one.ask.id)
            yield structs.replace(row_finding(one), about=needed.id if needed else "")


def of_gases(said: Iterable[Scarcity], rules: GasRules, clinic: Clinic) -> Iterator[Finding]:
    """Yield what is to be said of gases; who orders one answers for it.

    Of a gas that is not there, or was not read, it is not said that there is little of it.
    """
    given = tuple(said)
    for one in given:
        beside = {each.id for each in given if (each.place, each.gas) == (one.place, one.gas)}
        yield Finding(
            what=What.GAS,
            id=one.gas.value,
            target=one.place,
            weight=_weight(one.weight),
            state=_stands(one, beside),
            responsible=clinic.orderer(one.gas),
            label=_gas(one, rules),
            source=one.source,
            document=one.document,
            approved=one.approved,
        )


def _stands(said: Scarcity, beside: Collection[Trouble]) -> State:
    """Return where a gas stands, by what is said of it and what else is at the same place."""
    state = _GASES.get(said.id, State.SHORT)
    if state is not State.SHORT or said.id in _RESERVE:
        return state
    if Trouble.ABSENT in beside:
        return State.MISSING
    unknown = said.value is None and Trouble.UNREAD in beside
    return State.UNCHECKED if unknown else state


def _gas(said: Scarcity, rules: GasRules) -> Label:
    """Return what a gas is called, or its reserve where it is the reserve that is missed."""
    row = rules.kept[said.gas]
    return row.reserve_label if said.id in _RESERVE else row.label


def _named(device: Device, rules: DeviceRules) -> Label:
    """Return a device by its kind, in each language, and its name."""
    kind, name = rules.title(device.what), device.name
    if kind is None:
        return Label(*(f"{device.what} {name}",) * 3)
    return Label(f"{kind.en} {name}", f"{kind.da} {name}", f"{kind.nb} {name}")


def of_devices(said: Iterable[Remark], rules: DeviceRules, clinic: Clinic) -> Iterator[Finding]:
    """Yield what is to be said of devices; for those of its rooms the clinic answers as agreed."""
    for one in said:
        name, own = one.device.name, one.device.place == clinic.code
        needed = rules.of_kind(one.device.what)
        yield Finding(
            what=What.DEVICE,
            id=name,
            target=one.device.place,
            weight=_weight(one.weight),
            state=_DEVICES[one.id],
            responsible=clinic.room if own else Responsible.ANAESTHESIOLOGIST,
            label=_named(one.device, rules),
            source=one.source,
            document=one.document,
            approved=one.approved,
            until=one.until,
            vital=needed is not None,
            about=needed.id if needed else "",
        )


def _weight(weight: Weight) -> Literal[Weight.HOLD, Weight.NOTICE]:
    return Weight.HOLD if weight is Weight.HOLD else Weight.NOTICE
