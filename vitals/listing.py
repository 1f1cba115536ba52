"""The closed vocabularies of the day list that both ends of the daemon's socket speak."""

from __future__ import annotations

from enum import StrEnum


class RowState(StrEnum):
    """Where a row of the day list stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    """A case was opened from it, and is not over."""
    DONE = "done"
    CANCELLED = "cancelled"
    MOVED = "moved"
    """To the list of another day."""

    @property
    def over(self) -> bool:
        """Tell whether nothing more is to be done for it on this day."""
        return self in _OVER


_OVER = {RowState.DONE, RowState.CANCELLED, RowState.MOVED}


class Slip(StrEnum):
    """Why what was typed cannot become a row; `slip.<id>` are its words."""

    PATIENT_NUMBER = "patient_number"
    """It holds what looks like the number of a person."""
    NOTE_LONG = "note_long"
    NOTE_NUMBER = "note_number"
    """The note holds a number as long as a code, a date or a person's number."""
    NO_CODE = "no_code"
    UNKNOWN_CODE = "unknown_code"
    WITHDRAWN_CODE = "withdrawn_code"
    EITHER_CODE = "either_code"
    """A number of both an anaesthesia service and a procedure."""
    TWO_CODES = "two_codes"
    CODE_NOT_ALONE = "code_not_alone"
    """A service that goes with an anaesthetic, or a phase of one."""
    OTHER_CODE = "other_code"
    """The procedures have another anaesthesia service than the one beside them."""
    UNMAPPED = "unmapped"
    """The procedures have none: it must stand beside them."""
    IMPOSSIBLE = "impossible"
    """The procedures cannot stand so in any operation."""
    NO_SITE = "no_site"
    """The procedures alone do not decide the service."""
    UNKNOWN_SITE = "unknown_site"
    NO_AGE = "no_age"
    BAD_AGE = "bad_age"
    EITHER_AGE = "either_age"
    """A bare 0 or 1 may be months as well as years."""
    TWICE = "twice"
    """An age, a side or a site that was given before."""
