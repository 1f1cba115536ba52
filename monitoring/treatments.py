"""Treatments of pain and blocks as the rules see them: given before, or about to be given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from math import isfinite

from msgspec import Struct

from vitals.rows import Text
from vitals.series import Choice, History
from vitals.vocabulary import Part, Side


class Apparatus(StrEnum):
    """What must stand ready for a treatment."""

    COUCH = "couch"
    ULTRASOUND = "ultrasound"
    OXIMETER = "oximeter"
    PRESSURE = "pressure"
    """For blood pressure."""
    COMPLICATIONS = "complications"
    """What is needed when something goes wrong."""


class Dose(Struct, frozen=True):
    """A steroid and how much of it; `mg` is none where that is not known."""

    drug: str
    mg: float | None

    def __post_init__(self) -> None:
        """Refuse an amount that is none."""
        if self.mg is not None and not (isfinite(self.mg) and self.mg > 0):
            raise ValueError(f"{self.mg} mg of {self.drug} is no dose")


class Treatment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One service given to one patient on one day, at one anatomical site."""

    patient: str
    """An opaque key; the same patient has the same."""
    day: date
    code: str
    site: str = ""
    """As the clinic names it; with code and side it is what a series is counted by."""
    side: Side | None = None
    part: Part | None = None
    steroid: Dose | None = None
    """None: without steroid."""
    diagnostic: bool = False
    choice: Choice = Choice.UNSAID
    amount: int = 1
    """Points or patches of this treatment."""
    fee: bool = True
    """Whether its fee is asked for."""
    course: str = ""
    """The course of treatment that it belongs to, as the clinic names it."""
    by_specialist: bool = True
    effect: bool | None = None
    """What it did, where that was judged."""

    @property
    def place(self) -> tuple[str, str, Side | None]:
        """Return what a series is counted by: code, site and side."""
        return self.code, self.site, self.side


class Activation(Struct, frozen=True, forbid_unknown_fields=True):
    """A region's decision that a framework service may be used at this site."""

    code: Text
    """As it is written; which codes may be activated the rules know."""
    region: Text
    since: date
    reference: Text
    """Where the decision stands: a letter, a date, a number."""


class Setting(Struct, frozen=True, kw_only=True):
    """What is so on the day, beside the treatments."""

    history: History
    activations: tuple[Activation, ...] = ()
    ready: frozenset[Apparatus] | None = None
    """None: nobody has said what stands ready."""


def consultation(past: Sequence[Treatment], new: Treatment) -> tuple[Treatment, ...]:
    """Return everything of the same patient and day, the new treatment last."""
    return (*(one for one in past if (one.patient, one.day) == (new.patient, new.day)), new)


def repeated(past: Sequence[Treatment], new: Treatment) -> tuple[Treatment, ...]:
    """Return the treatments up to the new one with its patient, code, site and side, by day."""
    same = (one for one in past if (one.patient, one.place) == (new.patient, new.place))
    return (*sorted((one for one in same if one.day <= new.day), key=lambda one: one.day), new)


def course(past: Sequence[Treatment], new: Treatment) -> tuple[Treatment, ...]:
    """Return the treatments up to the new one of its patient, code and course, by day."""
    wanted = (new.patient, new.code, new.course)
    same = (one for one in past if (one.patient, one.code, one.course) == wanted)
    return (*sorted((one for one in same if one.day <= new.day), key=lambda one: one.day), new)
