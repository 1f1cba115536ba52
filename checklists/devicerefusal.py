"""What cannot be so of what is said of equipment: one line each, with how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists.devicerules import ServiceRow
from checklists.equipment import Device
from vitals.acts import Act, Register, Restore, Serviced, Tested, Withdraw
from vitals.against import Line


def device_refusal(
    devices: Sequence[Device], act: Act, row: ServiceRow, today: date
) -> Line | None:
    """Return why something cannot be so, and how to mend it; None where it can, or is of no device.

    `devices` is the register as it stands today.
    """
    match act:
        case Register():
            return _twice(devices, act) or _far(act.service_due, "service due", row, today)
        case Serviced() | Tested() | Withdraw() | Restore():
            known = next((one for one in devices if one.name == act.device), None)
            if known is None:
                return _unknown(act.device, devices)
            return _told(known, act, row, today)
        case _:
            return None


def _told(
    device: Device, act: Serviced | Tested | Withdraw | Restore, row: ServiceRow, today: date
) -> Line | None:
    match act:
        case Serviced():
            return _serviced(device, act, row, today)
        case Tested():
            return _tested(device, act)
        case Withdraw() if device.out:
            line = f"{device.name} is out of use already ({device.reason})"
            return Line.of(line, "out_already", device=device.name, reason=device.reason)
        case Restore() if not device.out:
            line = f"{device.name} is in use already"
            return Line.of(line, "in_already", device=device.name)
        case _:
            return None


def _serviced(device: Device, act: Serviced, row: ServiceRow, today: date) -> Line | None:
    if act.on > today:
        line = f"{act.on} is still to come: say when {device.name} was serviced"
        return Line.of(line, "to_come", day=act.on, device=device.name)
    if act.due is None:
        asked = device.service_due is not None
        due = f"{device.name} is serviced again and again: say when it is due next"
        line = Line.of(due, "due_asked", device=device.name)
        return _far(act.on, "service", row, today) or (line if asked else None)
    if act.due <= act.on:
        after = f"the next service, {act.due}, is not after this one, {act.on}: mend either date"
        return Line.of(after, "due_before", due=act.due, day=act.on)
    return _far(act.on, "service", row, today) or _far(act.due, "service due", row, today)


def _tested(device: Device, act: Tested) -> Line | None:
    if device.out:
        line = f"{device.name} is out of use ({device.reason}): put it in use again first"
        return Line.of(line, "out", device=device.name, reason=device.reason)
    if not act.passed and not act.reason.strip():
        line = f"{device.name} has failed its check: say what is wrong"
        return Line.of(line, "amiss", device=device.name)
    return None


def _twice(devices: Sequence[Device], act: Register) -> Line | None:
    """Return that a serial number is another device's; two makers may use the same one."""
    for one in devices:
        if one.name != act.device and _plate(one.make, one.serial) == _plate(act.make, act.serial):
            line = (
                f"{act.make} {act.serial} is registered as {one.name}: "
                "use that name, or read the serial number again"
            )
            told = {"make": act.make, "serial": act.serial}
            return Line.of(line, "registered", device=one.name, **told)
    return None


def _plate(make: str, serial: str) -> tuple[str, str]:
    return "".join(make.split()).casefold(), "".join(serial.split()).casefold()


def _far(day: date | None, what: str, row: ServiceRow, today: date) -> Line | None:
    """Return that a date is too far from today to be one."""
    if day is None or _years(today, -row.years) <= day <= _years(today, row.years):
        return None
    line = f"{what} {day} is more than {row.years} years from today: mend the date"
    return Line.of(line, "far", day=day, years=row.years)


def _years(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February the day before."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _unknown(name: str, devices: Sequence[Device]) -> Line:
    known = ", ".join(one.name for one in devices)
    expected = f"expected {known}" if known else "register it first"
    line = f"there is no device {name}: {expected}"
    if not devices:
        return Line.of(line, "no_device_yet", device=name)
    return Line.of(line, "no_device", device=name, expected=[one.name for one in devices])
