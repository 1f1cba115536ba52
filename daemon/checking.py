"""What is said of a case names codes, people and numbers that can be."""

from __future__ import annotations

from msgspec import structs

from daemon.clock import local_date
from daemon.codes import anaesthetic, mapped, of_kind
from daemon.library import Library
from daemon.protocol.because import Because, Why
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from daemon.who import Mandate, check_initials
from monitoring.case import Case
from monitoring.typed import Impossible, impossible
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
                missing = tuple(word for word in Word if word not in words)
                told = f"not said of the patient: {', '.join(missing)}"
                detail = f"{told}; the five are {', '.join(Word)}"
                because = Because(Why.WORDS, expected=missing)
                raise RefusedError(Refusal.WORDS_MISSING, detail, because=because)
            case deeds.Recover(device_in_place=True, reason=""):
                detail = "moved with the airway device in place: give the reason"
                because = Because(Why.IN_PLACE)
                raise RefusedError(Refusal.REASON_MISSING, detail, because=because)
            case deeds.Recover(device_in_place=False, clear=False):
                detail = "not said: airway device out, airway safe and free, no longer deep"
                because = Because(Why.CLEAR)
                raise RefusedError(Refusal.WORDS_MISSING, detail, because=because)
            case _:
                pass
        if found := impossible(self._library.typed, case, deed, at):
            raise RefusedError(Refusal.BAD_NUMBER, found.detail, because=_unfit(found))


def _unfit(found: Impossible) -> Because:
    """Return a number that cannot be, in parts."""
    return Because(
        Why.RANGE if found.below is None else Why.CROSSED,
        measure=found.measure,
        below=found.below,
        value=found.value,
        lowest=found.lowest,
        highest=found.highest,
    )
