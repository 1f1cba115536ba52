"""What people say they did with checklists, stock, gases and equipment; kept as it was said.

Nothing said is ever deleted: what was wrong is countered, and both stay to be read. Sources of the
words: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from vitals.deed import Line, Remark
from vitals.practice import Gas, Outcome, Use, Ware

Name = Annotated[str, Meta(pattern=r"\A(?=.*\S)[^\x00-\x1f\x7f]{1,32}\Z")]
"""Of a list, a row, a place, a lot, a device or a cylinder; never blanks alone."""
Rows = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=60)]
Count = Annotated[int, Meta(ge=0, le=10_000)]
"""Of what is counted: packs, ampoules, pieces."""
Some = Annotated[int, Meta(ge=1, le=10_000)]
Pack = Annotated[int, Meta(ge=1)]
"""The number of the entry that took the pack in."""
Bar = Annotated[float, Meta(ge=0, le=300)]
Kilograms = Annotated[float, Meta(gt=0, le=200)]
Atc = Annotated[str, Meta(pattern=r"\A[A-Z0-9]{0,7}\Z")]
"""WHO ATC as it was typed, or empty; whether it is one, the table of codes tells."""
Digest = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{16})?\Z")]


class Act(Struct, frozen=True, tag_field="do"):
    """Anything that is said of the practice, and not of a case."""

    @classmethod
    def name(cls) -> str:
        """Return the word by which it is kept and shown."""
        return str(cls.__struct_config__.tag)


class ChooseClinic(Act, frozen=True, tag="clinic"):
    """From now on the work is at this clinic, by its code; it may change at noon."""

    site: Name


class Mark(Act, frozen=True, tag="mark"):
    """Rows of a list were looked at, all with one outcome; several as a group shown whole."""

    list: Name
    rows: Rows
    target: Name
    """Which kit, site, device, person or case the rows are about."""
    outcome: Outcome = Outcome.DONE
    reason: Remark = ""
    """Asked for unless it is done."""
    took_s: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    """From when the group was shown until it was confirmed."""


class Sign(Act, frozen=True, tag="sign"):
    """A run of a list is over, by who says so."""

    list: Name
    target: Name


class Receive(Act, frozen=True, tag="receive"):
    """A pack is taken in: what is on its label."""

    item: Name
    """The id of a row of the minimum stock, or any other name."""
    ware: Ware
    lot: Name
    expires: date
    """The last day on which it may be used."""
    quantity: Some
    place: Name
    atc: Atc = ""
    gtin: Annotated[str, Meta(pattern=r"\A(?:[0-9]{14})?\Z")] = ""
    once: Digest = ""
    """A digest of the pack's own serial number, by which it is known again; not the number."""
    again: bool = False
    """What was asked back is so: another one like it came, or its code is the one that is meant."""


class Recount(Act, frozen=True, tag="count"):
    """So much of a pack is there."""

    pack: Pack
    quantity: Count


class Take(Act, frozen=True, tag="take"):
    """So much of a pack was used."""

    pack: Pack
    quantity: Some


class Discard(Act, frozen=True, tag="discard"):
    """So much of a pack was thrown away."""

    pack: Pack
    quantity: Some
    reason: Line


class Shift(Act, frozen=True, tag="shift"):
    """A pack lies at another place."""

    pack: Pack
    place: Name


class Unseal(Act, frozen=True, tag="open"):
    """So much of a pack was opened: from now on its second, shorter time runs."""

    pack: Pack
    quantity: Some | None = None
    """None: the whole of it."""


class Warm(Act, frozen=True, tag="warm"):
    """So much of a pack was taken out of the refrigerator; it is not put back silently."""

    pack: Pack
    quantity: Some | None = None
    """None: the whole of it."""


class Recall(Act, frozen=True, tag="recall"):
    """A lot is recalled: none of it is used."""

    lot: Name
    reason: Line


class Register(Act, frozen=True, tag="register"):
    """A device is there, or what is known of it is this from now on."""

    device: Name
    what: Name
    """Its kind, as `defibrillator`."""
    make: Name
    serial: Name
    place: Name
    service_due: date | None = None
    """None: it needs none."""


class Serviced(Act, frozen=True, tag="serviced"):
    """A device was serviced: its first use afterwards is checked in full."""

    device: Name
    on: date
    due: date | None = None
    """When it is due again."""


class Tested(Act, frozen=True, tag="tested"):
    """A device's function was checked."""

    device: Name
    passed: bool = True
    reason: Remark = ""


class Withdraw(Act, frozen=True, tag="withdraw"):
    """A device is out of use."""

    device: Name
    reason: Line


class Restore(Act, frozen=True, tag="restore"):
    """A device is in use again."""

    device: Name


class Cylinder(Act, frozen=True, tag="cylinder"):
    """A cylinder is there: what is on its label."""

    cylinder: Name
    gas: Gas
    capacity_l: Annotated[float, Meta(ge=0.3, le=100)]
    """Water capacity."""
    fill_bar: Annotated[float, Meta(ge=1, le=300)]
    place: Name
    use: Use | None = None
    """None: as it was, and in reserve where it comes."""
    tare_kg: Kilograms | None = None
    lot: Remark = ""
    expires: date | None = None
    again: bool = False
    """What was asked back is so: another cylinder of that name came."""
    full: bool = False
    """It is full, as who connects it says: of a gas whose pressure does not tell."""


class Gauge(Act, frozen=True, tag="gauge"):
    """A pressure was read off a cylinder."""

    cylinder: Name
    bar: Bar


class Weigh(Act, frozen=True, tag="weigh"):
    """A cylinder was weighed, whole."""

    cylinder: Name
    kg: Kilograms


class Connect(Act, frozen=True, tag="connect"):
    """What a cylinder is there for from now on."""

    cylinder: Name
    use: Use
    full: bool = False
    """It is full, as who connects it says: of a gas whose pressure does not tell."""


class Flow(Act, frozen=True, tag="flow"):
    """So much of a gas flows at a place from now on, in l/min; 0: none."""

    gas: Gas
    place: Name
    l_min: Annotated[float, Meta(ge=0, le=60)]


class OrderGas(Act, frozen=True, tag="order"):
    """A gas was ordered for a place."""

    gas: Gas
    place: Name


class Counter(Act, frozen=True, tag="counter"):
    """What an earlier entry says was not so."""

    entry: Pack
    reason: Line


Done = (
    ChooseClinic
    | Mark
    | Sign
    | Receive
    | Recount
    | Take
    | Discard
    | Shift
    | Unseal
    | Warm
    | Recall
    | Register
    | Serviced
    | Tested
    | Withdraw
    | Restore
    | Cylinder
    | Gauge
    | Weigh
    | Connect
    | Flow
    | OrderGas
    | Counter
)
