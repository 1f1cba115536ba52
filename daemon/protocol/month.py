"""A month of the practice: what its anaesthetics came to, and how ready the places were."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from daemon.protocol.account import Waived
from daemon.protocol.cases import Ground
from daemon.protocol.daylist import Phrase
from daemon.protocol.message import Message
from daemon.protocol.practice import CylinderLine, Machine, PackLine, Reason, Supply
from daemon.protocol.request import Request
from vitals.practice import Readiness, Responsible
from vitals.vocabulary import Cancellation, CaseKind, Priority, Verdict

Which = Annotated[str, Meta(pattern=r"\A20[0-9]{2}-(?:0[1-9]|1[0-2])\Z")]
"""A month, as `2026-11`."""


class Monthly(Request, frozen=True, tag="month"):
    """Reckon a month from the journal, by the calendar on the wall of the clinic."""

    month: Which


class CodeCount(Struct, frozen=True):
    """How many anaesthetics or treatments were held to a service."""

    code: str
    """Empty: an emergency for which none was named."""
    cases: int


class Totals(Struct, frozen=True):
    """How many cases came to what on one basis."""

    passed: int = 0
    review: int = 0
    failed: int = 0
    open: int = 0
    """Their monitoring has not ended."""
    unjudged: int = 0
    """The rules that they were opened under are not at hand."""


class CaseLine(Struct, frozen=True):
    """One case by its number; neither age nor note of the patient is ever told."""

    case: str
    at: str
    """When its anaesthetic began, or its first injection was given."""
    code: str
    kind: CaseKind
    result: Verdict | None
    """By the contract; null: it is open, or its rules are not at hand."""
    reasons: tuple[Ground, ...] = ()
    advised: Verdict | None = None
    """By the advice of peers, apart from the contract."""
    advice: tuple[Ground, ...] = ()
    waived: tuple[Waived, ...] = ()
    """What was done without or in spite of a hold; an empty reason is still to be given."""
    open: bool = False
    emergency: bool = False
    fits: str = ""
    """The service that its duration fits, where that is another than it is held to."""
    responsible: Responsible = Responsible.ANAESTHESIOLOGIST


class Cancelled(Struct, frozen=True):
    """One that was planned and not begun."""

    day: date
    why: Cancellation | None
    """Null: another way than by a cancellation, as a block that was abandoned."""
    case: str = ""
    """Empty: it was a row of a list, and no case was opened."""
    responsible: Responsible = Responsible.ANAESTHESIOLOGIST


class Condition(Struct, frozen=True):
    """One kind of alarm at the highest priority that it reached."""

    alarm: str
    priority: Priority
    count: int
    per_hour: float | None


class Alarms(Struct, frozen=True):
    """The alarms of a month, by the hours in which patients were watched."""

    case_hours: float = 0.0
    alarms: int = 0
    per_hour: float | None = None
    """Null: nobody was watched."""
    conditions: tuple[Condition, ...] = ()


class ListRun(Struct, frozen=True):
    """One going through a checklist."""

    list: str
    label: Phrase
    target: str
    day: date | None
    begun: str
    took_s: float | None
    """Null: nobody measured it."""
    answered: int
    amiss: int
    """Rows that were not simply in order."""
    by: tuple[str, ...] = ()
    signed_by: str = ""


class PlaceDay(Struct, frozen=True):
    """How one clinic stood on a day: when its first anaesthetic began, or else at the day's end."""

    site: str
    name: str
    state: Readiness
    at: str
    begun: bool
    """An anaesthetic began there."""
    reasons: tuple[Reason, ...] = ()
    more: int = 0


class DayLine(Struct, frozen=True):
    """One day of the month."""

    day: date
    state: Readiness | None
    """The worst of its places; null: the journal does not reach there, or the day is to come."""
    cases: int = 0
    places: tuple[PlaceDay, ...] = ()
    lists: tuple[ListRun, ...] = ()


class Hole(Struct, frozen=True):
    """A time in which patients were watched and the recorder did not run."""

    begin: str
    end: str
    cases: int


class Standing(Struct, frozen=True):
    """How stock, equipment, gases and papers stood at the month's end, or stand now."""

    packs: tuple[PackLine, ...] = ()
    """Those that end within `ahead_days`, or have ended; what ends first at the top."""
    machines: tuple[Machine, ...] = ()
    """Every device that is asked something of."""
    supplies: tuple[Supply, ...] = ()
    cylinders: tuple[CylinderLine, ...] = ()
    papers: tuple[Reason, ...] = ()
    overdue: tuple[Reason, ...] = ()
    """Rows of lists without which a case was started."""
    ending: int = 0
    expired: int = 0
    """Packs, whether or not each is told of."""
    ahead_days: int = 0


class Month(Struct, frozen=True):
    """One month; of everything that is bounded, `more` says how much is not told."""

    month: str
    at: str
    """Until when the journal was read."""
    over: bool
    since: str = ""
    """When the journal begins, where that is within the month or after it; empty: before it."""
    anaesthetics: int = 0
    treatments: int = 0
    codes: tuple[CodeCount, ...] = ()
    contract: Totals = Totals()
    """Of the anaesthetics."""
    advisory: Totals = Totals()
    blocks: Totals = Totals()
    """Of the treatments, by the contract."""
    waived: int = 0
    """Cases in which something was done without, or in spite of a hold, each with its reason."""
    unexplained: int = 0
    """The same, where a reason is still to be given."""
    outside: int = 0
    """Anaesthetics whose duration fits another service: information, and no fault."""
    cases: tuple[CaseLine, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    alarms: Alarms = Alarms()
    days: tuple[DayLine, ...] = ()
    standing: Standing = Standing()
    holes: tuple[Hole, ...] = ()
    lost: int = 0
    """Events that could not be kept."""
    more: dict[str, int] = {}
    """By the name of what was cut short."""


class MonthTold(Message, frozen=True, tag="month_told"):
    """The answer to `month`."""

    id: str
    month: Month | None = None
    """Null: the journal could not be read, and `detail` says why."""
    detail: str = ""
    pending: bool = False
    """It is still being read: ask again."""
