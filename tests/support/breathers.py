"""A patient at a capnograph, second by second, as the daemon sees both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from beds import Watch, alarms_shipped, bed, oximeter, text
from monitors import capnograph

from monitoring.arbiter import audible
from monitoring.breaths import Breaths, heard
from monitoring.listening import Listening, listened
from monitoring.signalrules import signal_rules
from monitoring.signals import Cue
from monitoring.view import BedView, Breathed, DeviceView
from vitals.instant import Instant
from vitals.measure import Channel
from vitals.reading import Note, Quality, WaveBlock
from vitals.sounding import SoundProfile
from vitals.vocabulary import Airway, DeviceState, Priority

RULES = alarms_shipped()
ROW = RULES.allowances.breathing
SIGNALS = signal_rules(text("signals.toml"), "signals.toml")
KINDS = {name: row.kind for name, row in RULES.conditions.items()}
EVENT = ("apnoea", "co2_lost")
BREATH, FLAT = (0.0, 0.0, 5.0, 5.0), (0.0,) * 4
"""A second of CO2, at four samples a second."""


@dataclass
class Breather:
    """What is known of the case is as in `beds`; ten minutes have gone before the first second."""

    known: dict[str, Any] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    breaths: Breaths = field(default_factory=Breaths)
    listening: Listening = field(default_factory=Listening)
    state: DeviceState = DeviceState.RECEIVING
    notes: frozenset[Note] = frozenset()
    there: bool = True
    """Whether the capnograph stands at the bed."""
    spo2: bool = True
    airway: Airway | None = None
    airway_at: Instant | None = None
    said_at: Instant | None = None
    came: Instant | None = None

    def breathe(self, seconds: int) -> None:
        """Breathe once a second."""
        for _ in range(seconds):
            self._second(BREATH)

    def hold(self, seconds: int) -> None:
        """Let no breath come, while the capnograph looks on."""
        for _ in range(seconds):
            self._second(FLAT)

    def miss(self, seconds: int, *, told: bool = True) -> None:
        """Let the capnograph send nothing; `told`: that it is silent is known at once."""
        before, self.state = self.state, DeviceState.SILENT if told else self.state
        for _ in range(seconds):
            self._second(())
        self.state = before

    def zero(self, seconds: int) -> None:
        """Let the capnograph be zeroed."""
        before, self.notes = self.notes, frozenset({Note.ZEROING})
        for _ in range(seconds):
            self._second(FLAT)
        self.notes = before

    def place(self, airway: Airway, *, ago_s: float = 0.0) -> None:
        """Say what is in the airway, now or since a while ago."""
        now = self.watch.now
        self.airway, self.said_at = airway, now
        self.airway_at = Instant(now.monotonic - ago_s, now.wall - ago_s)

    def restart(self) -> None:
        """Forget what no journal keeps; alarms are read back."""
        self.breaths, self.listening = Breaths(), Listening()

    def move(self) -> None:
        """Bring the patient here from another bed, without alarms."""
        self.came, self.watch.alarms = self.watch.now, {}

    def event(self) -> tuple[str, Priority] | None:
        """Return which alarm no breath is, and how urgent; None without one."""
        found = [
            (key.condition, alarm.priority)
            for key, alarm in self.watch.alarms.items()
            if key.condition in EVENT and alarm.condition.alarming
        ]
        assert len(found) <= 1, "no breath is one event"
        return found[0] if found else None

    def onsets(self) -> list[str]:
        """Return every beginning of it so far."""
        changes = self.watch.changes
        return [
            one.key.condition
            for one in changes
            if one.cue is Cue.ONSET and one.key.condition in EVENT
        ]

    def heard(self) -> bool:
        """Tell whether it is to be heard in a theatre just now."""
        row = SIGNALS.profiles[SoundProfile.THEATRE]
        keys = audible(self.watch.alarms, None, row, KINDS, self.watch.now)
        return any(key.condition in EVENT for key in keys)

    def _second(self, samples: tuple[float, ...]) -> None:
        self.watch.tenths += 10
        now = self.watch.now
        if samples and self.there:
            block = WaveBlock(Channel.CO2, 4.0, "kPa", samples, now)
            self.breaths = heard(self.breaths, block, ROW)
        self.listening, seen = listened(self.listening, self._bed(now), now)
        self.watch.see(seen)

    def _bed(self, now: Instant) -> BedView:
        known: dict[str, Any] = {
            "apnoea_s": 20.0,
            "elapsed_s": 600.0 + self.watch.tenths / 10,
            "airway": self.airway,
            "airway_s": _since(self.airway_at, now),
            "airway_said_s": _since(self.said_at, now),
            "arrived_s": _since(self.came, now),
            **self.known,
        }
        blind = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE)
        probe = oximeter() if self.spo2 else blind
        return bed(probe, *([self._gas(now)] if self.there else []), **known)

    def _gas(self, now: Instant) -> DeviceView:
        begun = self.came.monotonic if self.came else 0.0
        own = [at for at in self.breaths.recent if at.monotonic >= begun]
        proof = own[0] if len(own) == ROW.breaths else None
        wave_s = _since(self.breaths.wave, now)
        came = Breathed(
            _since(own[-1] if own else None, now),
            _since(proof, now),
            waving=wave_s is not None and wave_s <= 10.0,
            wave_s=wave_s,
        )
        notes = self.notes if self.state is DeviceState.RECEIVING else frozenset()
        return capnograph(breathed=came, notes=notes, state=self.state)


def _since(at: Instant | None, now: Instant) -> float | None:
    return None if at is None else now.seconds_since(at)
