"""The register of equipment: each device, its service and function checks, and whether it is used.

Sources: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3,
Patientsikkerhed and Følgende apparatur; AAGBI, Checking Anaesthetic Equipment (2012): the first use
after servicing is checked in full. The numbers are rows of equipment.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from checklists.devicerules import DeviceRules, ServiceRow, Trait
from checklists.entry import Entry, standing
from checklists.kinds import Kind, kind_of
from vitals.acts import Register, Restore, Serviced, Tested, Withdraw
from vitals.vocabulary import Weight


class Device(Struct, frozen=True, kw_only=True):
    """One device, by the last that was said of it."""

    name: str
    what: str
    """The id of its kind, as `defibrillator`, or what was typed where none is known."""
    make: str
    serial: str
    place: str
    """The kit or the clinic."""
    service_due: date | None
    """The last day on which its service is in time; None: it needs none."""
    serviced: date | None = None
    tested: date | None = None
    """The day of its last function check; None: there was none."""
    tested_by: str = ""
    passed: bool | None = None
    """What came of that check."""
    unchecked: bool = False
    """Serviced, and not passed a check since."""
    out: bool = False
    reason: str = ""
    """Why it is out of use, or else what was wrong at its last check."""


class Remark(Struct, frozen=True, kw_only=True):
    """One thing that is to be said of a device."""

    id: Trait
    device: Device
    weight: Weight
    """Hold or notice."""
    source: str
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    document: str = ""
    """The source without the place in it."""
    until: date | None = None
    """The last day on which its service is in time; None: it is not about that."""


def register(entries: Iterable[Entry], day: date, kinds: Sequence[Kind] = ()) -> tuple[Device, ...]:
    """Return the devices as they stand on a day, by name; what is said of a later one is left out.

    Of a device that nobody registered nothing is known. One of `kinds` is meant by any of its
    names.
    """
    devices: dict[str, Device] = {}
    for entry in standing(entries):
        name = getattr(entry.act, "device", "")
        if entry.day <= day and (after := _after(devices.get(name), entry)) is not None:
            devices[name] = after
    return tuple(_kind(one, kinds) for _, one in sorted(devices.items()))


def _kind(device: Device, kinds: Sequence[Kind]) -> Device:
    known = kind_of(kinds, device.what)
    return device if known is None else structs.replace(device, what=known.id)


def traits(device: Device, day: date, row: ServiceRow) -> tuple[Trait, ...]:
    """Return all of how a device stands on a day, the worst first; out of use is all there is."""
    if device.out:
        return (Trait.OUT,)
    due = device.service_due
    over = due is not None and due < day
    soon = due is not None and not over and due <= day + timedelta(days=row.due_days)
    seen = {
        Trait.FAILED: device.passed is False,
        Trait.UNCHECKED: device.unchecked,
        Trait.OVERDUE: over,
        Trait.DUE: soon,
    }
    return tuple(trait for trait, holds in seen.items() if holds) or (Trait.SOUND,)


def remarks(devices: Iterable[Device], day: date, rules: DeviceRules) -> tuple[Remark, ...]:
    """Return what is to be said of devices on a day, what holds first."""
    found = [
        _remark(device, trait, day, rules)
        for device in devices
        for trait in traits(device, day, rules.service)
        if trait is not Trait.SOUND
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda one: order.index(one.weight)))


def _remark(device: Device, trait: Trait, day: date, rules: DeviceRules) -> Remark:
    row = rules.concerns[trait]
    until = device.service_due if trait in (Trait.OVERDUE, Trait.DUE) else None
    late = until is not None and (day - until).days > rules.service.over_days
    ground = rules.service if late else row
    return Remark(
        id=trait,
        device=device,
        weight=Weight.HOLD if late else row.weight,
        source=str(ground.source),
        document=ground.source.document,
        approved=ground.approved,
        until=until,
    )


def _after(device: Device | None, entry: Entry) -> Device | None:
    """Return a device after something was said; None where it is of no known device."""
    if isinstance(entry.act, Register):
        return _registered(device, entry.act)
    return None if device is None else _told(device, entry)


def _told(device: Device, entry: Entry) -> Device | None:
    match entry.act:
        case Serviced():
            return _serviced(device, entry.act)
        case Tested():
            return _tested(device, entry, entry.act)
        case Withdraw(reason=reason):
            return structs.replace(device, out=True, reason=reason)
        case Restore():
            return structs.replace(device, out=False, reason="")
        case _:
            return None


def _registered(device: Device | None, act: Register) -> Device:
    """Return a device with what is known of it from now on; what was done with it stays."""
    plain = Device(
        name=act.device,
        what=act.what,
        make=act.make,
        serial=act.serial,
        place=act.place,
        service_due=act.service_due,
    )
    if device is None:
        return plain
    return structs.replace(
        plain,
        serviced=device.serviced,
        tested=device.tested,
        tested_by=device.tested_by,
        passed=device.passed,
        unchecked=device.unchecked,
        out=device.out,
        reason=device.reason,
    )


def _serviced(device: Device, act: Serviced) -> Device:
    """Return a device after a service; one entered late, with a check since, was checked."""
    newest = device.serviced is None or act.on >= device.serviced
    checked = device.tested is not None and device.tested > act.on and device.passed is True
    return structs.replace(
        device,
        serviced=act.on if newest else device.serviced,
        service_due=(act.due or device.service_due) if newest else device.service_due,
        unchecked=device.unchecked or not checked,
    )


def _tested(device: Device, entry: Entry, act: Tested) -> Device:
    checked = act.passed and (device.serviced is None or device.serviced <= entry.day)
    return structs.replace(
        device,
        tested=entry.day,
        tested_by=entry.by,
        passed=act.passed,
        unchecked=device.unchecked and not checked,
        reason=device.reason if device.out else act.reason,
    )
