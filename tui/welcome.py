"""The first steps, while nothing is set up that could be shown; pure."""

from __future__ import annotations

from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit

DONE, MISSING, LATER = "✓", "✗", "☐"


def awaited(sight: Sight) -> bool:
    """Tell whether nothing can be shown yet: no daemon, no bed, or no monitor at any."""
    match sight.reach:
        case Reach.NEVER:
            return sight.silent
        case Reach.NO_BED:
            return not _beds(sight)
        case Reach.LIVE:
            return sight.mirror.complete and not sight.mirror.equipped
        case _:
            return False


def welcome(sight: Sight, width: int, height: int) -> list[Row]:
    """Return at most `height` rows: each step, whether it is done, and how to do it."""
    steps = (sight.reach is not Reach.NEVER, bool(_beds(sight)), sight.mirror.equipped)
    first = steps.index(False)
    words = sight.words
    rows: list[Row] = [(Span(f"  {words.text('welcome.title')}", Tone.STRONG),)]
    for place, name in enumerate(("daemon", "beds", "monitors")):
        mark = DONE if place < first else MISSING if place == first else LATER
        tone = Tone.STRONG if place == first else Tone.PLAIN
        done = "done_" if place < first else ""
        text = words.text(f"welcome.{done}{name}", socket=sight.place.address, beds=_beds(sight))
        rows.append((Span(f"  {mark} {text}", tone),))
    rows.append((Span(f"  {LATER} {words.text('welcome.then')}"),))
    above: list[Row] = [()] if height > len(rows) else []
    return [fit(row, width) for row in [*above, *rows][:height]]


def _beds(sight: Sight) -> str:
    hello = sight.mirror.hello
    return ", ".join(hello.beds) if hello else ""
