"""Why a scanned code is not taken, and how to go on."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Doubt(StrEnum):
    """Why a code is not taken."""

    UNREADABLE = "unreadable"
    CHECK_DIGIT = "check_digit"
    NO_ARTICLE = "no_article"
    NO_EXPIRY = "no_expiry"
    NO_LOT = "no_lot"
    TWICE = "twice"
    IMPOSSIBLE = "impossible"
    FAR = "far"
    SWALLOWED = "swallowed"


_HAND = "type in lot and expiry by hand"
LINES = {
    Doubt.UNREADABLE: f"this reads as no GS1 code: scan it again, or {_HAND}",
    Doubt.CHECK_DIGIT: f"the article number has a wrong check digit: scan it again, or {_HAND}",
    Doubt.NO_ARTICLE: f"the code has no article number (01): scan the pack itself, or {_HAND}",
    Doubt.NO_EXPIRY: f"the code has no expiry (17): {_HAND}",
    Doubt.NO_LOT: f"the code has no lot (10): {_HAND}",
    Doubt.TWICE: f"article, lot or expiry stands there twice: scan one code alone, or {_HAND}",
    Doubt.IMPOSSIBLE: f"the code has a date that does not exist: {_HAND}",
    Doubt.FAR: f"the expiry is more than ten years away: look at the label, and {_HAND}",
    Doubt.SWALLOWED: (
        f"one field seems to have swallowed the next: {_HAND}, "
        "and set the scanner to send a separator"
    ),
}


class Refusal(Struct, frozen=True):
    """A code that is not taken; nothing of it was kept."""

    doubt: Doubt

    @property
    def line(self) -> str:
        """Return what is wrong and how to go on; of the code itself it repeats nothing."""
        return LINES[self.doubt]
