"""What people are trained in, and what a document about it says."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Competence(StrEnum):
    """What the service descriptions and the practice ask people to be trained in."""

    US_BLOCKS = "us_blocks"
    """Nerve blocks guided by ultrasound."""
    MUSCULOSKELETAL = "musculoskeletal"
    """Ultrasound of muscles and joints: the course of three days or its like."""
    MANIPULATION = "manipulation"
    ACUPUNCTURE = "acupuncture"
    RESUSCITATION = "resuscitation"
    DIFFICULT_AIRWAY = "difficult_airway"
    TRACHEOTOMY = "tracheotomy"
    INTRAOSSEOUS = "intraosseous"


class Certificate(Struct, frozen=True, forbid_unknown_fields=True):
    """One person's document about one competence; a date that is absent has not been."""

    competence: Competence
    course_on: date | None = None
    approved_on: date | None = None
    """When the specialty's organisation (DAO) approved it."""
    sent_on: date | None = None
    """When it was sent to the region."""
    valid_to: date | None = None
    """The last day on which it holds; absent: it does not run out."""

    def __post_init__(self) -> None:
        """Refuse a document that was sent before it was approved, or approved before its course."""
        steps = [day for day in (self.course_on, self.approved_on, self.sent_on) if day is not None]
        if steps != sorted(steps):
            raise ValueError("course_on, approved_on and sent_on do not stand in order")
        if self.sent_on is not None and self.approved_on is None:
            raise ValueError("sent_on stands without approved_on")
