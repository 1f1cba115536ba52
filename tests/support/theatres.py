"""A patient, the monitors at a bed and people, as the daemon sees them, some seconds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from beds import alarms_shipped, case_view, limits_shipped
from hearing import UNHEARD_S, Hearing
from histories import SIGNALS

from monitoring.age import age
from monitoring.alarms import Alarm, Alarms, Change, Key, acknowledge, advance, replayed
from monitoring.arbiter import audible
from monitoring.lapse import lapsed
from monitoring.listening import Listening, listened
from monitoring.pause import Pause, pressed
from monitoring.profiles import Limits, by_age, in_force
from monitoring.technique import DEVICES
from monitoring.view import Ages, BedView, Breathed, CaseView, DeviceView, Sample
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.sounding import SoundProfile
from vitals.vocabulary import Airway, DeviceState, Modality, Phase, Priority, SignalState

RULES = alarms_shipped()
ROWS = RULES.conditions
KINDS = {name: row.kind for name, row in ROWS.items()}
CHILD = by_age(limits_shipped(), age("4y"))
AGES = {name: Ages(row.fresh_s, row.stale_s) for name, row in RULES.freshness.items()}
MEASURES = {
    Modality.PULSE_OXIMETRY: (Measure.SPO2, Measure.PULSE_RATE),
    Modality.CAPNOGRAPHY: (Measure.ETCO2,),
    Modality.ECG: (Measure.HEART_RATE,),
    Modality.NIBP: (Measure.NIBP_SYSTOLIC,),
}
NUMBERED = [measure for measures in MEASURES.values() for measure in measures]
OFF = {Modality.ECG: Note.LEADS_OFF, Modality.CAPNOGRAPHY: Note.CHECK_SAMPLING_LINE}
GRACE_S = RULES.induction.grace_s
SOON_S, LATER_S = 2.5, 15.0
"""From one look to the next: first, and when nothing has happened for a while."""
Number = float | None


@dataclass
class Patient:
    """What is so; None: there is nothing to be found."""

    spo2: Number = 98.0
    rate: Number = 100.0
    breathing: bool = True

    def number(self, measure: Measure) -> Number:
        """Return what a monitor that is on finds."""
        rates = dict.fromkeys((Measure.PULSE_RATE, Measure.HEART_RATE), self.rate)
        etco2 = 5.0 if self.breathing else None
        return {Measure.SPO2: self.spo2, Measure.ETCO2: etco2, **rates}.get(measure)


@dataclass
class Monitor:
    """One device, and what it said last."""

    modality: Modality
    state: DeviceState = DeviceState.RECEIVING
    on: bool = True
    said: dict[Measure, tuple[Number, Quality, float]] = field(default_factory=dict)
    breaths: list[float] = field(default_factory=list)
    waved: float | None = None

    @property
    def telling(self) -> bool:
        """Tell whether it sends what it finds."""
        return self.on and self.state is DeviceState.RECEIVING

    def send(self, patient: Patient, seconds: float) -> None:
        """Send what there is; a cuff sends when it has measured."""
        if self.state is not DeviceState.RECEIVING or self.modality is Modality.NIBP:
            return
        for measure in MEASURES[self.modality]:
            number = patient.number(measure) if self.on else None
            without = Quality.UNAVAILABLE if self.on else Quality.INVALID
            quality = without if number is None else Quality.VALID
            self.said[measure] = number, quality, seconds
        if self.modality is Modality.CAPNOGRAPHY and self.on:
            self.waved = seconds
            self.breaths += [seconds] if patient.breathing else []

    def view(self, name: str, seconds: float) -> DeviceView:
        """Return it as the rules see it."""
        samples = {m: Sample(n, q, seconds - read) for m, (n, q, read) in self.said.items()}
        needed = RULES.allowances.breathing.breaths
        proof = self.breaths[-needed] if len(self.breaths) >= needed else None
        waving = self.waved is not None and seconds - self.waved <= AGES[Measure.ETCO2].stale_s
        last = self.breaths[-1] if self.breaths else None
        last_s, proof_s, wave_s = (
            None if a is None else seconds - a for a in (last, proof, self.waved)
        )
        breathed = Breathed(last_s, proof_s, waving=waving, wave_s=wave_s)
        notes = (
            frozenset() if self.on or self.modality not in OFF else frozenset({OFF[self.modality]})
        )
        return DeviceView(name, (self.modality,), self.state, AGES, samples, notes, breathed)


@dataclass
class Said:
    """What people have said of the case, and when, in s into the history."""

    airway: Airway | None = None
    airway_at: float | None = None
    phase: Phase = Phase.DURING
    turned: float | None = None
    came: float | None = None
    emergency: bool = False


@dataclass
class Theatre:
    """A bed with a case; `seconds` is the monotonic clock, `wall` how far the other has jumped."""

    seconds: float = 0.0
    begun: float = -600.0
    wall: float = 0.0
    jumped: float | None = None
    patient: Patient = field(default_factory=Patient)
    monitors: dict[str, Monitor] = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    seen: frozenset[Measure] = frozenset()
    pulse: float | None = None
    cuff: float | None = None
    recording: bool = True
    listening: Listening = field(default_factory=Listening)
    alarms: Alarms = field(default_factory=dict)
    read_back: dict[Key, Alarm] = field(default_factory=dict)
    record: list[Change] = field(default_factory=list)
    pause: Pause | None = None
    profile: SoundProfile = SoundProfile.FULL
    hearing: Hearing = field(default_factory=Hearing)
    touched: float = 0.0
    """When anything but the clock moved last."""

    @property
    def now(self) -> Instant:
        return self.at(self.seconds)

    def at(self, seconds: float) -> Instant:
        return Instant(1000.0 + seconds, 1_795_000_000.0 + seconds + self.wall)

    def look(self) -> tuple[Alarms, BedView, list[Change]]:
        """Let every device send, look once, and return what was, what is seen and what changed."""
        for monitor in self.monitors.values():
            monitor.send(self.patient, self.seconds)
        before, seen = self.alarms, self._view()
        changes = list(lapsed(before, SIGNALS.lapses, self.now))
        for change in changes:
            self.alarms = replayed(self.alarms, change)
        self.alarms, more = advance(self.alarms, seen, ROWS, self.now)
        self.keep([*changes, *more])
        return before, seen, [*changes, *more]

    def keep(self, changes: list[Change]) -> None:
        """Put changes on record."""
        for change in changes:
            self.record.append(change)
            self.read_back = replayed(self.read_back, change)

    def passing(self, seconds: float) -> Iterator[float]:
        """Let time pass; stop to look, often at first, and where a pause begins or ends."""
        end = self.seconds + seconds
        while self.seconds < end:
            since, wait_s = self.seconds, SOON_S if self.seconds - self.touched < 25 else LATER_S
            pause = self.pause
            turns = [] if pause is None else [pause.spared_s(self.now), pause.left_s(self.now)]
            step = min([end - since, wait_s, *(turn for turn in turns if turn > 0.0)])
            heard = set(self.heard())
            self.seconds = since + step
            self.hearing.pass_s(self.waiting(), heard, since, self.seconds)
            yield self.seconds

    def heard(self) -> tuple[Key, ...]:
        """Return what is to sound just now."""
        row = SIGNALS.profiles[self.profile]
        return audible(self.alarms, self.pause, row, KINDS, self.now)

    def waiting(self) -> set[Key]:
        """Return what is high and nobody has acknowledged."""
        return {
            key
            for key, alarm in self.alarms.items()
            if alarm.signal is SignalState.ON and alarm.priority is Priority.HIGH
        }

    def silent_s(self) -> float:
        """Return how much longer than it may the most silent of those has gone without a burst."""
        may_s = UNHEARD_S + SIGNALS.profiles[self.profile].lasting_s
        return max((self.seconds - at - may_s for at in self.hearing.heard.values()), default=0.0)

    def acknowledge(self, key: Key) -> Change | None:
        change = acknowledge(self.alarms, key, self.now)
        if change is not None:
            self.alarms = replayed(self.alarms, change)
            self.keep([change])
        return change

    def press(self) -> None:
        self.pause = pressed(self.pause, "AS", self.now, SIGNALS.pause)

    def resume(self) -> None:
        self.pause = None if self.pause is None else self.pause.over(self.now)

    def measure(self, systolic: Number, name: str = "cuff") -> None:
        """Let a cuff come to the end of a measurement."""
        monitor = self.monitors.setdefault(name, Monitor(Modality.NIBP))
        if monitor.telling:
            quality = Quality.UNAVAILABLE if systolic is None else Quality.VALID
            monitor.said[Measure.NIBP_SYSTOLIC] = systolic, quality, self.seconds

    def place(self, airway: Airway) -> None:
        self.said = replace(self.said, airway=airway, airway_at=self.seconds)

    def turn(self, phase: Phase) -> None:
        if phase is not self.said.phase:
            self.said = replace(self.said, phase=phase, turned=self.seconds)

    def move(self) -> None:
        """Bring the patient to another bed, with monitors of its own; the alarms come along."""
        self.said = replace(self.said, came=self.seconds)
        self.monitors = {f"{n}'": Monitor(one.modality) for n, one in self.monitors.items()}
        self.listening, self.pulse, self.cuff = Listening(), None, None
        self.resume()

    def restart(self) -> None:
        """Go on from the record alone, and from what devices send from now on."""
        self.alarms, self.listening, self.pulse = dict(self.read_back), Listening(), None
        self.cuff = None
        for monitor in self.monitors.values():
            monitor.said, monitor.breaths, monitor.waved = {}, [], None

    def jump(self, seconds: float) -> None:
        self.wall += seconds
        self.jumped = self.seconds

    def limits(self, phase: Phase | None = None) -> Limits:
        return dict(in_force(CHILD.limits, CHILD.profiles, phase or self.said.phase, None))

    def _view(self) -> BedView:
        devices = tuple(one.view(name, self.seconds) for name, one in self.monitors.items())
        shown_s = RULES.allowances.clock.shown_s
        jumped = self.jumped is not None and self.seconds - self.jumped < shown_s
        bed = BedView(self._case(), devices, self.recording, jumped=jumped)
        self.seen |= {measure for measure in NUMBERED if any(bed.numbers(measure))}
        proven = any(one.breathed.proof_s is not None for one in devices)
        self.seen |= {Measure.RESPIRATORY_RATE} if proven else set()
        if any(bed.numbers(Measure.PULSE_RATE)):
            self.pulse = self.seconds
        bed = replace(bed, case=self._case())
        self.listening, kept = listened(self.listening, bed, self.now)
        return kept

    def _case(self) -> CaseView:
        said, required = self.said, {Modality.PULSE_OXIMETRY}
        required |= {Modality.CAPNOGRAPHY} if said.airway in DEVICES else set()
        other = Phase.DURING if said.phase is Phase.RECOVERY else Phase.RECOVERY
        return case_view(
            elapsed_s=self.seconds - self.begun,
            grace_s=GRACE_S,
            limits=self.limits(),
            former=self.limits(other) if said.turned is not None else {},
            required=frozenset(required),
            seen=self.seen,
            allowances=RULES.allowances,
            arrived_s=self._since(said.came),
            phase=said.phase,
            phase_s=self._since(said.turned),
            told_s=self._since(said.turned),
            emergency=said.emergency,
            airway=said.airway,
            airway_s=self._since(said.airway_at),
            airway_said_s=self._since(said.airway_at),
            breathed=Measure.RESPIRATORY_RATE in self.seen,
            apnoea_s=CHILD.profiles.apnoea_s,
            cuff_s=self._since(self.cuff),
            pulse_s=self._since(self.pulse),
            onsets={
                key.condition: self.now.seconds_since(alarm.onset)
                for key, alarm in self.alarms.items()
                if alarm.condition.alarming
            },
        )

    def _since(self, at: float | None) -> float | None:
        return None if at is None else self.seconds - at
