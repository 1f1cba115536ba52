"""The people of a practice: initials, what they are, what they are trained in, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from vitals.competence import Certificate
from vitals.role import Role


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """One person, by initials and never by name."""

    initials: Annotated[
        str,
        Meta(
            pattern=r"\A[\w.-]{1,16}\Z",
            description="1 to 16 letters, digits, dots or hyphens, and no blank",
        ),
    ]
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


def having(people: Sequence[Person], roles: Collection[Role], day: date) -> tuple[str, ...]:
    """Return the initials of those of the practice who have one of these roles on a day, sorted."""
    listed = known(people, day)
    return tuple(
        sorted(
            one.initials
            for one in people
            if one.initials in listed and not set(one.roles).isdisjoint(roles)
        )
    )


def holds(people: Sequence[Person], initials: str, role: Role) -> bool:
    """Tell whether somebody has a role."""
    return any(one.initials == initials and role in one.roles for one in people)


def doubled(people: Mapping[int, Person]) -> Iterator[str]:
    """Yield a line for each competence that one of the people, by number, is said to have twice."""
    for number, person in people.items():
        held = [one.competence.value for one in person.certificate]
        for twice in sorted({one for one in held if held.count(one) > 1}):
            yield f"[[person]] {number}: certificate {twice!r} stands twice: keep one"
