"""What the daemon tells its clients: one JSON object a line, told apart by `kind`.

Readers ignore fields they do not know. Every `at` is RFC 3339 UTC with milliseconds; every `age_s`
was true when the line was sent, so that a client ages it by its own monotonic clock alone.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from daemon.protocol.alarms import AlarmState, Sounding
from daemon.protocol.because import Because
from daemon.protocol.cases import Case, Judged
from daemon.protocol.daylist import BadLine, DayList
from daemon.protocol.found import Found
from daemon.protocol.message import Message
from daemon.protocol.practice import PracticeMessage, PracticeState
from daemon.protocol.rules import RulesState
from daemon.protocol.sound import SoundState
from daemon.protocol.telemetry import Telemetry
from vitals.against import Against
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Note, Origin, Quality
from vitals.vocabulary import DeviceState, Fault, Flag, Priority, SignalState

PROTOCOL = 1
"""Raised when a client of the last number could no longer understand the daemon."""


class Hello(Message, frozen=True, tag="hello"):
    """The first line of a connection."""

    protocol: int
    version: str
    site: str
    beds: tuple[str, ...]
    at: str
    rules: str = ""
    """The first twelve hexadecimal digits of the hash over the rule rows in force."""
    rules_state: RulesState = RulesState.IN_ORDER


class Reading(Message, frozen=True, tag="reading"):
    """The newest value of one measure from one device."""

    at: str
    age_s: float
    bed: str
    device: str
    measure: Measure
    value: float | int | None
    unit: str
    quality: Quality
    origin: Origin
    fresh_s: float
    """Current up to this age, then shown as old."""
    stale_s: float
    """No longer shown beyond this age."""
    agent: Agent | None = None
    site: str | None = None
    """Which of several values of this measure, as in O2, N2O, air."""
    live: bool = True
    """False: of one moment, a spot check or what a monitor remembers; shown with its age, apart
    from what is watched, and held to no requirement."""


class Wave(Message, frozen=True, tag="wave"):
    """Samples that followed each other without a gap; the last was received at `at`."""

    at: str
    bed: str
    device: str
    channel: Channel
    rate_hz: float
    unit: str
    origin: Origin
    samples: tuple[float | int | None, ...]


class Device(Message, frozen=True, tag="device"):
    """Where a device and its connection stand; sent when that changes and every second.

    A device stands at one bed: what was told of it at another is no longer so.
    """

    at: str
    """Since when it has been in this state."""
    age_s: float | None
    """Seconds since its last good frame; null before the first."""
    bed: str
    name: str
    protocol: str
    origin: Origin
    state: DeviceState
    reason: str
    """Why it cannot be read, in one English line for a technician; empty when all is well."""
    notes: tuple[Note, ...]
    """What the device says of itself just now; `note.<id>` are the words."""
    checked: bool
    """Whether its frames carry a check; without one a wrong plausible number can show."""
    frames: int
    bad_frames: int
    discarded_bytes: int
    port: str = ""
    """Where it is looked for just now."""
    fault: Fault | None = None
    """What `reason` says, for a program; `fault.<id>` are its words. Null when all is well."""


class Alarm(Message, frozen=True, tag="alarm"):
    """An alarm: its onset, each change, and its end."""

    at: str
    age_s: float
    """Seconds since its onset."""
    id: str
    bed: str
    device: str | None
    state: AlarmState
    signal: SignalState
    priority: Priority
    measure: Measure | None
    value: float | int | None
    limit: float | int | None


class Event(Message, frozen=True, tag="event"):
    """A line for the last events; `event` names it (`event.<event>` are its words)."""

    at: str
    bed: str
    event: str
    device: str | None = None
    alarm: str | None = None
    priority: Priority | None = None
    measure: Measure | None = None
    value: float | int | None = None
    by: str | None = None
    state: DeviceState | None = None
    came_from: str | None = None
    """The bed where a device that was moved stood."""
    moved_to: str | None = None
    """The bed where it stands now."""
    case: str | None = None
    detail: str = ""
    """What was said, where the event is an entry of a case: `airway`, `3023`, initials."""
    ago_s: float = 0.0
    """So long before `at` it happened."""
    flags: tuple[Flag, ...] = ()
    """Of an entry of a case that was taken all the same."""


class Snapshot(Message, frozen=True, tag="snapshot"):
    """Everything that is so at this moment; replaces whatever the client held."""

    at: str
    devices: tuple[Device, ...]
    readings: tuple[Reading, ...]
    cases: tuple[Case, ...]
    alarms: tuple[Alarm, ...]
    events: tuple[Event, ...]
    lists: tuple[DayList, ...] = ()
    """The lists of every day that is kept, the earliest first."""
    day: date | None = None
    """Today, by the daemon's calendar."""
    soundings: tuple[Sounding, ...] = ()
    practice: tuple[PracticeState, ...] = ()


class JournalState(StrEnum):
    """Whether the record is being kept."""

    RECORDING = "recording"
    LATE = "late"
    FAILING = "failing"


class Beat(Message, frozen=True, tag="beat"):
    """The daemon lives: once a second, whatever else is sent."""

    at: str
    journal: JournalState
    dropped: int
    """Messages not sent to clients that were cut off for being slow."""
    sound: SoundState = SoundState.ON


class Result(StrEnum):
    """What became of a command."""

    RECORDED = "recorded"
    IN_EFFECT = "in_effect"
    """It holds, and is not yet on disk."""
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a command was refused; `refusal.<id>` are its words."""

    UNKNOWN_BED = "unknown_bed"
    UNKNOWN_INITIALS = "unknown_initials"
    UNKNOWN_CODE = "unknown_code"
    WITHDRAWN_CODE = "withdrawn_code"
    CODE_NOT_ALONE = "code_not_alone"
    """It goes with an anaesthetic, which is what is started."""
    NO_ANAESTHETIC = "no_anaesthetic"
    """A treatment or a phase: no anaesthetic is started with it."""
    UNKNOWN_ALARM = "unknown_alarm"
    UNKNOWN_DEVICE = "unknown_device"
    PORT_IN_USE = "port_in_use"
    NO_PORT = "no_port"
    BAD_AGE = "bad_age"
    CASE_RUNNING = "case_running"
    NO_CASE = "no_case"
    NO_CALL = "no_call"
    UNKNOWN_CASE = "unknown_case"
    HELD = "held"
    """Something is to be made sure of first; starting anyway is one key."""
    WRONG_MOMENT = "wrong_moment"
    """It does not follow from where the case stands."""
    BAD_TIME = "bad_time"
    BAD_NUMBER = "bad_number"
    REASON_MISSING = "reason_missing"
    WORDS_MISSING = "words_missing"
    NO_SIGNER = "no_signer"
    """Neither an anaesthesiologist nor whom the patient was handed to."""
    WRONG_ROLE = "wrong_role"
    """It is for others of the practice to say, or not to be given to whom it names."""
    AMBIGUOUS = "ambiguous"
    """The procedures alone do not decide the code."""
    BAD_DAY = "bad_day"
    """The list of a day that has been, or is far ahead."""
    WRONG_ROW = "wrong_row"
    """The list has no such row, or it does not wait."""
    BAD_LINES = "bad_lines"
    """What was typed or pasted cannot become rows."""
    LIST_FULL = "list_full"
    BAD_LIMIT = "bad_limit"
    """No such limit is watched, or it cannot stand beside the others."""
    UNCONFIRMED = "unconfirmed"
    """Odd, and may be so, as a limit far wider than by age: it wants a second confirmation."""
    BAD_BAND = "bad_band"
    BAD_ACT = "bad_act"
    """What is said of the practice cannot be so: the detail says why, and the way on."""
    PIN_ASKED = "pin_asked"
    PIN_WRONG = "pin_wrong"
    PIN_LOCKED = "pin_locked"
    PIN_UNSET = "pin_unset"
    SHOWN_ONLY = "shown_only"
    NOT_UNDERSTOOD = "not_understood"


class Answer(Message, frozen=True, tag="answer"):
    """The answer to the command with the same `id`."""

    id: str
    result: Result
    reason: Refusal | None = None
    detail: str = ""
    """What was wrong, in one English line, for a command typed by a technician."""
    case: str | None = None
    lines: tuple[BadLine, ...] = ()
    """Of what was typed or pasted: every line that cannot be taken."""
    rows: tuple[int, ...] = ()
    """The rows that were put on a list or taken; or the number of the entry that an act is now."""
    flags: tuple[Flag, ...] = ()
    """Of an entry that was taken all the same: what is to be seen of it; `detail` says why."""
    holds: tuple[str, ...] = ()
    """What holds it, or will hold what was planned, by name: points of the start check, rules."""
    sources: tuple[str, ...] = ()
    """Of each of `holds`, in the same order: documents and places."""
    became: str = ""
    """The word of the entry that an emergency start became: `begin`, `resume` or `call`."""
    because: Because | None = None
    """What a refusal rests on, where a screen is to say it; null where its reason says all."""
    against: Against | None = None
    """What speaks against what was said of the practice, with the names of rows and of places."""


Outgoing = (
    Hello
    | Snapshot
    | Reading
    | Wave
    | Device
    | Alarm
    | Sounding
    | Case
    | Judged
    | DayList
    | Event
    | Beat
    | Answer
    | Found
    | PracticeMessage
    | Telemetry
)
