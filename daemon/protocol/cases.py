"""A case as clients see it: what it demands, what was said of it, and what it came to."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from daemon.protocol.account import Account, Asked
from daemon.protocol.limits import Altered
from daemon.protocol.message import Message
from vitals.deeds import Said
from vitals.limits import Bound
from vitals.measure import Measure
from vitals.vocabulary import (
    Basis,
    CaseKind,
    CaseState,
    Flag,
    GapCause,
    Modality,
    Obligation,
    Phase,
    Verdict,
    Weight,
)


class Limit(Struct, frozen=True):
    """The limits of one measure in force; null where there is none.

    `lo` alarms at value < lo, `hi` at value > hi; `ext_lo` and `ext_hi` are inclusive.
    """

    measure: Measure
    lo: float | int | None
    hi: float | int | None
    ext_lo: float | int | None
    """At or below it the alarm is high (for SpO2 the desaturation limit)."""
    ext_hi: float | int | None
    changed: tuple[Bound, ...] = ()
    """Those that somebody set for this case; the others are as chosen by age."""
    extreme: tuple[Bound, ...] = ()
    """Of these, what is off or stands out as far wider than chosen by age."""


class Cell(Struct, frozen=True):
    """One modality's obligation in the running case, and whether it is met just now."""

    modality: Modality
    obligation: Obligation
    basis: Basis
    rule: str
    source: str
    met: bool | None
    """Null where the daemon cannot know and a person attests."""
    cause: GapCause | None
    """Why it is not met; null when it is."""
    origin: str = "code"
    """Why it obliges: the `code`, the `technique`, the `duration` so far, or `peer` advice."""
    approved: bool = True
    """False: the row is a proposal that nobody has approved."""
    due: bool = True
    """False: not met, and the time to attach it after the start still runs."""


class GateState(StrEnum):
    """Where one thing to make sure of stands."""

    DONE = "done"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """The daemon cannot know: a person does."""


class GateItem(Struct, frozen=True):
    """One thing to make sure of before an anaesthetic starts."""

    id: str
    """`gate.<id>` are its words."""
    state: GateState
    weight: Weight
    source: str
    detail: str = ""
    """A modality, a bed, a case number: what the words leave open."""


class Entry(Struct, frozen=True):
    """Something that was said of a case."""

    number: int
    at: str
    """When it happened."""
    entered: str
    deed: Said
    by: str
    flags: tuple[Flag, ...] = ()
    struck: bool = False
    """A later correction says that it was wrong."""
    reason: str = ""
    """Why it was entered late."""
    held: tuple[str, ...] = ()
    """In spite of what something was injected, by name."""


class Found(Struct, frozen=True):
    """What a rule says of an open block."""

    rule: str
    weight: Weight
    source: str
    approved: bool = True
    """False: it rests on a proposal that nobody has approved."""


class Ground(Struct, frozen=True):
    """One modality or rule, and what it adds to a verdict."""

    modality: Modality | None
    rule: str
    covered_s: float | None
    required_s: float | None
    why: str = ""
    """`ground.<why>` are its words."""
    phase: Phase | None = None
    """Null of what belongs to none."""
    nth: int = 0
    """Which anaesthetic or recovery of the case, from 1; 0 where there is one alone."""


class CaseVerdict(Struct, frozen=True):
    """What a case came to on one basis."""

    basis: Basis
    result: Verdict
    reasons: tuple[Ground, ...] = ()


class Case(Message, frozen=True, tag="case"):
    """A case: sent at each change of its state, its entries, its gate and its cells."""

    at: str
    """Since when the anaesthetic runs, or ran last; when it was opened, before that."""
    age_s: float
    """Seconds since then; frozen at the end of the anaesthetic."""
    case: str
    bed: str
    state: CaseState
    code: str
    """What it is held to; empty in an emergency until a code is named."""
    rules: str
    """The first twelve hexadecimal digits of the hash over the rule rows in force."""
    band: str
    """Id of the age band; its words are `band.<id>`."""
    limits_approved_by: str
    """Empty: the limits are not approved by anybody."""
    limits: tuple[Limit, ...]
    """In force just now, by where the case stands and who breathes."""
    cells: tuple[Cell, ...]
    by: str
    """The anaesthetist."""
    case_kind: CaseKind = CaseKind.ANAESTHETIC
    planned: str = ""
    """The code that it was planned with."""
    procedures: tuple[str, ...] = ()
    emergency: bool = False
    duration_code: str | None = None
    """The code that the time elapsed fits, beside the one asked for; null where none does."""
    next_s: float | None = None
    """The next elapsed time at which that may change, in s."""
    gate: tuple[GateItem, ...] = ()
    """What is made sure of before the start; empty once it has started."""
    entries: tuple[Entry, ...] = ()
    """What was said of it, in the order in which it happened."""
    verdicts: tuple[CaseVerdict, ...] = ()
    """What it came to; empty until monitoring ended."""
    quiet: bool = False
    """No number has come for so long that somebody is asked about it."""
    notices: tuple[str, ...] = ()
    """What is worth knowing and no alarm, and what is offered: `notice.<id>` are the words."""
    apnoea_s: float | None = None
    """So long without a breath is an apnoea; null where no limit was set."""
    breathless_s: float | None = None
    """Of a notice: so long no breath had come on CO2; null without one, or where none can tell."""
    findings: tuple[Found, ...] = ()
    """What the rules say of a block while it is open, holds first."""
    held: tuple[str, ...] = ()
    """In spite of what it was started, by name: a point of the start check."""
    asks: tuple[Asked, ...] = ()
    """What is to be said before its monitoring can end."""
    callable: bool | None = None
    """Whether the anaesthetist can be called at once; null while nobody has said so."""
    account: Account | None = None
    """What the verdicts rest on; null until there are any."""
    earlier: bool = False
    """Another case has taken its bed since: it is over, and not the one that lies there."""
    opened: str = ""
    """When it was opened: the day of its number. Empty from a daemon that does not say."""
    here_s: float | None = None
    """Seconds since its patient came to this bed: what was read before that is another's."""
    altered: tuple[Altered, ...] = ()
    """The limits that somebody set for it, in every profile; it ends with them."""
    band_reason: str = ""
    """Why somebody chose the band; empty where the age did."""


class Judged(Message, frozen=True, tag="verdict"):
    """What a case came to on one basis: told at its end, and again when an entry alters it."""

    at: str
    case: str
    bed: str
    basis: Basis
    result: Verdict
    reasons: tuple[Ground, ...] = ()
