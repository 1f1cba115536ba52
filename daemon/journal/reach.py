"""What the journal keeps of whether an anaesthetist can be called: only that it was lost."""

from __future__ import annotations

from daemon.journal.event import Event


class CallableLost(Event, frozen=True, tag="callable_lost"):
    """No terminal of the anaesthetist answers: she counts as callable no longer."""

    case: str
    bed: str
    by: str
    """The anaesthetist."""
