"""When each alarm was last heard for as long as a whole burst takes: seconds of sound, no looks."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from beds import text
from histories import SIGNALS

from monitoring.alarms import Key
from monitoring.bursts import Tone
from monitoring.tonerules import tone_rules
from monitoring.tones import length_s

TONES = tone_rules(text("tones.toml"), "tones.toml")
HIGH = TONES.bursts[Tone.HIGH]
BURST_S = length_s(HIGH, TONES.pulse)
UNHEARD_S = SIGNALS.pause.seconds + 2 * BURST_S
"""The longest between two whole bursts: a pause that cuts off the first, and the burst after it."""


@dataclass
class Hearing:
    """Follows the alarms that may not be silent for ever; times in s into the history."""

    heard: dict[Key, float] = field(default_factory=dict)
    """When the last whole burst of each was over, or when it began to wait for one."""
    sounding: dict[Key, float] = field(default_factory=dict)
    """Since when each is audible without a break."""

    def pass_s(self, waiting: Set[Key], audible: Set[Key], since: float, now: float) -> None:
        """Let time pass over which the same alarms wait, and the same ones are audible."""
        self.heard = {key: self.heard.get(key, since) for key in waiting}
        self.sounding = {key: self.sounding.get(key, since) for key in waiting & audible}
        for key, began in self.sounding.items():
            if now - began >= BURST_S:
                self.heard[key] = now
