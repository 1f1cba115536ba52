"""Who may ask: initials that a person of the practice has."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.people import Person, Role, holds, known
from daemon.clock import local_date
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.case import Case
from vitals.deeds import HandOver, Recover, Resume
from vitals.instant import Instant


def check_initials(people: Sequence[Person], initials: str, now: Instant) -> None:
    """Refuse initials that nobody of the practice has; where no people are listed, any may be."""
    if not people:
        return
    listed = known(people, local_date(now))
    if initials not in listed:
        detail = f"no initials {initials!r}; initials: {', '.join(listed) or 'none today'}"
        raise RefusedError(Refusal.UNKNOWN_INITIALS, detail)


def check_signer(people: Sequence[Person], initials: str, case: Case) -> None:
    """Refuse a signature at the end of monitoring that is nobody's to give.

    An anaesthesiologist's it is, or that of whom the patient was handed to on instruction (FAPS,
    RLTN, chapter 3, p. 15). Where no people are listed, anybody's.
    """
    if people and initials != _handed(case) and not holds(people, initials, Role.ANAESTHESIOLOGIST):
        listed = [one.initials for one in people if Role.ANAESTHESIOLOGIST in one.roles]
        detail = f"{initials} may not sign: hand the patient over, or let {', '.join(listed)} sign"
        raise RefusedError(Refusal.NO_SIGNER, detail)


def _handed(case: Case) -> str:
    """Return whom the patient is handed to just now; empty while it is the anaesthetist."""
    to = ""
    for entry in case.told:
        match entry.deed:
            case HandOver(to=initials):
                to = initials
            case Recover() | Resume():
                to = ""
            case _:
                pass
    return to
