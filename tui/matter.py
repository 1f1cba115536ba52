"""What is the matter at a bed, in few words: its alarms, and that somebody calls; pure."""

from __future__ import annotations

from dataclasses import dataclass

from daemon.protocol.messages import Alarm
from tui.items import TONES
from tui.order import MARKS, flashing, lit, ordered
from tui.sight import Sight
from tui.sounding import Calling, called
from tui.span import Tone
from vitals.vocabulary import Priority


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing, with the mark and the fill of how urgent it is."""

    mark: str
    text: str
    tone: Tone

    @property
    def whole(self) -> str:
        """Return it with its mark."""
        return f"{self.mark} {self.text}"


def matters(sight: Sight) -> list[Matter]:
    """Return everything, the most urgent first; a call yields to what is high and unseen alone."""
    alarms = [held.message for held in ordered(sight.bed.alarms.values())]
    found = [_alarm(sight, one) for one in alarms]
    high = alarms and alarms[0].priority is Priority.HIGH and flashing(alarms[0])
    at = 1 if high else 0
    return [*found[:at], *(_call(sight, one) for one in called(sight)), *found[at:]]


def _alarm(sight: Sight, alarm: Alarm) -> Matter:
    bright = flashing(alarm) and lit(alarm.priority, sight.now)
    text = sight.words.named("alarm", alarm.id)
    return Matter(MARKS[alarm.priority], text, TONES[alarm.priority][bright])


def _call(sight: Sight, calling: Calling) -> Matter:
    """Return `Læge tilkaldt 10:41`."""
    text = f"{sight.words.text('call.here')} {sight.local_text(calling.call.at):%H:%M}"
    return Matter(MARKS[Priority.HIGH], text, TONES[Priority.HIGH][lit(Priority.HIGH, sight.now)])
