"""A bed at which whatever is seen is drawn, with people who acknowledge, pause and resume."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from beds import alarms_shipped, at, bed, text

from monitoring.alarms import Alarm, Change, Key, acknowledge, advance, replayed
from monitoring.arbiter import audible
from monitoring.conditions import Presence
from monitoring.detectors import Finding
from monitoring.lapse import lapsed
from monitoring.pause import Pause, pressed
from monitoring.signalrules import SignalRules, signal_rules
from monitoring.view import BedView
from vitals.sounding import SoundProfile

SIGNALS: SignalRules = signal_rules(text("signals.toml"), "signals.toml")
PAUSE_S = SIGNALS.pause.seconds
CONDITIONS = ("spo2_low", "no_pulse", "link_lost", "probe_off")
"""One that escalates, one that is high and latches, one whose acknowledgement lapses, one plain."""
ROWS = {name: alarms_shipped().conditions[name] for name in CONDITIONS}
KINDS = {name: row.kind for name, row in ROWS.items()}
BED = bed()


@dataclass
class History:
    """Everything that has happened at the bed, and the journal's account of it."""

    seconds: float = 0.0
    seen: dict[str, Finding] = field(
        default_factory=lambda: {name: Finding(None, Presence.ABSENT) for name in CONDITIONS}
    )
    alarms: dict[Key, Alarm] = field(default_factory=dict)
    read_back: dict[Key, Alarm] = field(default_factory=dict)
    record: list[Change] = field(default_factory=list)
    pause: Pause | None = None
    profile: SoundProfile = SoundProfile.FULL

    def evaluate(self) -> list[Change]:
        """Look at the bed once, and return what changed."""
        changes = list(lapsed(self.alarms, SIGNALS.lapses, at(self.seconds)))
        for change in changes:
            self.alarms = replayed(self.alarms, change)
        self.alarms, more = advance(
            self.alarms, BED, ROWS, at(self.seconds), {name: self._detector(name) for name in ROWS}
        )
        self._keep([*changes, *more])
        return [*changes, *more]

    def acknowledge(self, key: Key) -> Change | None:
        """Let somebody acknowledge an alarm."""
        change = acknowledge(self.alarms, key, at(self.seconds))
        if change is not None:
            self.alarms = replayed(self.alarms, change)
            self._keep([change])
        return change

    def press(self) -> None:
        """Let somebody ask for silence."""
        self.pause = pressed(self.pause, "AS", at(self.seconds), SIGNALS.pause)

    def resume(self) -> None:
        """Let somebody turn the sound on."""
        if self.pause is not None:
            self.pause = self.pause.over(at(self.seconds))

    def restart(self) -> None:
        """Go on from the record alone."""
        self.alarms = dict(self.read_back)

    def heard(self) -> tuple[Key, ...]:
        """Return what is to sound just now."""
        row = SIGNALS.profiles[self.profile]
        return audible(self.alarms, self.pause, row, KINDS, at(self.seconds))

    def until(self, seconds: float) -> Iterator[float]:
        """Move on by so much; stop also where a pause begins to silence or ends on the way."""
        end, now = self.seconds + seconds, at(self.seconds)
        waits = [] if self.pause is None else [self.pause.spared_s(now), self.pause.left_s(now)]
        for stop in [*(self.seconds + wait_s for wait_s in waits if 0.0 < wait_s < seconds), end]:
            self.seconds = stop
            yield stop

    def _detector(self, name: str) -> Callable[[BedView], Iterable[Finding]]:
        return lambda _: (self.seen[name],)

    def _keep(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self.record.append(change)
            self.read_back = replayed(self.read_back, change)
