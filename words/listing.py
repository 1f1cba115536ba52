"""What is said of the day list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from words.seeking import SEEKING

LISTING: Mapping[str, str] = MappingProxyType(
    {
        **SEEKING,
        "row.waiting": "waiting",
        "row.taken": "under way",
        "row.done": "done",
        "row.cancelled": "cancelled",
        "row.moved": "moved to another day",
        "cancellation.fasting": "not fasted",
        "cancellation.infection": "infection",
        "cancellation.no_show": "did not come",
        "cancellation.other": "other reason",
        "slip.patient_number": "it holds what looks like a person's number",
        "slip.note_long": "the note is too long",
        "slip.note_number": "the note holds a long number",
        "slip.no_code": "no code stands there",
        "slip.unknown_code": "there is no such code",
        "slip.withdrawn_code": "that code is withdrawn",
        "slip.either_code": "it may be a service or a procedure",
        "slip.two_codes": "two codes",
        "slip.code_not_alone": "that code goes with an anaesthetic",
        "slip.other_code": "the procedures have another service",
        "slip.unmapped": "the procedures have no service: give it",
        "slip.impossible": "the procedures cannot stand together",
        "slip.no_site": "the site decides the service: give it",
        "slip.unknown_site": "there is no such site",
        "slip.no_age": "no age stands there",
        "slip.bad_age": "that age cannot be used",
        "slip.either_age": "months or years? write {age}m or {age}y",
        "slip.twice": "age, side or site is given twice",
        "list.title": "List of {day}",
        "list.counts": "{waiting} wait · {taken} under way · {over} over",
        "list.empty": "Nobody: N writes a row; several lines may be pasted",
        "list.line": "Row, as 3005 4 r note:",
        "list.day": "To (3 = in 3 days, 24.11; empty: next day):",
        "list.keys": "Enter take  N new  C cancel  D day  F done  ⇧↑ ⇧↓ order  ← → lists  Esc",
        "list.next": "F6 next: {row}",
        "list.bad": "line {line} of {lines}: {slip}",
        "list.to": "to {day}",
        "row_short.waiting": "waits",
        "row_short.taken": "under way",
        "row_short.done": "done",
        "row_short.cancelled": "cancelled",
        "row_short.moved": "moved",
        "side.left": "left",
        "side.right": "right",
        "side.both": "both",
        "side.middle": "middle",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
