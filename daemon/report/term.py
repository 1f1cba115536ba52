"""The pages of a period: a month or any days, from the journal and the lists in force."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from daemon.protocol.daylist import Phrase
from daemon.protocol.month import Month
from daemon.protocol.practice import Machine, PackLine
from vitals.practice import Gas, Outcome, Responsible
from vitals.vocabulary import Airway, Cancellation, Technique


class Performed(Struct, frozen=True):
    """How many cases one anaesthetist had of one service and set of procedures."""

    by: str
    code: str
    procedures: tuple[str, ...]
    drug: str
    """Empty: what was injected is written freely."""
    cases: int
    responsible: Responsible = Responsible.ANAESTHESIOLOGIST


class Checked(Struct, frozen=True):
    """One row of a checklist over the days: how often it was answered how, and missed."""

    list: str
    title: Phrase
    """Of the list."""
    row: str
    label: Phrase
    target: str
    responsible: Responsible
    source: str
    done: int
    failed: int
    not_applicable: int
    overdue: bool
    """A case was begun without it, and it is still to be done."""


class Answered(Struct, frozen=True):
    """One answer to a row about the defibrillator."""

    at: str
    row: str
    label: Phrase
    target: str
    outcome: Outcome
    by: str
    responsible: Responsible
    reason: str = ""


class Flow(Struct, frozen=True):
    """What became of one gas at one place."""

    gas: Gas
    place: str
    used_l: float | None
    """By the readings and weights of one cylinder after the other; null where there are no two."""
    readings: int
    orders: int
    """Times that it was ordered."""
    received: int
    """Cylinders that came."""
    responsible: Responsible


class Paper(Struct, frozen=True):
    """What a person or the practice has on paper, or should."""

    who: str
    """Initials; empty: the practice."""
    id: str
    label: Phrase
    until: date | None
    """Null: it does not end, or is not there."""
    state: str
    """`sound`, `ending`, `ended`, `missing`."""
    responsible: Responsible
    source: str


class Pack(Struct, frozen=True):
    """A pack that ended in the period or ends soon, and what became of it."""

    line: PackLine
    responsible: Responsible


class Device(Struct, frozen=True):
    """One device of the register."""

    machine: Machine
    responsible: Responsible


class National(Struct, frozen=True):
    """What the national anaesthesia database asks of an anaesthetic; null: nobody said so."""

    case: str
    date: date
    code: str | None
    procedures: tuple[str, ...] | None
    asa: int | None
    band: str | None
    """Of the age, which is kept nowhere."""
    technique: tuple[Technique, ...] | None
    """Each way in which the patient slept once, in their order."""
    airway: tuple[Airway, ...] | None
    """What kept the airway, each once; `none` where somebody said that nothing did."""
    emergency: bool
    anaesthesia_min: int | None
    """Whole minutes of all anaesthetics of the case; null: there was none, or one goes on."""
    recovery_min: int | None
    transfer: bool | None
    """To hospital; null: the case is open."""
    begun: bool
    cancelled: Cancellation | None
    """Why nothing was begun."""
    responsible: Responsible = Responsible.ANAESTHESIOLOGIST


class Term(Struct, frozen=True):
    """What the days came to."""

    first: date
    last: date
    """With it."""
    sums: Month
    """Cases, verdicts, days, alarms, waivers and downtime; nothing of it is cut short here."""
    performed: tuple[Performed, ...] = ()
    checked: tuple[Checked, ...] = ()
    defibrillator: tuple[Answered, ...] = ()
    flows: tuple[Flow, ...] = ()
    papers: tuple[Paper, ...] = ()
    packs: tuple[Pack, ...] = ()
    devices: tuple[Device, ...] = ()
    national: tuple[National, ...] = ()
