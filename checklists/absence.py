"""Devices without which nobody works: that none is in use, and which rows are asked for anew.

Source: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3, Følgende
apparatur. Which kinds they are, and which rows are about them, stands in equipment.toml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from checklists.days import Occasion
from checklists.devicerules import DeviceRules
from checklists.entry import Entry
from checklists.equipment import Device
from checklists.readiness import Finding, State, What
from vitals.acts import Tested, Withdraw
from vitals.practice import Responsible
from vitals.vocabulary import Weight


def absences(
    devices: Iterable[Device], places: Collection[str], rules: DeviceRules
) -> Iterator[Finding]:
    """Yield each needed kind of which the register has devices, and none in use at these places.

    `devices` is the whole register. Of a kind that nobody registered the lists alone tell.
    """
    register = tuple(devices)
    for row in rules.needed:
        kind = [one for one in register if row.meant(one.what)]
        if kind and not any(one.place in places and not one.out for one in kind):
            yield Finding(
                what=What.DEVICE,
                id=row.id,
                target=", ".join(places),
                weight=Weight.HOLD,
                state=State.MISSING,
                responsible=Responsible.ANAESTHESIOLOGIST,
                label=row.label,
                source=str(row.source),
                document=row.source.document,
                approved=row.approved,
                vital=True,
            )


def asked_anew(
    said: Iterable[Entry], devices: Iterable[Device], places: Collection[str], rules: DeviceRules
) -> Iterator[Occasion]:
    """Yield which rows are asked for anew, at each of the places where such a device belongs.

    `said` stands, `devices` is the whole register: one that went out of use, or failed its check,
    takes with it what was ticked of its kind before.
    """
    here = {one.name: one for one in devices if one.place in places}
    for entry in said:
        act = entry.act
        if not isinstance(act, Withdraw) and not (isinstance(act, Tested) and not act.passed):
            continue
        device = here.get(act.device)
        for row in rules.needed:
            if device is not None and row.meant(device.what):
                for name in row.rows:
                    yield from (
                        Occasion(name, one, entry.at, entry.day, entry.number) for one in places
                    )
