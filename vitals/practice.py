"""The closed vocabularies of checklists, stock, gases and equipment, spoken by every room.

Sources of the words: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3
(equipment, gases, responsibility); AAGBI, Checking Anaesthetic Equipment (2012).
"""

from __future__ import annotations

from enum import StrEnum


class Country(StrEnum):
    """Where the practice is."""

    DENMARK = "dk"
    NORWAY = "no"


class Scope(StrEnum):
    """What a row of a checklist is about: for each of these it falls due by itself."""

    KIT = "kit"
    """What travels with the anaesthesiologist."""
    SITE = "site"
    """The clinic: its rooms, suction and gases."""
    DEVICE = "device"
    PERSON = "person"
    CASE = "case"


class Interval(StrEnum):
    """How often a row is asked for."""

    DAY = "day"
    """On the first session of a day in use."""
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CASE = "case"
    USE = "use"
    """After something was used."""
    EVENT = "event"
    """When what the row names happens."""


class Responsible(StrEnum):
    """Who answers for a row."""

    ANAESTHESIOLOGIST = "anaesthesiologist"
    CLINIC = "operating_clinic"
    AGREEMENT = "by_agreement"


class Outcome(StrEnum):
    """What came of looking at a row."""

    DONE = "done"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Readiness(StrEnum):
    """Whether a place may be worked at on a day."""

    READY = "ready"
    NOTICES = "notices"
    """Ready, with something to know."""
    HELD = "held"
    UNCHECKED = "unchecked"
    UNUSED = "unused"
    """Nobody works there that day."""


class Ware(StrEnum):
    """What a pack holds."""

    DRUG = "drug"
    DISPOSABLE = "disposable"
    PADS = "pads"
    BATTERY = "battery"


class Gas(StrEnum):
    """A medical gas in cylinders."""

    OXYGEN = "o2"
    AIR = "air"
    NITROUS_OXIDE = "n2o"


class Use(StrEnum):
    """What a cylinder is there for."""

    IN_USE = "in_use"
    RESERVE = "reserve"
    EMPTY = "empty"
