"""How the panels of one bed lie on the screen, in a low and narrow window and in a large one."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Offset, Size
from textual.screen import Screen

from daemon.protocol.messages import Wave
from tui.alarmbar import alarmbar
from tui.aside import asiderows, rows_for_aside
from tui.board import ALWAYS, board, least_beside, rows_for
from tui.cards import cardsview, columns
from tui.cards import place as bed_at
from tui.caseline import caseline
from tui.cells import cells
from tui.devicerow import devicerow
from tui.events import events as latest
from tui.events import rows_for_events
from tui.glyphs import Glyphs
from tui.header import header
from tui.instruction import instruction, rows_for_instruction
from tui.keys import keyrow, promptrow, touched
from tui.notice import notice
from tui.pages import pageview
from tui.panel import Panel
from tui.prompt import Trend, page_of
from tui.sight import Sight
from tui.small import SMALLEST, small
from tui.sweep import Sweep
from tui.theme import BACKGROUND
from tui.verdict import rows_for_verdict
from tui.view import View
from vitals.instant import Instant
from vitals.measure import Channel

WIDE = (110, 34)
"""From this many columns and rows on the wave stands beside the numbers."""
WAVES, WAVE_ROWS = 3, 6
"""So many waves stand beside the numbers, and more where each has so many rows."""
KEPT_S = 30.0
"""A wave keeps its place for so long after its last sample."""
PAGE_ROWS = 7
"""What a page is left beyond the least of a wave, below the numbers of a large window."""
AROUND, AROUND_WIDE = 11, 20
"""Rows of everything but numbers and waves, in a low window and in a large one."""
TALL, TALL_EVENTS = 60, 10
"""From so many rows on, so many of them are for what happened last."""
EVENTS = 3
"""In a large window; one row fewer each where there are several devices, and an instruction."""
NUMBERS, NUMBERS_MANY = 42, 48
"""Columns of two numbers beside the waves, and of more."""
ORDER = (Channel.ECG, Channel.PLETH, Channel.CO2, Channel.ART, Channel.RESP)


class Bedside(Screen[None]):
    """One bed."""

    CSS = f"""
    Bedside {{ background: {BACKGROUND}; overflow: hidden; layout: vertical; }}
    Panel {{ height: 1; width: 1fr; }}
    #alarms {{ height: 3; }}
    #middle {{ height: 1fr; layout: vertical; }}
    #numbers {{ height: 8; }}
    #small {{ height: 1fr; display: none; }}
    #page {{ height: 1fr; width: 1fr; display: none; }}
    Bedside.paged #waves, Bedside.paged #events {{ display: none; }}
    Bedside.paged #page {{ display: block; }}
    Bedside.trended #devices, Bedside.trended #cells {{ display: none; }}
    Bedside.trended.wide #devices, Bedside.trended.wide #cells {{ display: block; }}
    #cards {{ height: 1fr; width: 1fr; display: none; }}
    Bedside.recovery #cards {{ display: block; }}
    Bedside.recovery #numbers, Bedside.recovery #waves, Bedside.recovery #case,
    Bedside.recovery #cells, Bedside.recovery #devices, Bedside.recovery #events,
    Bedside.recovery #instruction {{ display: none; }}
    Bedside.recovery.paged #cards {{ display: none; }}
    Bedside.unwatched #numbers, Bedside.unwatched #cells {{ display: none; }}
    Bedside.small Panel, Bedside.small #middle {{ display: none; }}
    Bedside.small #small {{ display: block; }}
    Bedside.wide #notice {{ height: 2; }}
    Bedside.wide #alarms {{ height: 4; margin-bottom: 1; }}
    Bedside.wide #numbers {{ dock: right; width: {NUMBERS}; height: 1fr; }}
    Bedside.wide #cells {{ height: 2; }}
    Bedside.wide #devices {{ height: 2; margin-top: 1; }}
    Bedside.wide #events {{ margin-top: 1; }}
    Sweep {{ height: 1fr; width: 1fr; display: none; }}
    #wave-pleth {{ display: block; }}
    #waves {{ height: 1fr; width: 1fr; layout: vertical; }}
    Bedside.many.wide #numbers {{ width: {NUMBERS_MANY}; }}
    Bedside.paged.wide #numbers {{ dock: none; width: 1fr; }}
    Bedside.many.paged.wide #numbers {{ width: 1fr; }}
    Bedside.several.wide #devices {{ height: 4; }}
    Bedside.several.wide #events, Bedside.told.wide #events {{ margin-top: 0; }}
    Bedside.told.several.wide #devices {{ margin-top: 0; }}
    """

    def __init__(self, glyphs: Glyphs) -> None:
        # Held here and never looked up: a frame may fall before the screen is whole, or after.
        super().__init__()
        panel = partial(Panel, glyphs=glyphs)
        self._alarms = panel(alarmbar, id="alarms")
        self._sweeps = {
            channel: Sweep(channel, id=f"wave-{channel}", glyphs=glyphs) for channel in ORDER
        }
        self._heard: dict[Channel, Instant] = {}
        self._turned = 0
        self._small = panel(small, id="small")
        self._head = (
            panel(header, id="header"),
            panel(notice, id="notice"),
            self._alarms,
        )
        self._numbers = panel(board, id="numbers")
        self._sight: Sight | None = None
        self._page = panel(pageview, id="page")
        self._cards = panel(cardsview, id="cards")
        self._cells = panel(cells, id="cells")
        self._instruction = panel(instruction, id="instruction")
        self._aside = panel(asiderows, id="aside")
        self._latest = panel(latest, id="events")
        self._foot = (
            panel(caseline, id="case"),
            self._instruction,
            self._cells,
            panel(devicerow, id="devices"),
            self._latest,
            self._aside,
            panel(promptrow, id="prompt"),
            panel(keyrow, id="keys"),
        )

    def compose(self) -> ComposeResult:
        """Return the panels from top to bottom."""
        yield from self._head
        with Container(id="middle"):
            yield self._numbers
            yield self._page
            yield self._cards
            with Container(id="waves"):
                yield from self._sweeps.values()
        yield from self._foot
        yield self._small

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew before anything is drawn in the new size: digits are never cut."""
        self._arrange(event.size)

    def look(self, sight: Sight) -> None:
        """Draw `sight` in every panel."""
        self._sight = sight
        self._arrange(self.size)
        self._choose(sight)
        middle = self._numbers, self._page, self._cards
        for panel in (*self._head, *middle, *self._foot, self._small):
            panel.look(sight)
        self._sweep(sight)

    @property
    def room(self) -> tuple[int, int]:
        """Return the cells in which the page was drawn last; none while it is not."""
        hidden = self.has_class("small") or not self.has_class("paged")
        size = Size() if hidden else self._page.size
        return size.width, size.height

    def glance(self, sight: Sight) -> None:
        """Draw only what moves: the alarms and the waves."""
        self._alarms.look(sight)
        self._cards.look(sight)
        self._small.look(sight)
        self._sweep(sight)

    def play(self, wave: Wave, now: Instant) -> None:
        """Hand a block of a wave of this bed to its trace."""
        self._heard[wave.channel] = now
        self._sweeps[wave.channel].play(wave, now)

    def bed_at(self, sight: Sight, at: Offset) -> str | None:
        """Return the bed whose card is there; None where none is."""
        if not (self._cards.display and self._cards.region.contains_point(at)):
            return None
        place = at - self._cards.region.offset
        return bed_at(sight, *place, *self._cards.size)

    def key_at(self, sight: Sight, at: Offset) -> str:
        """Return the key whose words are there; empty where none are."""
        keys = self._foot[-1]
        inside = keys.display and keys.region.contains_point(at)
        return touched(sight, at.x - keys.region.x, keys.size.width) if inside else ""

    def across(self, sight: Sight) -> int:
        """Return how many cards stand side by side."""
        return columns(sight, *self._cards.size)

    def turn(self) -> None:
        """Show the next wave where there is no room for all."""
        self._turned += 1

    def _arrange(self, size: Size) -> None:
        least, wide = SMALLEST, WIDE
        self.set_class(size.width >= wide[0] and size.height >= wide[1], "wide")
        self.set_class(size.height >= TALL, "tall")
        self.set_class(size.width < least[0] or size.height < least[1], "small")
        if self._sight is not None:
            self._make_room(self._sight, size)

    def _make_room(self, sight: Sight, size: Size) -> None:
        """Give the numbers the rows that they need, and the waves what is left."""
        opened = page_of(sight.prompt) is not None
        self.set_class(opened, "paged")
        self.set_class(sight.view is View.RECOVERY, "recovery")
        self.set_class(isinstance(page_of(sight.prompt), Trend), "trended")
        self.set_class(opened and sight.watched is None, "unwatched")
        others = any(site or measure not in ALWAYS for _, measure, site in sight.bed.readings)
        self.set_class(others, "many")
        self.set_class(len(sight.bed.devices) > 1, "several")
        told = self._told(sight, size.width)
        if self.has_class("wide"):
            self._cells.styles.clear_rule("height")
            self._beside(sight, size, told, opened=opened)
            return
        judged = rows_for_verdict(sight, size.width)
        _tall(self._cells, judged)
        room = size.height - AROUND - told - (judged - 1)
        numbers = rows_for(sight, size.width, room)
        _tall(self._numbers, numbers)
        _tall(self._latest, rows_for_events(sight, 1, room - numbers - WAVE_ROWS))

    def _told(self, sight: Sight, width: int) -> int:
        """Give an instruction and what stands beside an answer their rows; return how many."""
        rows = rows_for_instruction(sight, width), rows_for_aside(sight, width)
        self.set_class(bool(rows[0]), "told")
        for panel, wanted in zip((self._instruction, self._aside), rows, strict=True):
            panel.display = bool(wanted) and not self.has_class("small")
            _tall(panel, wanted)
        return sum(rows)

    def _beside(self, sight: Sight, size: Size, told: int, *, opened: bool) -> None:
        """Let the numbers stand beside the waves, or above what is read in their place."""
        if not opened:
            self._numbers.styles.clear_rule("height")
            _tall(self._latest, self._lately(sight, size, told))
            return
        room = size.height - self._around - told - PAGE_ROWS
        _tall(self._numbers, rows_for(sight, size.width, room))

    def _lately(self, sight: Sight, size: Size, told: int) -> int:
        """Return the rows of the events beside which every number and wave has its own."""
        if self.has_class("tall"):
            return TALL_EVENTS
        numbers = least_beside(sight, NUMBERS_MANY if self.has_class("many") else NUMBERS)
        waves = WAVE_ROWS * min(WAVES, len(self._live(sight)))
        least = EVENTS - self.has_class("several") - self.has_class("told")
        return rows_for_events(sight, least, size.height - AROUND_WIDE - told - max(numbers, waves))

    def _live(self, sight: Sight) -> list[Channel]:
        """Return the waves that come, in the order of convention; that of the pulse else."""
        since = {channel: sight.now.seconds_since(at) for channel, at in self._heard.items()}
        return [one for one in ORDER if since.get(one, KEPT_S) < KEPT_S] or [Channel.PLETH]

    @property
    def _around(self) -> int:
        """Return the rows of everything but numbers and waves in a large window."""
        return AROUND_WIDE + (TALL_EVENTS if self.has_class("tall") else 0)

    def _choose(self, sight: Sight) -> None:
        """Give room to the waves that come, in the order of convention."""
        live = self._live(sight)
        rows = self.size.height - self._around
        room = max(WAVES, rows // WAVE_ROWS) if self.has_class("wide") else 1
        turned = self._turned % len(live) if len(live) > room else 0
        turn = [*live[turned:], *live[:turned]]
        shown, hidden = [channel for channel in live if channel in turn[:room]], turn[room:]
        for channel, sweep in self._sweeps.items():
            if sweep.display is not (channel in shown):
                sweep.display = channel in shown
            sweep.leads = channel is shown[0]
            sweep.hint = _hint(sight, hidden) if channel is shown[-1] else ""

    def _sweep(self, sight: Sight) -> None:
        for sweep in self._sweeps.values():
            if sweep.display:
                sweep.look(sight)


def _tall(panel: Panel, rows: int) -> None:
    """Give a panel so many rows; the same as before lay nothing out anew."""
    if panel.styles.height is None or panel.styles.height.value != rows:
        panel.styles.height = rows


def _hint(sight: Sight, hidden: list[Channel]) -> str:
    """Return which waves have no room, and the key that brings them."""
    names = " · ".join(sight.words.named("title", channel.value) for channel in hidden)
    return f"W: {names}" if hidden else ""
