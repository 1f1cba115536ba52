"""The loss of the daemon, which fills the bar: it is not heard, or speaks another protocol."""

from __future__ import annotations

from tui.bell import lost
from tui.items import TONES, acknowledging
from tui.order import lit
from tui.sight import Reach, Sight
from tui.span import Row, Span, centred, fit, spread
from vitals.vocabulary import Priority

_WORDS = {Reach.NEVER: "link.never", Reach.FOREIGN: "link.foreign"}


def silent(sight: Sight) -> bool:
    """Tell whether the daemon is not heard, or no longer, or is not understood."""
    if sight.reach is Reach.FOREIGN:
        return True
    return sight.reach in (Reach.NEVER, Reach.LOST) and sight.silent


def loss(sight: Sight) -> Span:
    """Return what is to be read first, in its fill."""
    word = _WORDS.get(sight.reach, "link.lost")
    bright = lit(Priority.HIGH, sight.now) and not sight.noted
    return Span(f"!!! {sight.words.text(word)}", TONES[Priority.HIGH][bright])


def lostbar(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the loss, what to do, and why the terminal rings until somebody has seen it."""
    words = loss(sight)
    tone = words.tone
    rows = [fit((), width, tone) for _ in range(height)]
    middle = (height - 1) // 2
    rows[middle] = centred(words.text, width, tone)
    rows[middle + 1] = centred(sight.words.text("link.look"), width, tone)
    if lost(sight):
        rings = "" if sight.noted else sight.words.text("link.rings")
        key = sight.words.text("alarm.acknowledged") if sight.noted else acknowledging(sight)
        rows[0] = spread((Span(f" {rings}", tone),), (Span(f"{key} ", tone),), width, tone)
    return rows
