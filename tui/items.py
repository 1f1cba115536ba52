"""What stands in the alarm bar, row by row: alarms and calls, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from daemon.protocol.messages import Alarm
from tui.alarmline import alarm_text
from tui.asking import typing
from tui.callline import call_text
from tui.mirror import Held
from tui.order import acknowledgeable, flashing, lit, ordered
from tui.sight import Sight
from tui.sounding import Calling, calls
from tui.span import Tone
from tui.view import View
from tui.ward import at, beds, elsewhere, foremost
from vitals.instant import Instant
from vitals.vocabulary import CaseState, Priority

TONES = {
    Priority.HIGH: (Tone.HIGH_DARK, Tone.HIGH_LIT),
    Priority.MEDIUM: (Tone.MEDIUM_DARK, Tone.MEDIUM_LIT),
    Priority.LOW: (Tone.LOW_DARK, Tone.LOW_LIT),
}
"""The dark and the bright half of a flash; both can be read."""
_AWAKE = (CaseState.RECOVERY, CaseState.LATE_RECOVERY)
_FAST = "hr_high"
UNBOUND = 1000
"""Cells: no window has so many."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row: an alarm, or every open call."""

    of: Held[Alarm] | list[Calling]
    tone: Tone
    hints: tuple[str, ...]
    """Keys; the last is the one that may not be left out."""
    bed: str = ""
    """Where it is, among the alarms of every bed; empty: at the one that is shown."""

    @property
    def priority(self) -> Priority:
        """Return how urgent it is; a call is high."""
        return Priority.HIGH if isinstance(self.of, list) else self.of.message.priority

    def text(self, sight: Sight, room: int) -> str:
        """Return it in words, which fit in `room` cells where they can."""
        if isinstance(self.of, list):
            return call_text(sight, self.of, room)
        if not self.bed:
            return alarm_text(sight, self.of, room)
        lead = f"{self.bed}  "
        return lead + alarm_text(at(sight, self.bed), self.of, room - cell_len(lead))

    def name(self, sight: Sight) -> str:
        """Return what it is about and nothing else."""
        if isinstance(self.of, list):
            return sight.words.text("key.answer")
        return sight.words.named("alarm", self.of.message.id)

    def wanted(self, sight: Sight) -> str:
        """Return the words that keys make room for: of an alarm all, of a call the fewest."""
        return self.text(sight, 0 if isinstance(self.of, list) else UNBOUND)


def seated(found: list[Item], room: int) -> list[Item]:
    """Return the items that have a row of `room`, in their order.

    The first keeps its row, and so does what the key acknowledges; the others have theirs by
    priority, so that nothing high is hidden behind what is not, even where only its note is left.
    """
    numbered = sorted(
        range(len(found)),
        key=lambda n: (n > 0, not found[n].hints, -found[n].priority.rank, n),
    )
    return [found[number] for number in sorted(numbered[:room])]


def items(sight: Sight) -> list[Item]:
    """Return alarms and calls, what is to be seen first before the rest.

    Calls come before everything but the first alarm where that is high and nobody has seen it.
    """
    every = sight.view is View.RECOVERY
    waiting = foremost(sight) if every else acknowledgeable(sight.bed.alarms.values())
    alarms = ordered(held for one in _beds(sight) for held in one.bed.alarms.values())
    found = [
        Item(
            held,
            _tone(held.message, sight.now),
            _hints(sight, held.message, waiting),
            held.message.bed if every else "",
        )
        for held in alarms
    ]
    if calling := calls(sight):
        tone = TONES[Priority.HIGH][lit(Priority.HIGH, sight.now)]
        hints = (f"[F8] {sight.words.text('key.answer')}",)
        first = alarms and alarms[0].message.priority is Priority.HIGH
        after = 1 if first and flashing(alarms[0].message) else 0
        found.insert(after, Item(calling, tone, hints))
    return found


def _beds(sight: Sight) -> list[Sight]:
    """Return the beds whose alarms stand in the bar."""
    return beds(sight) if sight.view is View.RECOVERY else [sight]


def _hints(sight: Sight, alarm: Alarm, waiting: Alarm | None) -> tuple[str, ...]:
    """Return the keys that an alarm asks for: its acknowledgement, and that a child cries.

    That one cries is said of the chosen bed alone, and so its key stands at no other's alarm.
    """
    case = sight.case
    here = alarm.bed == sight.bed_name and case is not None and case.state in _AWAKE
    cries = alarm.id == _FAST and here and flashing(alarm)
    upset = f"[Y] {sight.words.text('key.upset')}" if cries else ""
    seen = acknowledging(sight) if alarm is waiting else ""
    return tuple(part for part in (upset, seen) if part)


def acknowledging(sight: Sight) -> str:
    """Return the key that acknowledges, also while text is typed, or chooses the bed first."""
    key = "F4" if typing(sight.prompt) else "A"
    word = "ward.choose" if elsewhere(sight) else "key.acknowledge"
    return f"[{key}] {sight.words.text(word)}"


def _tone(alarm: Alarm, now: Instant) -> Tone:
    dark, bright = TONES[alarm.priority]
    return bright if flashing(alarm) and lit(alarm.priority, now) else dark
