"""What is heard of the alarms: one burst after the other, whoever looks on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from daemon.loudness import Sound as Settings
from daemon.loudness import loudness
from daemon.protocol.sound import SoundState
from daemon.speaker import Speaker, SpeakerError
from daemon.supervision import Outcome
from monitoring.arbiter import Played, next_burst
from monitoring.bursts import Tone, ToneRules
from monitoring.tones import length_s, samples
from vitals.clock import Clock
from vitals.instant import Instant

TICK_S = 0.1
CHECK_S = 10.0
"""A device that nothing sounds through is tried so often, without a sound."""
RETRY_S = 2.0
"""One that refused is tried again after this."""

_LOG = logging.getLogger(__name__)

Heard = Callable[[Instant], Collection[Tone]]


class Sound:
    """Plays what `heard` says is to sound, the most urgent first."""

    def __init__(self, settings: Settings, rules: ToneRules, speaker: Speaker) -> None:
        self._speaker = speaker
        self._off = settings.off
        self._rows = rules.bursts
        volume = loudness(settings, rules)
        wanted = {} if settings.off else self._rows
        self._bursts = {tone: samples(rules, row, volume) for tone, row in wanted.items()}
        self._length_s = {tone: length_s(row, rules.pulse) for tone, row in self._rows.items()}
        named = (self._rows[tone] for tone in (Tone.HIGH, Tone.MEDIUM, Tone.LOW))
        self._intervals = {row.priority: row.interval_s for row in named}
        self._last: Played | None = None
        self._tone: Tone | None = None
        self._tried: Instant | None = None
        self.reason = ""
        """Why nothing can be heard, and what to mend; empty while it can be."""

    @property
    def state(self) -> SoundState:
        """Tell whether an alarm would be heard."""
        if self._off:
            return SoundState.OFF
        return SoundState.UNUSABLE if self.reason else SoundState.ON

    async def live(self, heard: Heard, told: Callable[[SoundState], None], clock: Clock) -> None:
        """Play for ever; a device that refuses is tried again. Tell after each round how it is."""
        while True:
            now = clock.now()
            tone = self._due(heard(now), now)
            if tone is not None:
                await self._play(tone, now)
            elif self.reason or self._tried is None or now.seconds_since(self._tried) >= CHECK_S:
                await self._try(b"", now)
            told(self.state)
            await clock.sleep(RETRY_S if self.reason else TICK_S)

    def failed(self, outcome: Outcome) -> None:
        """Take note that the task itself came to an end, and why."""
        self.reason = outcome.reason

    def _due(self, heard: Collection[Tone], now: Instant) -> Tone | None:
        """Return what has to begin now, if anything; alarm and call take turns."""
        urgent = [self._rows[tone].priority for tone in heard]
        burst = next_burst(urgent, self._last, now, self._intervals)
        if burst is None or burst.at.seconds_since(now) > 0:
            return None
        same = [t for t in Tone if t in heard and self._rows[t].priority is burst.priority]
        return next((tone for tone in same if tone is not self._tone), same[0])

    async def _play(self, tone: Tone, now: Instant) -> None:
        ends_s = self._length_s[tone]
        ends = Instant(now.monotonic + ends_s, now.wall + ends_s)
        self._last = Played(self._rows[tone].priority, ends)
        self._tone = tone
        await self._try(self._bursts[tone], now)

    async def _try(self, burst: bytes, now: Instant) -> None:
        self._tried = now
        try:
            await self._speaker.play(burst)
        except SpeakerError as error:
            self._last = None
            self._found(str(error))
        else:
            self._found("")

    def _found(self, reason: str) -> None:
        before, self.reason = self.reason, reason
        if reason and reason != before:
            _LOG.warning("no alarm can be heard: %s", reason)
        elif before and not reason:
            _LOG.info("alarms can be heard again")
