"""Which bed is chosen, and what keys and touches alter of this screen alone."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tui.bedside import Bedside
from tui.functions import Functions
from tui.pressing import open_question, pressed
from tui.prompt import IDLE, Note, note
from tui.settings import Settings
from tui.sight import Place, Sight
from tui.view import View
from tui.ward import beds, stepped
from vitals.clock import Clock

CALL, AGAIN = "K", "ward.again"
"""The key that calls, and what is said at the first touch of its words."""
REVEALED_S = 10.0
"""For so long it is shown who lies at a bed, where relatives may stand beside the screen."""


class Choosing(Functions):
    """A dashboard as far as it shows one bed or another."""

    _bedside: Bedside
    _clock: Clock
    _place: Place
    _settings: Settings
    _revealed: float
    """Until when it may be read who lies at the chosen bed, in monotonic s."""

    def action_recovery(self) -> None:
        """Show every bed, or one again: at a bed's own terminal that bed, in recovery the chosen.

        Who looked at the others from the theatre is never left speaking of one of them.
        """
        every, home = self._view is View.RECOVERY, self._settings.view is not View.RECOVERY
        self._view, self._prompt = View.BEDSIDE if every else View.RECOVERY, IDLE
        self._revealed = 0.0
        if every and home:
            self._place = replace(self._place, wanted=self._settings.bed)

    def on_click(self, event: events.Click) -> None:
        """Take a touch on a card or on the call, unless something lies over the cards."""
        sight, at = self.sight(), event.screen_offset
        if sight.view is not View.RECOVERY or sight.reading or open_question(sight):
            return
        if self._bedside.key_at(sight, at) == CALL:
            self._call(sight)
        elif (bed := self._bedside.bed_at(sight, at)) == sight.bed_name:
            self._reveal()
        else:
            self._choose(bed)
        self.soon()

    def _call(self, sight: Sight) -> None:
        """Call from the chosen bed at the second touch: a sleeve touches once."""
        armed = isinstance(sight.prompt, Note) and sight.prompt.word == AGAIN
        called = pressed(sight, CALL, self._asker()) if armed else note(AGAIN, sight.now)
        if called is not None:
            self._act(called)

    def _choose(self, bed: str | None) -> None:
        """Choose a bed; what was begun for the patient before, as an end asked twice, is let go."""
        if bed is None or bed == self.sight().bed_name:
            return
        self._prompt, self._revealed = IDLE, 0.0
        self._place = replace(self._place, wanted=bed)

    def _reveal(self) -> None:
        """Show for a moment who lies at the bed that is chosen; nothing else ever does."""
        self._revealed = self._clock.now().monotonic + REVEALED_S

    def _attend(self) -> None:
        """Choose the worst bed where none was ever chosen; it stays chosen whatever comes."""
        if self._view is View.RECOVERY and self._place.wanted is None:
            found = beds(self.sight())
            if found:
                self._place = replace(self._place, wanted=found[0].bed_name)

    def _turn(self, sign: str) -> None:
        """Take a key that only alters what this screen shows."""
        match sign:
            case "left" | "right" | "up" | "down" | "home" if self._view is View.RECOVERY:
                sight = self.sight()
                self._choose(stepped(sight, sign, self._bedside.across(sight)))
            case "enter" if self._view is View.RECOVERY:
                self._reveal()
            case "w":
                self._bedside.turn()
            case "?":
                self.action_help()
            case "escape":
                self._helping, self._revealed = 0, 0.0
            case "q":
                self.exit()
            case _:
                pass
