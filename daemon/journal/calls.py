"""What the journal keeps of a call from a bed without any patient on record."""

from __future__ import annotations

from daemon.journal.event import Event


class BedCalled(Event, frozen=True, tag="bed_called"):
    """The anaesthetist is called to a bed at which no case ever was."""

    bed: str
    by: str
    rings: bool = False
    """It sounds until somebody answers; absent in a journal of a version that only kept it."""
