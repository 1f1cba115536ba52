"""What a refusal rests on, in parts: a screen says it in its own language."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from vitals.measure import Measure


class Why(StrEnum):
    """What was wrong; `because.<id>` are its words."""

    RANGE = "range"
    """Outside `lowest` to `highest`."""
    CROSSED = "crossed"
    """A pressure is not above the one in `below`."""
    PERSON = "person"
    """A number of a person stands among the words."""
    MOMENT = "moment"
    """The deed does not follow from where the patient is; one of `expected` does."""
    AHEAD = "ahead"
    """The time has not been."""
    LATER = "later"
    """What was entered later would no longer follow."""
    ENTRY = "entry"
    """There is no such entry to correct."""
    DEVICE = "device"
    """The airway device is still in place."""
    SIGN = "sign"
    """`about` may not sign; `expected` may."""
    ROLE = "role"
    """It is not for who said the deed; `expected` may say it."""
    GIVEN = "given"
    """The patient may be given to `expected` only."""
    WORDS = "words"
    """`expected` was not said of the patient."""
    CLEAR = "clear"
    """Nobody said that the airway is free and the patient no longer deep."""
    RUNNING = "running"
    """`about` is at the bed and is not over."""
    INITIALS = "initials"
    """Nobody has the initials `about`; `expected` are known."""
    TIME = "time"
    """`about` was opened long after the time."""
    AGE = "age"
    """`about` is no age."""
    LATE = "late"
    """`value` min late, and no reason."""
    IN_PLACE = "in_place"
    """Moved with the airway device in place, and no reason."""
    LOCKED = "locked"
    """`about` typed too many wrong PINs, and can sign again in `value` s."""
    LEFT = "left"
    """`about` was of the practice up to a day, which `expected` is."""
    EXPLAIN = "explain"
    """Nobody said why it was started in spite of a hold."""


class Because(Struct, frozen=True, omit_defaults=True):
    """Why something was refused; each part is there where `why` speaks of it."""

    why: Why
    about: str = ""
    """Initials, a case, an age: as it was said, or as it is known."""
    deed: str = ""
    """What was said, by the word of its deed."""
    expected: tuple[str, ...] = ()
    """What could be instead: words of deeds, initials, or words of the five."""
    measure: Measure | None = None
    below: Measure | None = None
    value: float | None = None
    """In the unit of the measure, or in min; of a lock in s."""
    lowest: float | None = None
    highest: float | None = None
