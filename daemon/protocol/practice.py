"""Checklists, stock, gases and equipment: what clients see of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from daemon.protocol.daylist import Phrase
from daemon.protocol.message import Message
from daemon.protocol.naming import Named
from daemon.protocol.procedures import Procedures
from daemon.protocol.row import ListRow
from daemon.protocol.spent import Spent
from vitals.practice import Country, Gas, Readiness, Responsible, Use, Ware
from vitals.vocabulary import Weight


class Scanning(Message, frozen=True, tag="scanned"):
    """What a code says, shown before anything is stored; null fields where it was refused."""

    id: str
    """Of the request."""
    gtin: str = ""
    lot: str = ""
    expires: date | None = None
    once: str = ""
    item: str = ""
    """Of the row of supplies, or the name that the GTIN had last; empty: not known yet."""
    atc: str = ""
    ware: Ware | None = None
    pack: int | None = None
    """The pack that this one already is."""
    refused: str = ""
    """Why it cannot be used, by name; `scan.<refused>` are its words."""
    detail: str = ""
    """The same and the way on, in one English line."""


class Reason(Struct, frozen=True):
    """One thing that keeps a place from being ready, or is to be known."""

    what: str
    """`row`, `pack`, `supply`, `gas`, `device`, `person` or `plan`."""
    id: str
    target: str
    weight: Weight
    state: str
    """As `due`, `failed`, `expired`, `short`, `not_read`; `ready.<state>` are its words."""
    responsible: Responsible
    label: Phrase
    source: str
    until: date | None = None
    """The day on which it begins, ends or ended."""
    until_at: str = ""
    """When on that day in RFC 3339, where a clock ends it; empty: with the day."""
    document: str = ""
    """The documents of the source, as they are called; empty: an older daemon does not say."""
    approved: bool = True
    """False: it rests on a proposal that nobody has approved."""

    def holds(self, day: date) -> bool:
        """Tell whether it closes the place on a day; what is in order until then does not."""
        sound = self.state in ("sound", "ending") and (self.until is None or day <= self.until)
        return self.weight is Weight.HOLD and not sound


class Site(Struct, frozen=True):
    """A clinic where the practice works."""

    code: str
    name: str
    beds: tuple[str, ...] = ()
    gases: tuple[Gas, ...] = ()
    kits: tuple[str, ...] = ()
    """That are there when it is chosen."""
    country: Country = Country.DENMARK
    phone: str = ""


class Clinic(Message, frozen=True, tag="clinic"):
    """Where the work is, how ready that place is, and why."""

    day: date
    chosen: str
    """The code of the clinic of the day; empty: nobody has said."""
    offered: str
    """The code of the last one."""
    sites: tuple[Site, ...]
    readiness: Readiness
    reasons: tuple[Reason, ...]
    """The worst first."""
    staff: tuple[str, ...] = ()
    """Initials of the day."""
    pins: tuple[str, ...] = ()
    """Initials of those who sign with a PIN."""
    name: str = ""
    """Of the clinic of the day; empty: none is chosen."""

    @property
    def holding(self) -> tuple[Reason, ...]:
        """Return the reasons that close the place, the worst first; the others are remarks."""
        return tuple(one for one in self.reasons if one.holds(self.day))


class Checklist(Message, frozen=True, tag="checklist"):
    """One checklist for one target, as it stands; replaces what was told of it."""

    id: str
    target: str
    label: Phrase
    groups: tuple[str, ...]
    rows: tuple[ListRow, ...]
    """None: the list is not of here and now any more."""
    titles: tuple[Phrase, ...] = ()
    """Of each of `groups`, in the same order."""
    signed_by: str = ""
    signed_at: str = ""
    took_s: float | None = None
    """From the first group shown to the last confirmed, by the screens' own clocks."""
    awaits: tuple[str, ...] = ()
    """Ids of the rows that stand in the way of a signature: without an answer, or not in order."""

    @property
    def asked(self) -> tuple[ListRow, ...]:
        """Return the rows that are asked for on this day, answered or not."""
        return tuple(row for row in self.rows if row.asked)

    @property
    def answered(self) -> int:
        """Return how many of those were answered: what failed was."""
        return sum(not row.open for row in self.asked)

    @property
    def failed(self) -> int:
        """Return how many of those are not in order."""
        return sum(row.state == "failed" for row in self.asked)


class PackLine(Struct, frozen=True):
    """One pack, or one part of it: what is opened, or out of the refrigerator, has its own line."""

    pack: int
    item: str
    label: str
    ware: Ware
    atc: str
    lot: str
    expires: date
    until: date
    """The last day on which it may be used, with what was opened or warmed."""
    quantity: int
    place: str
    status: str
    """`ok`, `due`, `order`, `expired`, `opened_expired`, `warm_expired`, `recalled`."""
    first: bool = False
    opened_at: str = ""
    warm_since: str = ""
    title: Phrase | None = None
    until_at: str = ""
    """When on the day `until` in RFC 3339, where a clock ends it; empty: with the day."""


class Shortage(Struct, frozen=True):
    """A supply of which less is there than is to be."""

    item: str
    label: Phrase
    place: str
    there: int
    least: int
    hold: bool
    source: str


class Stock(Message, frozen=True, tag="stock"):
    """Every pack that is not used up, what expires first at the top; what is short; the spent."""

    packs: tuple[PackLine, ...]
    short: tuple[Shortage, ...]
    spent: tuple[Spent, ...] = ()
    rows: tuple[Named, ...] = ()
    """Of the minimum stock: what a pack may be taken in under."""


class CylinderLine(Struct, frozen=True):
    """One cylinder."""

    name: str
    gas: Gas
    place: str
    use: Use
    capacity_l: float
    bar: float | None
    kg: float | None
    litres: float | None
    estimated: bool
    """By what has flowed, not by a reading."""
    read_at: str
    """RFC 3339; empty: never."""
    today: bool
    live: bool = False
    weighed: bool | None = None
    """Whether it ever was; null: its pressure tells what is in it."""
    liquid_gone: bool = False
    lot: str = ""
    expires: date | None = None
    expired: bool = False
    recalled: bool = False


class Supply(Struct, frozen=True):
    """One gas at one place."""

    gas: Gas
    place: str
    litres: float | None
    flow_l_min: float | None
    now_min: float | None
    """Minutes at the flow that is set."""
    day_min: float | None
    """Minutes left beside what the list of the day will need."""
    minutes: float | None
    """The smaller."""
    reserve: bool | None
    """Whether a full reserve was seen today; null: none is asked for."""
    state: str
    """`ok`, `notice`, `order`, `unweighed`, `liquid_gone`, `expired`, `not_read`, `soon`,
    `no_reserve`, `hold`, `recalled`, `none`; `gas.<state>` are its words."""
    orders: Responsible
    wanted: bool = False
    """It is to be ordered, or was and has not come."""
    ordered_at: str = ""
    cases: float | None = None
    """For about so many anaesthetics."""
    estimated: bool = False
    """What is left is worked out from what flowed, or from what was said: not measured just so."""
    holds: bool = False
    """The next case waits for it."""
    spare: str = ""
    """The reserve: `missing`, `unread`, `partial`, `short`, `full`; `reserve.<spare>`. Empty: none
    is asked for, or an older daemon does not say."""
    spare_l: float | None = None
    """In the full cylinders of the reserve; null: none is."""
    least_l: float | None = None
    """Kept there for an emergency."""


class Gases(Message, frozen=True, tag="gases"):
    """The gases where the work is."""

    cylinders: tuple[CylinderLine, ...]
    supplies: tuple[Supply, ...]


class Machine(Struct, frozen=True):
    """One device of the register."""

    name: str
    what: str
    make: str
    serial: str
    place: str
    state: str
    """`in_use`, `out_of_use`, `first_use`, `service_due`, `service_over`; `machine.<state>`."""
    service_due: date | None
    serviced_on: date | None
    tested_on: date | None
    tested_by: str = ""
    reason: str = ""
    holds: bool = False
    """The next case waits for it."""
    title: Phrase | None = None
    """What kind it is; null: one that only its own name is known of."""


class Equipment(Message, frozen=True, tag="equipment"):
    """Every device of the register."""

    machines: tuple[Machine, ...]


PracticeState = Clinic | Checklist | Stock | Gases | Equipment
PracticeMessage = PracticeState | Scanning | Procedures
