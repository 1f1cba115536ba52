"""The register of equipment as clients are told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from checklists.devicerules import DeviceRules, Trait
from checklists.equipment import Device, remarks, traits
from daemon.listed import phrase
from daemon.protocol.practice import Equipment, Machine
from vitals.vocabulary import Weight

_STATES = {
    Trait.OUT: "out_of_use",
    Trait.FAILED: "failed",
    Trait.UNCHECKED: "first_use",
    Trait.OVERDUE: "service_over",
    Trait.DUE: "service_due",
    Trait.SOUND: "in_use",
}


def registered(devices: Iterable[Device], day: date, rules: DeviceRules) -> Equipment:
    """Return the message: every device, wherever it is."""
    return Equipment(tuple(_machine(one, day, rules) for one in devices))


def _machine(device: Device, day: date, rules: DeviceRules) -> Machine:
    label = rules.title(device.what)
    return Machine(
        name=device.name,
        what=device.what,
        make=device.make,
        serial=device.serial,
        place=device.place,
        state=_STATES[traits(device, day, rules.service)[0]],
        service_due=device.service_due,
        serviced_on=device.serviced,
        tested_on=device.tested,
        tested_by=device.tested_by,
        reason=device.reason,
        holds=any(one.weight is Weight.HOLD for one in remarks([device], day, rules)),
        title=phrase(label) if label else None,
    )
