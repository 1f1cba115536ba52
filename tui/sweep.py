"""One wave, sweeping from left to right; blank as soon as the daemon is silent."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from daemon.protocol.messages import Wave
from tui.glyphs import Glyphs, drawn
from tui.message import message
from tui.panel import strip
from tui.player import Player
from tui.reason import CARRIES, beside
from tui.scale import Scale, Stepped
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread
from tui.theme import STYLES
from tui.tint import WAVES
from tui.trace import DOTS_PER_S, Trace
from vitals.instant import Instant
from vitals.measure import Channel

_TITLE_ROWS = 1
SILENT_S = 2.0
"""A wave's device that has sent none of it for so long gives way to another."""
STEPS = {
    Channel.CO2: ("kPa", (6.0, 10.0, 15.0)),
    Channel.ART: ("mmHg", (150.0, 200.0, 300.0)),
}
"""Unit and heights of the waves whose height is read."""
BREATHING = (Channel.CO2, Channel.RESP)
BREATHING_DOTS_PER_S = 10.0
"""A third of the pace of what beats, so that several breaths stand side by side."""
_MARK_CELLS = 4


class Sweep(Widget):
    """One wave under its title; messages take its place."""

    def __init__(self, channel: Channel, *, id: str, glyphs: Glyphs) -> None:  # noqa: A002  Textual's
        super().__init__(id=id)
        self._channel = channel
        self._glyphs = glyphs
        self._player = Player()
        self._trace = Trace(1, 1)
        self._device: str | None = None
        self._wanted: str | None = None
        """The device whose number is shown beside the wave: its wave comes first."""
        self._title: Row = ()
        self._message: list[Row] | None = None
        self._played: Instant | None = None
        self.leads = False
        """Whether messages take its place."""
        self.hint = ""
        """What stands at the end of its title."""

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
        self._title = self._named(sight)
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
        pace = BREATHING_DOTS_PER_S if self._channel in BREATHING else DOTS_PER_S
        self._trace = Trace(self._drawn, self._rows, self._scale(), pace)

    def render_line(self, y: int) -> Strip:
        """Return the title, a row of the wave, or a row of the message."""
        if self._message is not None:
            row = self._message[y] if y < len(self._message) else ()
            return strip(fit(row, self._width), self._width, self._glyphs)
        if y < _TITLE_ROWS:
            return strip(fit(self._title, self._width), self._width, self._glyphs)
        return self._wave(y - _TITLE_ROWS)

    @property
    def _width(self) -> int:
        return max(1, self.size.width)

    @property
    def _drawn(self) -> int:
        """Return the cells that the wave takes: less where its scale is written beside it."""
        return max(1, self._width - (_MARK_CELLS if self._channel in STEPS else 0))

    @property
    def _rows(self) -> int:
        return max(1, self.size.height - _TITLE_ROWS)

    def _scale(self) -> Scale:
        return Stepped(STEPS[self._channel][1]) if self._channel in STEPS else Scale()

    def _named(self, sight: Sight) -> Row:
        """Return the name of the wave, what its device says that bears on it, and the hint."""
        unit = f" {STEPS[self._channel][0]}" if self._channel in STEPS else ""
        name = f"  {sight.words.named('title', self._channel.value)}"
        said = beside(sight, self._channel, self._device)
        left = (Span(name + unit, Tone.QUIET), Span(f"   {said}", Tone.STRONG))
        right = (Span(f"{self.hint} ", Tone.QUIET),) if self.hint else ()
        return spread(left, right, self._width)

    def _wave(self, row: int) -> Strip:
        raster = self._trace.raster
        if row >= raster.height or raster.width != self._drawn:
            return strip(fit((), self._width), self._width, self._glyphs)
        line = drawn(raster.line(row), self._glyphs)
        segments = [Segment(line, STYLES[WAVES[self._channel]])]
        if self._width > raster.width:
            mark = fit((Span(self._mark(row), Tone.QUIET),), self._width - raster.width)
            segments += [Segment(span.text, STYLES[span.tone]) for span in mark]
        return Strip(segments, self._width)

    def _mark(self, row: int) -> str:
        """Return the value of the highest or the lowest row, as far as the scale has any."""
        marks, last = self._trace.scale.marks, self._trace.raster.height - 1
        if marks is None or row not in (0, last):
            return ""
        return f"{marks[1 if row == 0 else 0]:.0f}".rjust(_MARK_CELLS - 1)

    def _takes(self, wave: Wave, now: Instant) -> bool:
        """Tell whether the block is of the device that is shown, or of one to show from now on."""
        played = self._played
        free = played is None or now.seconds_since(played) > SILENT_S
        if wave.device != self._device and (free or wave.device == self._wanted):
            self._device = wave.device
            self.blank()
        return wave.device == self._device

    def _choose(self, sight: Sight) -> None:
        """Prefer the wave of the device whose number is shown; none of one that has gone."""
        shown = sight.best(CARRIES[self._channel])
        self._wanted = None if shown is None else shown.device.name
        if self._device is not None and self._device not in sight.bed.devices:
            self._device = None
            self.blank()

    def _fit(self) -> None:
        raster = self._trace.raster
        if (raster.width, raster.height) != (self._drawn, self._rows):
            self.blank()

    def _advance(self, now: float) -> None:
        self._trace.advance(now)
        for sample in self._player.due(now):
            self._trace.draw(sample)
