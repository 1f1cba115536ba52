"""Who may ask: initials that a person of the practice has."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.people import Person, known
from daemon.clock import local_date
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from vitals.instant import Instant


def check_initials(people: Sequence[Person], initials: str, now: Instant) -> None:
    """Refuse initials that nobody of the practice has; where no people are listed, any may be."""
    if not people:
        return
    listed = known(people, local_date(now))
    if initials not in listed:
        detail = f"no initials {initials!r}; initials: {', '.join(listed) or 'none today'}"
        raise RefusedError(Refusal.UNKNOWN_INITIALS, detail)
