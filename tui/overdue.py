"""For how long nobody has measured a blood pressure that is awaited, in words; pure."""

from __future__ import annotations

from tui.aging import last
from tui.byhand import typed
from tui.sight import Sight
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import CaseState

OVERDUE = "nibp_overdue"
"""Id of the alarm that says so."""


def overdue(sight: Sight) -> str:
    """Return `Blodtryk ikke målt i 6 min (interval 5 min)`; the interval where somebody set one."""
    since_s, minutes = waited_s(sight), _interval(sight)
    text = sight.words.named("alarm", OVERDUE)
    if since_s is not None:
        text = sight.words.text("overdue.for", age=sight.forms.age(since_s))
    return f"{text} {sight.words.text('overdue.interval', minutes=minutes)}" if minutes else text


def waited_s(sight: Sight) -> float | None:
    """Return for how long, in s: since the last number, or else since the anaesthetic began.

    What a person typed counts where no cuff has given any number. None where nothing is known.
    """
    cuffed, by_hand = last(sight.bed, _SYSTOLIC, sight.now), typed(sight).get(_SYSTOLIC)
    if cuffed is not None:
        return cuffed[1]
    if by_hand is not None:
        return by_hand.age_s
    held = sight.bed.case
    running = held is not None and held.message.state is CaseState.ANAESTHESIA
    return held.age_s(sight.now) if held is not None and running else None


def _interval(sight: Sight) -> int:
    """Return the minutes that were set last; 0 where none are."""
    entries = [one for one in (sight.open.entries if sight.open else ()) if not one.struck]
    found = [one.deed.minutes for one in entries if isinstance(one.deed, deeds.Repeat)]
    return found[-1] if found else 0


_SYSTOLIC = Measure.NIBP_SYSTOLIC
