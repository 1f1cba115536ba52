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
from vitals.instant import Instant
from vitals.measure import Channel, Measure

WIDE = (110, 34)
"""From this many columns and rows on the wave stands beside the numbers."""


class Bedside(Screen[None]):
    """One bed."""

    CSS = f"""
    Bedside {{ background: {BACKGROUND}; overflow: hidden; layout: vertical; }}
    Panel {{ height: 1; width: 1fr; }}
    #alarms {{ height: 3; }}
    #middle {{ height: 1fr; layout: vertical; }}
    #numbers {{ height: 8; width: 1fr; layout: horizontal; }}
    #numbers Panel {{ height: 8; }}
    #wave {{ height: 1fr; width: 1fr; }}
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
    """

    def __init__(self) -> None:
        # Held here and never looked up: a frame may fall before the screen is whole, or after.
        super().__init__()
        self._alarms = Panel(alarmbar, id="alarms")
        self._wave = Sweep(Channel.PLETH, id="wave")
        self._small = Panel(small, id="small")
        self._head = (Panel(header, id="header"), Panel(notice, id="notice"), self._alarms)
        self._numbers = (
            Panel(numeric(Measure.SPO2), id="spo2"),
            Panel(numeric(Measure.PULSE_RATE), id="pulse"),
        )
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
            yield self._wave
        yield from self._foot
        yield self._small

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew before anything is drawn in the new size: digits are never cut."""
        self._arrange(event.size)

    def look(self, sight: Sight) -> None:
        """Draw `sight` in every panel."""
        self._arrange(self.size)
        for panel in (*self._head, *self._numbers, *self._foot, self._small):
            panel.look(sight)
        self._wave.look(sight)

    def glance(self, sight: Sight) -> None:
        """Draw only what moves: the alarms and the wave."""
        self._alarms.look(sight)
        self._small.look(sight)
        self._wave.look(sight)

    def play(self, wave: Wave, now: Instant) -> None:
        """Hand a block of a wave of this bed to its trace."""
        self._wave.play(wave, now)

    def _arrange(self, size: Size) -> None:
        least, wide = SMALLEST, WIDE
        self.set_class(size.width >= wide[0] and size.height >= wide[1], "wide")
        self.set_class(size.width < least[0] or size.height < least[1], "small")
