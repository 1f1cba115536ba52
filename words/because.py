"""Why something was refused, in words that name what could be instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BECAUSE: Mapping[str, str] = MappingProxyType(
    {
        "because.range": "{measure} {value}: {lowest} to {highest} {unit} is possible",
        "because.crossed": "{measure} has to be above {below}",
        "because.person": "a patient's number stands among the words: leave it out",
        "because.moment": "possible: {expected}",
        "because.ahead": "{deed}: the time has not been yet",
        "because.later": "{deed}: later entries would hang in the air; correct those first",
        "because.entry": "there is no such entry to correct",
        "because.device": "the airway device is still in place: L says when it was removed",
        "because.sign": "{about} may not sign; may: {expected}",
        "because.role": "{deed} is not for {about}; may: {expected}",
        "because.given": "the patient may be given to: {expected}",
        "because.words": "not said: {expected}",
        "because.clear": "not said: airway device out, airway safe and free, no longer deep",
        "because.running": "{about} is at the bed: send home, to hospital, cancel or move it",
        "because.initials": "{about} is not known; known: {expected}",
        "because.time": "the time is long before {about} was opened",
        "because.age": "age {about}: write 4y, 8m or 20d; at most 120 years",
        "because.late": "{value} min late: a reason is missing",
        "because.in_place": "with the airway device in place: a reason is missing",
        "because.locked": "{about} can sign again in {value} s",
        "because.explain": "why it was started all the same has to be said first: B",
        "because.left": "{about} has left; the last day was {expected}",
        "because.nobody": "nobody today",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
