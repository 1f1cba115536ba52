"""What keeps the airway: what may be picked, and when a device was removed that nobody told of."""

from __future__ import annotations

from tui.fields import Answers, Field, Form, Option
from tui.sight import Sight
from vitals import deeds
from vitals.deeds import Said
from vitals.vocabulary import Airway

ASKED = "airway_removed"
"""The notice that asks whether the device was removed when the CO2 stopped."""
THEN = "then"


def stopped(sight: Sight) -> float | None:
    """Return when the CO2 stopped, in monotonic s; None unless it is asked what became of it."""
    held = sight.bed.case
    if held is None or sight.watched is None or ASKED not in held.message.notices:
        return None
    waited_s = held.message.breathless_s
    return None if waited_s is None else held.arrived.monotonic - waited_s


def _offers(sight: Sight) -> list[Option]:
    picks = Field("airway", tuple(Airway)).options(sight)
    at = stopped(sight)
    if at is None:
        return picks
    moment = sight.local(sight.now.wall - (sight.now.monotonic - at))
    text = sight.words.text("pick.then", time=f"{moment:%H:%M:%S}")
    return [Option(text[0], text[2:], THEN), *picks]


def _made(answers: Answers) -> Said:
    removed = answers[0] == THEN
    return deeds.SetAirway(airway=Airway.NONE if removed else Airway(answers[0]))


def _since(sight: Sight, answer: str) -> float | None:
    return stopped(sight) if answer == THEN else None


AIRWAY = Form((Field("airway", offers=_offers),), _made, since=_since)
"""Among `tui.forms.FORMS`."""
