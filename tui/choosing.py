"""Which bed is chosen, and what keys and touches alter of this screen alone."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tui.bedside import Bedside
from tui.cards import columns
from tui.functions import Functions
from tui.pressing import open_question
from tui.prompt import IDLE
from tui.settings import Settings
from tui.sight import Place
from tui.view import View
from tui.ward import beds, stepped
from vitals.clock import Clock

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
        if every and home:
            self._place = replace(self._place, wanted=self._settings.bed)

    def on_click(self, event: events.Click) -> None:
        """Choose the bed whose card is touched, unless something lies over the cards."""
        sight = self.sight()
        if not sight.reading and not open_question(sight):
            self._choose(self._bedside.bed_at(sight, event.screen_offset))
            self.soon()

    def _choose(self, bed: str | None) -> None:
        """Choose a bed; who lies at the one that is chosen already is shown for a moment.

        What was begun for the patient before, as an end that is asked once more, is let go.
        """
        if bed is None:
            return
        again = bed == self.sight().bed_name
        self._prompt = self._prompt if again else IDLE
        self._revealed = self._clock.now().monotonic + REVEALED_S if again else 0.0
        self._place = replace(self._place, wanted=bed)

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
                self._choose(stepped(sight, sign, columns(sight, self.size.width)))
            case "enter" if self._view is View.RECOVERY:
                self._choose(self.sight().bed_name)
            case "w":
                self._bedside.turn()
            case "?":
                self.action_help()
            case "escape":
                self._helping = 0
            case "q":
                self.exit()
            case _:
                pass
