"""Who may ask, and who may say what: initials and roles that people of the practice have.

Where no people are listed, anybody may. An airway, an end and a call are in no row of roles.toml,
and an emergency and an acknowledgement never come here: nobody is kept from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checklists.people import Person, having, known
from daemon.clock import local_date
from daemon.protocol.because import Because, Why
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.case import Case
from monitoring.rolerules import RoleRules
from vitals import deeds
from vitals.deeds import HandOver, Recover, Resume, Said
from vitals.instant import Instant
from vitals.role import Role, Signer

SIGNATURES = (deeds.Conclude, deeds.Discharge)


def check_initials(people: Sequence[Person], initials: str, now: Instant) -> None:
    """Refuse initials that nobody of the practice has; where no people are listed, any may be."""
    if not people:
        return
    listed = known(people, local_date(now))
    if initials not in listed:
        last = _left(people, initials)
        gone = f"{initials} has left: the last day was {last}"
        wrong = f"no initials {initials!r}" if last is None else gone
        detail = f"{wrong}; initials: {', '.join(listed) or 'none today'}"
        because = Because(Why.INITIALS, initials, expected=tuple(listed))
        if last is not None:
            because = Because(Why.LEFT, initials, expected=(f"{last}",))
        raise RefusedError(Refusal.UNKNOWN_INITIALS, detail, because=because)


def _left(people: Sequence[Person], initials: str) -> date | None:
    """Return when somebody who is listed was of the practice last; None: nobody has them."""
    ends = (one.valid_to for one in people if one.initials == initials and one.valid_to)
    return max(ends, default=None)


@dataclass(frozen=True, slots=True)
class Mandate:
    """The people of a practice, the rows of what they may say, and who sends patients home."""

    people: Sequence[Person]
    rules: RoleRules
    signers: Sequence[Signer] = (Signer.ANAESTHESIOLOGIST,)

    def check(self, case: Case | None, deed: Said, by: str, now: Instant) -> None:
        """Refuse what is not somebody's to say of a case, and whom it cannot be given to.

        `case` is None of one that is opened by the same command.
        """
        if not self.people:
            return
        self._check_by(case, deed, by, now)
        self._check_to(deed, now)

    def specialist(self, by: str, now: Instant) -> bool:
        """Tell whether who speaks is an anaesthesiologist, or nobody is listed."""
        role = (Role.ANAESTHESIOLOGIST,)
        return not self.people or by in having(self.people, role, local_date(now))

    def _check_by(self, case: Case | None, deed: Said, by: str, now: Instant) -> None:
        row = self.rules.whose(deed)
        if row is None:
            return
        listed = having(self.people, row.roles, local_date(now))
        if by in listed or by == self._excepted(case, deed, now):
            return
        who = ", ".join(listed) or "nobody today"
        if isinstance(deed, SIGNATURES):
            detail = f"{by} may not sign: hand the patient over, or let {who} sign"
            because = Because(Why.SIGN, by, expected=tuple(listed))
            raise RefusedError(Refusal.NO_SIGNER, detail, because=because)
        detail = f"{by} may not say {deed.name()}: that is for {who}"
        because = Because(Why.ROLE, by, deed.name(), tuple(listed))
        raise RefusedError(Refusal.WRONG_ROLE, detail, because=because)

    def _check_to(self, deed: Said, now: Instant) -> None:
        """Refuse a person who may not have the patient; initials are looked at elsewhere."""
        row = self.rules.given(deed)
        if row is None or not isinstance(deed, deeds.Relieve | HandOver):
            return
        listed = having(self.people, row.roles, local_date(now))
        if deed.to not in listed:
            who = ", ".join(listed) or "nobody today"
            detail = f"{deed.name()} to {deed.to}: it may be to {who}"
            because = Because(Why.GIVEN, deed.to, deed.name(), tuple(listed))
            raise RefusedError(Refusal.WRONG_ROLE, detail, because=because)

    def _excepted(self, case: Case | None, deed: Said, now: Instant) -> str | None:
        """Return who else than those of a role may say it; None where nobody may."""
        row = self.rules.whose(deed)
        if case is None or row is None:
            return None
        if isinstance(deed, deeds.Discharge):
            return _handed(case, now) if Signer.RECOVERY in self.signers else None
        if isinstance(deed, deeds.Correct) and row.own:
            return next((one.by for one in case.standing if one.number == deed.entry), None)
        return _handed(case) if row.handed else None


def _handed(case: Case, today: Instant | None = None) -> str | None:
    """Return whom the patient is handed to just now, that day where one is given."""
    to = None
    for entry in case.told:
        match entry.deed:
            case HandOver(to=initials):
                stale = today is not None and local_date(entry.at) != local_date(today)
                to = None if stale else initials
            case Recover() | Resume():
                to = None
            case _:
                pass
    return to
