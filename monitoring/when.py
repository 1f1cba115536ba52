"""The condition of a row, and whether what is known meets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct, structs

from monitoring.age import AgeError, age
from monitoring.facts import Facts
from monitoring.technique import Manner
from vitals.rows import Text
from vitals.vocabulary import Airway, Ventilation

Some = Meta(min_length=1)


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """What must be so for a row to hold; every key that is given must be met."""

    technique: Annotated[tuple[Manner, ...], Some] | None = None
    airway: Annotated[tuple[Airway, ...], Some] | None = None
    ventilation: Annotated[tuple[Ventilation, ...], Some] | None = None
    relaxant: bool | None = None
    bp_lowering: bool | None = None
    nitrous_oxide: bool | None = None
    below: Text | None = None
    """An age: `2y` is met until the second birthday."""

    def __post_init__(self) -> None:
        """Refuse a condition without a key, and one whose age is none."""
        if not any(value is not None for value in structs.astuple(self)):
            raise ValueError("the condition is empty: add a key")
        if self.below is not None:
            try:
                age(self.below)
            except AgeError as error:
                raise ValueError(f"below: {error}") from error

    def met(self, facts: Facts) -> bool | None:
        """Return whether it is met; None where that is not known yet."""
        answers = list(self._answers(facts))
        return False if False in answers else None if None in answers else True

    def _answers(self, facts: Facts) -> Iterator[bool | None]:
        if self.technique is not None:
            yield _among(facts.manners, frozenset(self.technique))
        for wanted, known in (
            (self.airway, facts.placed),
            (self.ventilation, facts.ventilation),
        ):
            if wanted is not None:
                yield None if known is None else known in wanted
        for said, fact in (
            (self.relaxant, facts.relaxant),
            (self.bp_lowering, facts.bp_lowering),
            (self.nitrous_oxide, facts.nitrous_oxide),
        ):
            if said is not None:
                yield None if fact is None else fact is said
        if self.below is not None:
            yield None if facts.age is None else facts.age < age(self.below)


def _among(possible: frozenset[Manner], wanted: frozenset[Manner]) -> bool | None:
    """Return whether one of `wanted` it is, as far as what is possible decides it."""
    if possible <= wanted:
        return True
    return None if possible & wanted else False
