"""How the panels of one bed lie on the screen, in a low and narrow window and in a large one."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.screen import Screen

from daemon.protocol.messages import Wave
from tui.alarmbar import alarmbar
from tui.caseline import caseline
from tui.cells import cells
from tui.devicerow import devicerow
from tui.events import events as latest
from tui.header import header
from tui.keys import keyrow, promptrow
from tui.notice import notice
from tui.numeric import numeric
from tui.panel import Panel
from tui.sight import Sight
from tui.small import SMALLEST, small
from tui.sweep import Sweep
from tui.theme import BACKGROUND
from tui.tiles import items, tiles
from vitals.instant import Instant
from vitals.measure import Channel, Measure

WIDE = (110, 34)
"""From this many columns and rows on the wave stands beside the numbers."""
WAVES = 3
"""So many waves have room beside the numbers."""
KEPT_S = 30.0
"""A wave keeps its place for so long after its last sample."""
ORDER = (Channel.ECG, Channel.PLETH, Channel.CO2, Channel.ART, Channel.RESP)


class Bedside(Screen[None]):
    """One bed."""

    CSS = f"""
    Bedside {{ background: {BACKGROUND}; overflow: hidden; layout: vertical; }}
    Panel {{ height: 1; width: 1fr; }}
    #alarms {{ height: 3; }}
    #middle {{ height: 1fr; layout: vertical; }}
    #numbers {{ height: 8; width: 1fr; layout: horizontal; }}
    #numbers Panel {{ height: 8; }}
    #small {{ height: 1fr; display: none; }}
    Bedside.small Panel, Bedside.small #middle {{ display: none; }}
    Bedside.small #small {{ display: block; }}
    Bedside.wide #notice {{ height: 2; }}
    Bedside.wide #alarms {{ height: 4; margin-bottom: 1; }}
    Bedside.wide #numbers {{ dock: right; width: 42; height: 1fr; layout: vertical; }}
    Bedside.wide #numbers Panel {{ height: 10; }}
    Bedside.wide #cells {{ height: 2; }}
    Bedside.wide #devices {{ height: 2; margin-top: 1; }}
    Bedside.wide #events {{ height: 3; margin-top: 1; }}
    Sweep {{ height: 1fr; width: 1fr; display: none; }}
    #wave-pleth {{ display: block; }}
    #waves {{ height: 1fr; width: 1fr; layout: vertical; }}
    #tiles, #strip {{ display: none; }}
    Bedside.many #strip {{ display: block; height: 2; }}
    Bedside.many.wide #strip {{ display: none; }}
    Bedside.many.wide #tiles {{ display: block; }}
    Bedside.many.wide #numbers Panel {{ height: 8; }}
    Bedside.many.wide #tiles {{ width: 1fr; height: 1fr; }}
    """

    def __init__(self) -> None:
        # Held here and never looked up: a frame may fall before the screen is whole, or after.
        super().__init__()
        self._alarms = Panel(alarmbar, id="alarms")
        self._sweeps = {channel: Sweep(channel, id=f"wave-{channel}") for channel in ORDER}
        self._heard: dict[Channel, Instant] = {}
        self._turned = 0
        self._small = Panel(small, id="small")
        self._head = (Panel(header, id="header"), Panel(notice, id="notice"), self._alarms)
        self._numbers = (
            Panel(numeric(Measure.SPO2), id="spo2"),
            Panel(numeric(Measure.PULSE_RATE), id="pulse"),
            Panel(tiles, id="tiles"),
        )
        self._strip = Panel(tiles, id="strip")
        self._foot = (
            Panel(caseline, id="case"),
            Panel(cells, id="cells"),
            Panel(devicerow, id="devices"),
            Panel(latest, id="events"),
            Panel(promptrow, id="prompt"),
            Panel(keyrow, id="keys"),
        )

    def compose(self) -> ComposeResult:
        """Return the panels from top to bottom."""
        yield from self._head
        with Container(id="middle"):
            with Container(id="numbers"):
                yield from self._numbers
            yield self._strip
            with Container(id="waves"):
                yield from self._sweeps.values()
        yield from self._foot
        yield self._small

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew before anything is drawn in the new size: digits are never cut."""
        self._arrange(event.size)

    def look(self, sight: Sight) -> None:
        """Draw `sight` in every panel."""
        self._arrange(self.size)
        self.set_class(bool(items(sight)), "many")
        self._choose(sight)
        for panel in (*self._head, *self._numbers, self._strip, *self._foot, self._small):
            panel.look(sight)
        self._sweep(sight)

    def glance(self, sight: Sight) -> None:
        """Draw only what moves: the alarms and the waves."""
        self._alarms.look(sight)
        self._small.look(sight)
        self._sweep(sight)

    def play(self, wave: Wave, now: Instant) -> None:
        """Hand a block of a wave of this bed to its trace."""
        self._heard[wave.channel] = now
        self._sweeps[wave.channel].play(wave, now)

    def turn(self) -> None:
        """Show the next wave where there is room for one alone."""
        self._turned += 1

    def _arrange(self, size: Size) -> None:
        least, wide = SMALLEST, WIDE
        self.set_class(size.width >= wide[0] and size.height >= wide[1], "wide")
        self.set_class(size.width < least[0] or size.height < least[1], "small")

    def _choose(self, sight: Sight) -> None:
        """Give room to the waves that come, in the order of convention."""
        live = [
            channel
            for channel in ORDER
            if channel in self._heard and sight.now.seconds_since(self._heard[channel]) < KEPT_S
        ] or [Channel.PLETH]
        shown = live[:WAVES] if self.has_class("wide") else [live[self._turned % len(live)]]
        for channel, sweep in self._sweeps.items():
            if sweep.display is not (channel in shown):
                sweep.display = channel in shown
            sweep.leads = channel is shown[0]

    def _sweep(self, sight: Sight) -> None:
        for sweep in self._sweeps.values():
            if sweep.display:
                sweep.look(sight)
