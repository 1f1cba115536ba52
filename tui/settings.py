"""What a dashboard is started with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from tui.glyphs import Glyphs
from tui.view import View
from words.catalogue import Language

UNNAMED = "bedside"
"""Who presses the keys when nobody has said who it is: a place, and no person."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one dashboard is set."""

    language: Language = Language.DANISH
    bed: str | None = None
    """The bed to show; None for the daemon's first."""
    by: str = UNNAMED
    """Who presses the keys: initials or a role."""
    frames_hz: float = 12.5
    separator: str = "\x1d"
    """What the scanner at this terminal sends between the fields of a code."""
    glyphs: Glyphs = Glyphs.BRAILLE
    """What the font of the terminal can draw."""
    view: View = View.BEDSIDE
    """What it begins with."""
    shows: bool = False
    """It only shows while nobody is logged in."""
    logout_s: float = 300.0
    """Without a key for so long, whoever logged in is there no longer."""
    attached: Callable[[], bool] = lambda: True
    """Whether somebody may still look: False once the terminal has gone."""
    zone: tzinfo | None = None
    """Time zone of the clock on screen; None for the machine's."""
