"""One wave, sweeping from left to right; blank as soon as the daemon is silent."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from daemon.protocol.messages import Wave
from tui.message import message
from tui.panel import strip
from tui.player import Player
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit
from tui.theme import STYLES
from tui.trace import Trace
from vitals.instant import Instant
from vitals.measure import Channel, Measure

_TITLE_ROWS = 1
SILENT_S = 2.0
"""A wave's device that has sent none of it for so long gives way to another."""
_TONES = {
    Channel.PLETH: Tone.WAVE,
    Channel.ECG: Tone.WAVE_ECG,
    Channel.CO2: Tone.WAVE_CO2,
    Channel.RESP: Tone.WAVE_RESP,
    Channel.ART: Tone.WAVE_ART,
}


class Sweep(Widget):
    """One wave under its title; messages take its place."""

    def __init__(self, channel: Channel, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._channel = channel
        self._player = Player()
        self._trace = Trace(1, 1)
        self._device: str | None = None
        self._title: Row = ()
        self._message: list[Row] | None = None
        self._played: Instant | None = None
        self.leads = False
        """Whether messages take its place."""

    def play(self, wave: Wave, now: Instant) -> None:
        """Take a block of the wave that is shown; any other is let go."""
        if wave.channel is not self._channel or not self._takes(wave, now):
            return
        self._played = now
        for value in wave.samples:
            if value is not None:
                self._trace.scale.see(value, wave.rate_hz)
        self._player.feed(wave, now.monotonic)

    def look(self, sight: Sight) -> None:
        """Draw the samples that are due."""
        self._choose(sight)
        self._fit()
        self._title = fit(
            (Span(f"  {sight.words.named('title', self._channel.value)}", Tone.QUIET),), self._width
        )
        wanted = message(sight, self._width, self.size.height) if self.leads else None
        told, self._message = self._message, wanted
        if sight.reach is not Reach.LIVE:
            self.blank()
        self._advance(sight.now.monotonic)
        if self._message is None or self._message != told:
            self.refresh()

    def blank(self) -> None:
        """Forget the wave: nothing old is left standing."""
        self._player.clear()
        self._trace = Trace(self._width, self._rows)

    def render_line(self, y: int) -> Strip:
        """Return the title, a row of the wave, or a row of the message."""
        if self._message is not None:
            row = self._message[y] if y < len(self._message) else ()
            return strip(fit(row, self._width), self._width)
        if y < _TITLE_ROWS:
            return strip(fit(self._title, self._width), self._width)
        return self._wave(y - _TITLE_ROWS)

    @property
    def _width(self) -> int:
        return max(1, self.size.width)

    @property
    def _rows(self) -> int:
        return max(1, self.size.height - _TITLE_ROWS)

    def _wave(self, row: int) -> Strip:
        raster = self._trace.raster
        if row >= raster.height or raster.width != self.size.width:
            return strip(fit((), self._width), self._width)
        return Strip([Segment(raster.line(row), STYLES[_TONES[self._channel]])], raster.width)

    def _takes(self, wave: Wave, now: Instant) -> bool:
        """Tell whether the block is of the device that is shown, or of one to show from now on."""
        played = self._played
        free = played is None or now.seconds_since(played) > SILENT_S
        if self._channel is not Channel.PLETH and wave.device != self._device and free:
            self._device = wave.device
            self.blank()
        return wave.device == self._device

    def _choose(self, sight: Sight) -> None:
        """Show the pleth of the device whose SpO2 is shown."""
        if self._channel is not Channel.PLETH:
            return
        shown = sight.best(Measure.SPO2)
        device = shown.device.name if shown else next(iter(sorted(sight.bed.devices)), None)
        if device != self._device:
            self._device = device
            self.blank()

    def _fit(self) -> None:
        raster = self._trace.raster
        if (raster.width, raster.height) != (self._width, self._rows):
            self.blank()

    def _advance(self, now: float) -> None:
        self._trace.advance(now)
        for sample in self._player.due(now):
            self._trace.draw(sample)
