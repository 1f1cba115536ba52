"""What is said of a case names codes, people and numbers that can be."""

from __future__ import annotations

from msgspec import structs

from daemon.clock import local_date
from daemon.codes import anaesthetic, mapped, of_kind
from daemon.library import Library
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from daemon.who import Mandate, check_initials
from monitoring.case import Case
from monitoring.typed import impossible
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import Word


class Checking:
    """Holds what is said to the rows and to the people of the practice."""

    def __init__(self, library: Library, mandate: Mandate) -> None:
        self._library = library
        self._mandate = mandate

    def coded(self, case: Case, deed: Said, now: Instant) -> Said:
        """Return a deed with the code that its procedures map to, or raise RefusedError.

        A code that is named stays: who says it answers for it. Both are kept.
        """
        match deed:
            case deeds.Rebook(code="", procedures=()):
                detail = "name a code, or procedures that map to one"
                raise RefusedError(Refusal.UNKNOWN_CODE, detail)
            case deeds.Rebook(code="", procedures=numbers, site=site):
                deed = structs.replace(deed, code=mapped(self._library, numbers, site or None))
            case _:
                pass
        match deed:
            case deeds.Rebook(code=code):
                of_kind(self._library, case.kind, code, local_date(now))
            case deeds.Resume(code=code) if code:
                anaesthetic(self._library, code, local_date(now))
            case _:
                pass
        return deed

    def check(self, case: Case, deed: Said, at: Instant, now: Instant) -> None:
        """Refuse what names a person or a number that cannot be, or leaves words out."""
        match deed:
            case deeds.Relieve(to=to) | deeds.HandOver(to=to) | deeds.Give(delegated_to=to) if to:
                check_initials(self._mandate.people, to, now)
            case deeds.Conclude(words=words) if set(words) != set(Word):
                missing = ", ".join(word for word in Word if word not in words)
                detail = f"not said of the patient: {missing}; the five are {', '.join(Word)}"
                raise RefusedError(Refusal.WORDS_MISSING, detail)
            case deeds.Recover(device_in_place=True, reason=""):
                detail = "moved with the airway device in place: give the reason"
                raise RefusedError(Refusal.REASON_MISSING, detail)
            case _:
                pass
        if detail := impossible(self._library.typed, case, deed, at):
            raise RefusedError(Refusal.BAD_NUMBER, detail)
