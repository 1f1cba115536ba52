"""What the journal keeps: one struct a kind. A kind this version does not know is kept as it is."""

from __future__ import annotations

import msgspec

from daemon.journal.alarming import AlarmChanged, Alarming
from daemon.journal.calls import BedCalled
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.event import Event
from daemon.journal.limiting import Limiting
from daemon.journal.practice import PracticeSaid
from daemon.journal.reach import CallableLost
from daemon.journal.recorded import Recorded
from daemon.journal.rows import Listed, Taken
from daemon.protocol.rules import RulesState
from daemon.state import Place
from monitoring.gaps import Changed
from monitoring.limits import Range
from monitoring.profiles import Profiles
from vitals.deeds import Said
from vitals.measure import Measure
from vitals.vocabulary import CaseKind, DeviceState, Flag


class DaemonStarted(Event, frozen=True, tag="daemon_started"):
    """The daemon is ready; from the last event to here nothing was recorded."""

    version: str
    rules: str


class DaemonStopped(Event, frozen=True, tag="daemon_stopped"):
    """The daemon was asked to stop."""


class RulesUnusable(Event, frozen=True, tag="rules_unusable"):
    """The daemon started with other rules than the clinic wants, because those have errors."""

    in_force: RulesState
    rules: str
    """Hash of the rule rows in force."""
    errors: tuple[str, ...]


class ListsUnusable(Event, frozen=True, tag="lists_unusable"):
    """The daemon started with other checklists and stock rows than the clinic wants: the same."""

    in_force: RulesState
    rules: str
    """Hash of the files in force."""
    errors: tuple[str, ...]


class CaseStarted(Event, frozen=True, tag="case_started"):
    """An anaesthetic was opened and began at the event's time: as the first version kept it."""

    case: str
    day: str
    serial: int
    bed: str
    code: str
    rules: str
    band: str
    two_years: bool
    limits: dict[Measure, Range]
    limits_approved_by: str
    by: str


class CaseEnded(Event, frozen=True, tag="case_ended"):
    """The anaesthetic of the bed ended at the event's time: as the first version kept it."""

    case: str
    bed: str
    by: str


class CaseOpened(Event, frozen=True, tag="case_opened"):
    """A case was planned, or an emergency begun with nothing known."""

    case: str
    day: str
    serial: int
    bed: str
    case_kind: CaseKind
    code: str
    """Empty in an emergency."""
    rules: str
    band: str
    two_years: bool | None
    limits: dict[Measure, Range]
    limits_approved_by: str
    by: str
    procedures: tuple[str, ...] = ()
    site: str = ""
    emergency: bool = False
    profiles: Profiles = Profiles()
    row: Taken | None = None
    """The row of a list that it was opened from, which is taken by that."""


class CaseEntered(Event, frozen=True, tag="case_entry"):
    """Something was said of a case; it had happened `ago_s` seconds before it was said."""

    case: str
    bed: str
    number: int
    """Its place among the entries of the case."""
    deed: Said
    ago_s: float
    by: str
    source: str = ""
    reason: str = ""
    flags: tuple[Flag, ...] = ()
    patient: str = ""
    """Of an injection that belongs to a series: the opaque key of the patient, never a number."""
    rings: bool = False
    """A call that stays open until somebody answers."""


class CaseAged(Event, frozen=True, tag="case_aged"):
    """The age became known, or was mended: as a band and the answer of the two-year rule."""

    case: str
    bed: str
    band: str
    two_years: bool
    limits: dict[Measure, Range]
    limits_approved_by: str
    by: str
    profiles: Profiles = Profiles()


class StartHeld(Event, frozen=True, tag="start_held"):
    """An anaesthetic was started in spite of these."""

    case: str
    bed: str
    holds: tuple[str, ...]
    by: str


class InjectionHeld(Event, frozen=True, tag="injection_held"):
    """An injection was given in spite of these; kept before the entry of it."""

    case: str
    bed: str
    number: int
    """Of the entry."""
    holds: tuple[str, ...]
    by: str


class CoverageChanged(Event, frozen=True, tag="coverage"):
    """A gap in what a case is watched by opened, closed or had another cause."""

    case: str
    bed: str
    change: Changed


class DurationReached(Event, frozen=True, tag="duration"):
    """An anaesthetic has lasted as long as a band of durations goes."""

    case: str
    bed: str
    minutes: int


class CaseQuiet(Event, frozen=True, tag="case_quiet"):
    """An open case has had no number for so long that somebody is asked about it."""

    case: str
    bed: str


class RecorderAlive(Event, frozen=True, tag="alive"):
    """The recorder runs while somebody is watched: what it did not keep did not happen."""


class MeasureSeen(Event, frozen=True, tag="measure_seen"):
    """A measure had its first number in this case."""

    case: str
    bed: str
    measure: Measure


class DeviceChanged(Event, frozen=True, tag="device"):
    """A device's connection changed while an anaesthetic ran at its bed."""

    bed: str
    device: str
    state: DeviceState
    reason: str


class DeviceAssigned(Event, frozen=True, tag="device_assigned"):
    """A person said where a device stands, and where it is plugged in, from now on."""

    device: str
    place: Place
    came_from: str
    """The bed where it stood until now."""
    came_off: str
    """The port where it was looked for until now."""
    by: str


class AssignmentEnded(Event, frozen=True, tag="assignment_ended"):
    """A device stands as configured again, because the configuration speaks against its place."""

    device: str
    bed: str
    """Where it stands from now on; where it was assigned, if it is no longer configured."""
    reason: str


class EventsLost(Event, frozen=True, tag="events_lost"):
    """So many events could not be kept while the journal could not be written."""

    count: int


class JournalReplaced(Event, frozen=True, tag="journal_replaced"):
    """The journal before this one was damaged and lies beside it under this name."""

    file: str


Known = (
    DaemonStarted
    | DaemonStopped
    | RulesUnusable
    | CaseStarted
    | CaseEnded
    | CaseOpened
    | CaseEntered
    | CaseAged
    | StartHeld
    | InjectionHeld
    | CoverageChanged
    | DurationReached
    | CaseQuiet
    | CallableLost
    | BedCalled
    | RecorderAlive
    | MeasureSeen
    | AlarmChanged
    | Alarming
    | Limiting
    | Recorded
    | DeviceChanged
    | DeviceAssigned
    | AssignmentEnded
    | Listed
    | PracticeSaid
    | ListsUnusable
    | EventsLost
    | JournalReplaced
    | Checkpoint
)

_DECODER: msgspec.json.Decoder[Known] = msgspec.json.Decoder(Known)


def encoded(event: Event) -> str:
    """Return the body as it is stored and hashed."""
    return msgspec.json.encode(event).decode()


def decoded(kind: str, body: str) -> Known | None:
    """Return the event of a row; None for a kind of another version, or a body altered by hand."""
    try:
        return _DECODER.decode(body) if kind in _KINDS else None
    except msgspec.DecodeError:
        return None


_KINDS = {event.kind() for event in Known.__args__}
