"""What the daemon has said, kept as it was said: pure, and never the only copy of anything."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from daemon.protocol.alarms import AlarmState, Sounding
from daemon.protocol.cases import Case
from daemon.protocol.lately import keep
from daemon.protocol.messages import (
    Alarm,
    Beat,
    Device,
    Event,
    Hello,
    JournalState,
    Outgoing,
    Reading,
    Snapshot,
)
from daemon.protocol.sound import SoundState
from daemon.protocol.telemetry import Telemetry
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseState, SignalState

EVENTS_KEPT = 32
WATCHED = frozenset(
    {CaseState.ANAESTHESIA, CaseState.ENDED, CaseState.RECOVERY, CaseState.LATE_RECOVERY}
)
"""States in which the daemon holds the patient's monitors to the rules and tells alarms."""


class Aged(Protocol):
    """A message whose `age_s` was true when it was sent."""

    @property
    def age_s(self) -> float | None:
        """Return the age in s at sending; None before the first."""
        ...


M = TypeVar("M", bound=Aged)


@dataclass(frozen=True, slots=True)
class Held(Generic[M]):
    """A message and the moment of its arrival."""

    message: M
    arrived: Instant

    def age_s(self, now: Instant) -> float | None:
        """Return its age in s on this machine's monotonic clock alone."""
        if self.message.age_s is None:
            return None
        return self.message.age_s + now.seconds_since(self.arrived)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of the sound of a bed, and the moment of its arrival."""

    message: Sounding
    arrived: Instant


@dataclass(slots=True)
class Bed:
    """One bed as the daemon last told of it."""

    readings: dict[tuple[str, Measure, str | None], Held[Reading]] = field(default_factory=dict)
    numbers: dict[tuple[str, Measure], Held[Reading]] = field(default_factory=dict)
    """The last live reading that had a number; it stays when readings without one follow."""
    devices: dict[str, Held[Device]] = field(default_factory=dict)
    alarms: dict[tuple[str, str | None], Held[Alarm]] = field(default_factory=dict)
    case: Held[Case] | None = None
    sounding: Heard | None = None
    events: deque[Event] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))


class Mirror:
    """Every bed of one daemon."""

    def __init__(self) -> None:
        self.hello: Hello | None = None
        self.complete = False
        """Whether a snapshot has come since the last hello."""
        self.journal: JournalState | None = None
        self.sound: SoundState | None = None
        """Whether an alarm would be heard where the daemon runs; None before it has said so."""
        self.telemetry: Telemetry | None = None
        """How the streams to servers stand; None before the daemon has said so."""
        self.heard: Instant | None = None
        """When the last message of any kind arrived."""
        self._beds: dict[str, Bed] = {}

    def bed(self, name: str) -> Bed:
        """Return the bed `name`; an empty one when nothing was said of it."""
        return self._beds.get(name, Bed())

    @property
    def equipped(self) -> bool:
        """Tell whether there is a monitor at any bed."""
        return any(bed.devices for bed in self._beds.values())

    def apply(self, message: Outgoing, now: Instant) -> None:
        """Take one message that arrived at `now`."""
        self.heard = now
        match message:
            case Hello():
                self._greet(message)
            case Snapshot():
                self._replace(message, now)
            case Beat():
                self.journal, self.sound = message.journal, message.sound
            case Telemetry():
                self.telemetry = message
            case _:
                self._note(message, now)

    def _greet(self, hello: Hello) -> None:
        self.hello = hello
        self.complete = False
        self.journal = self.sound = self.telemetry = None
        self._beds.clear()

    def _replace(self, snapshot: Snapshot, now: Instant) -> None:
        self._beds.clear()
        self.complete = True
        parts = snapshot.devices, snapshot.readings, snapshot.cases, snapshot.alarms
        for part in (*parts, snapshot.soundings):
            for message in part:
                self._note(message, now)
        for event in sorted(snapshot.events, key=lambda event: event.at):
            self._note(event, now)

    def _note(self, message: Outgoing, now: Instant) -> None:
        match message:
            case Reading():
                _read(self._kept(message.bed), message, now)
            case Device():
                self._stand(message, now)
            case Alarm():
                _sound(self._kept(message.bed), message, now)
            case Case():
                self._lie(message, now)
            case Sounding():
                self._kept(message.bed).sounding = Heard(message, now)
            case Event():
                keep(self._kept(message.bed).events, message)
            case _:
                pass

    def _stand(self, device: Device, now: Instant) -> None:
        """Keep a device at its bed; what another bed held of it is no longer so."""
        for name, bed in self._beds.items():
            if name != device.bed and device.name in bed.devices:
                _leave(bed, device.name)
        self._kept(device.bed).devices[device.name] = Held(device, now)

    def _lie(self, case: Case, now: Instant) -> None:
        """Keep a case at its bed; where the patient was before, none is left.

        What is said of one whose bed another has taken alters nothing that is shown of any bed.
        """
        if case.earlier:
            return
        for name, bed in self._beds.items():
            if name != case.bed and bed.case is not None and bed.case.message.case == case.case:
                bed.case = None
                bed.alarms.clear()
        _turn(self._kept(case.bed), case, now)

    def _kept(self, name: str) -> Bed:
        return self._beds.setdefault(name, Bed())


def _read(bed: Bed, reading: Reading, now: Instant) -> None:
    key, held = (reading.device, reading.measure), Held(reading, now)
    if _another(bed, held, now):
        return
    bed.readings[(*key, reading.site)] = held
    if reading.value is not None and reading.live:
        bed.numbers[key] = held


def _leave(bed: Bed, device: str) -> None:
    """Forget a device that stands elsewhere now, with its numbers."""
    del bed.devices[device]
    bed.readings = {key: held for key, held in bed.readings.items() if key[0] != device}
    bed.numbers = {key: held for key, held in bed.numbers.items() if key[0] != device}


def _turn(bed: Bed, case: Case, now: Instant) -> None:
    """Take a case; the alarms of the one before it go with that one, or once nobody is watched.

    What is entered late of a case that is over does not hide the one that is open.
    """
    before = None if bed.case is None else bed.case.message
    another = before is not None and before.case != case.case
    if another and case.state.over and before is not None and not before.state.over:
        return
    bed.case = Held(case, now)
    bed.readings = {key: one for key, one in bed.readings.items() if not _another(bed, one, now)}
    bed.numbers = {key: one for key, one in bed.numbers.items() if not _another(bed, one, now)}
    if another or case.state not in WATCHED:
        bed.alarms.clear()


def _another(bed: Bed, reading: Held[Reading], now: Instant) -> bool:
    """Tell whether it was read before the patient of the bed came: it is another patient's.

    What a site tells apart, as the gases of a panel, is of no patient.
    """
    if bed.case is None or bed.case.message.state.over or reading.message.site is not None:
        return False
    here_s, age_s = bed.case.message.here_s, reading.age_s(now)
    if here_s is None or age_s is None:
        return False
    return age_s > here_s + now.seconds_since(bed.case.arrived)


def _sound(bed: Bed, alarm: Alarm, now: Instant) -> None:
    """Keep an alarm while it lasts; after that while its note is latched and its case watched."""
    key = (alarm.id, alarm.device)
    closed = bed.case is not None and bed.case.message.state not in WATCHED
    noted = alarm.signal is SignalState.LATCHED and not closed
    if alarm.state is AlarmState.ENDED and not noted:
        bed.alarms.pop(key, None)
    else:
        bed.alarms[key] = Held(alarm, now)
