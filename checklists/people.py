"""The people of a practice: initials, what they are, what they are trained in, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from vitals.competence import Certificate


class Role(StrEnum):
    """What a person is in the practice."""

    ANAESTHESIOLOGIST = "anaesthesiologist"
    RECOVERY = "recovery"
    """Watches patients in the last part of recovery, on instruction."""
    OWNER = "owner"
    TECHNICIAN = "technician"


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """One person, by initials and never by name."""

    initials: Annotated[str, Meta(pattern=r"\A[\w.-]{1,16}\Z")]
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    certificate: tuple[Certificate, ...] = ()
    insured_to: date | None = None
    """The last day that is insured; absent: not on file."""
    valid_to: date | None = None
    """The last day in the practice; absent: no end is known."""


def known(people: Sequence[Person], day: date) -> tuple[str, ...]:
    """Return the initials of those who belong to the practice on a day, sorted."""
    return tuple(
        sorted(one.initials for one in people if one.valid_to is None or day <= one.valid_to)
    )


def faults(people: Sequence[Person]) -> Iterator[str]:
    """Yield a line for whatever stands twice: initials, or one person's competence."""
    initials = [one.initials for one in people]
    for twice in sorted({one for one in initials if initials.count(one) > 1}):
        yield f"[[person]] initials {twice!r} stands twice: keep one"
    for number, person in enumerate(people, 1):
        held = [one.competence.value for one in person.certificate]
        for twice in sorted({one for one in held if held.count(one) > 1}):
            yield f"[[person]] {number}: certificate {twice!r} stands twice: keep one"
