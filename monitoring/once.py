"""Rows of the limits that stand once: the youngest, oxygen in recovery, limits that are altered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from monitoring.age import Age, AgeError, age
from vitals.rows import Source

Limit = Annotated[float, Meta(gt=0, le=500)]
"""Bounded, because a limit of `nan` or `inf` never alarms."""
Percent = Annotated[float, Meta(gt=0, le=100)]


class Infant(Struct, frozen=True, forbid_unknown_fields=True):
    """The heart rate of an infant below which it is shown, and is no alarm."""

    below: str
    hr_lo: Limit
    source: Source

    def __post_init__(self) -> None:
        """Refuse what is no age."""
        aged("below", self.below)

    @property
    def age(self) -> Age:
        """Return the age from which it says nothing."""
        return age(self.below)


class Usual(Struct, frozen=True, forbid_unknown_fields=True):
    """The age from which a patient is one that the practice usually has."""

    since: str = field(name="from")
    source: Source

    def __post_init__(self) -> None:
        """Refuse what is no age."""
        aged("from", self.since)

    @property
    def age(self) -> Age:
        """Return that age."""
        return age(self.since)


class Oxygenated(Struct, frozen=True, forbid_unknown_fields=True):
    """What SpO2 is held to in recovery while oxygen is given, where that is lower."""

    spo2_lo: Percent
    source: Source


class Altering(Struct, frozen=True, forbid_unknown_fields=True):
    """From which share of itself on a limit that somebody widened stands out."""

    extreme: Annotated[float, Meta(gt=0, le=1)]
    source: Source


def aged(key: str, text: str) -> None:
    """Raise ValueError where a key has no age."""
    try:
        age(text)
    except AgeError as error:
        raise ValueError(f"{key}: {error}") from error
