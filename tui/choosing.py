"""Which bed is chosen, and what keys and touches alter of this screen alone."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tui.bedside import Bedside
from tui.cards import columns
from tui.functions import Functions
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
    _revealed: float
    """Until when it may be read who lies at the chosen bed, in monotonic s."""

    def on_click(self, event: events.Click) -> None:
        """Choose the bed whose card is touched."""
        self._choose(self._bedside.bed_at(self.sight(), event.screen_offset))
        self.soon()

    def _choose(self, bed: str | None) -> None:
        """Choose a bed; who lies at the one that is chosen already is shown for a moment."""
        if bed is None:
            return
        again = bed == self.sight().bed_name
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
                across = columns(self.size.width)
                self._choose(stepped(self.sight(), sign, across))
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
