"""What the journal keeps of the waves and numbers around alarms: a file for each, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field, structs

from daemon.journal.event import Event
from monitoring.signals import Cue
from vitals.vocabulary import Priority


class Why(StrEnum):
    """Why there is no file of an alarm."""

    TOO_MANY = "too_many"
    """As many as are kept in that time were there already."""
    JOURNAL_LATE = "journal_late"
    """As many as may wait did so, because the disk was slow."""
    DISK_FULL = "disk_full"


class AlarmRecorded(Event, frozen=True, tag="alarm_recorded"):
    """Waves and numbers around an alarm are kept; the chain covers their hash.

    Times are RFC 3339 in UTC. The alarm began or became high at `at`; the file reaches from
    `from` to `to`, which is less than half a minute either way where less is known or the patient
    came or went.
    """

    case: str
    bed: str
    alarm: str
    device: str | None
    cue: Cue
    priority: Priority
    at: str
    begin: str = field(name="from")
    end: str = field(name="to")
    file: str = ""
    sha256: str = ""
    """Of the file as it is kept, in hexadecimal digits."""
    size: int = 0
    """In bytes."""


class AlarmUnrecorded(Event, frozen=True, tag="alarm_unrecorded"):
    """Waves and numbers around an alarm are not kept."""

    case: str
    bed: str
    alarm: str
    device: str | None
    at: str
    why: Why


Recorded = AlarmRecorded | AlarmUnrecorded
"""What became of the waves and numbers around an alarm."""


class File(Struct, frozen=True):
    """A file that lies in the journal's database."""

    name: str
    sha256: str
    size: int
    body: bytes

    @property
    def whole(self) -> bool:
        """Tell whether its body is what its hash and its size say."""
        return (digest(self.body), len(self.body)) == (self.sha256, self.size)


class Attachment:
    """A file of an event that is made where it is written: packing it takes a while."""

    def __init__(self, name: str, make: Callable[[], bytes]) -> None:
        self._name = name
        self._make = make

    @cached_property
    def file(self) -> File:
        """Return the file, made when first asked for."""
        body = self._make()
        return File(self._name, digest(body), len(body), body)


def filed(event: Event, file: File) -> Event:
    """Return an event with the file it names, where it is one that does."""
    if not isinstance(event, AlarmRecorded):
        return event
    return structs.replace(event, file=file.name, sha256=file.sha256, size=file.size)


def unfiled(event: Event, why: Why) -> Event:
    """Return what is recorded instead of an event whose file is not kept."""
    if not isinstance(event, AlarmRecorded):
        return event
    whose = event.case, event.bed, event.alarm, event.device, event.at
    return AlarmUnrecorded(*whose, why)


def digest(body: bytes) -> str:
    """Return the hash by which a file is known."""
    return hashlib.sha256(body).hexdigest()
