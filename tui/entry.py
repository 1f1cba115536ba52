"""One entry of a case in words: `10:31 larynxmaske anlagt`."""

from __future__ import annotations

from daemon.protocol.cases import Case, Entry
from tui.sight import Sight
from vitals import deeds
from vitals.deed import Deed
from vitals.detail import detail
from vitals.measure import Measure
from vitals.vocabulary import CaseState

_STEPS: dict[type[Deed], str] = {deeds.Begin: "case_started", deeds.Finish: "case_ended"}


def entry_text(sight: Sight, entry: Entry) -> str:
    """Return when something happened and what, in few words, with what is to be seen of it."""
    moment = f"{sight.local_text(entry.at):%H:%M}"
    flags = [sight.words.named("flag", flag.value) for flag in entry.flags]
    return " · ".join([f"{moment} {_told(sight, entry.deed)}", *flags])


def _told(sight: Sight, deed: deeds.Said) -> str:
    if isinstance(deed, deeds.Measured):
        return typed_in(sight, deed.measure, deed.value)
    event = _STEPS.get(type(deed), f"entry_{deed.name()}")
    return event_word(sight, event, detail(deed))


def typed_in(sight: Sight, measure: Measure, value: float) -> str:
    """Return a number that a person typed: `SpO2 97 tastet`."""
    number = sight.forms.number(value, measure.form.decimals)
    name = sight.words.named("measure", measure.value)
    return sight.words.text("event.typed", measure=name, value=number)


def event_word(sight: Sight, event: str, detail: str) -> str:
    """Return the words of an event: of this one detail where there are any, else with it."""
    return sight.words.event(event, detail)


def handed_over(case: Case) -> Entry | None:
    """Return the last hand-over, while the patient is with whom it was to."""
    handed = [one for one in case.entries if isinstance(one.deed, deeds.HandOver)]
    kept = [one for one in handed if not one.struck]
    return kept[-1] if kept and case.state is CaseState.LATE_RECOVERY else None


def keeper(case: Case) -> str:
    """Return who has the patient."""
    handed = handed_over(case)
    deed = handed.deed if handed else None
    return deed.to if isinstance(deed, deeds.HandOver) else case.by


def correctable(case: Case) -> list[Entry]:
    """Return what may still be corrected, the latest to be entered first."""
    kept = [one for one in case.entries if not (one.struck or isinstance(one.deed, deeds.Correct))]
    return sorted(kept, key=lambda one: -one.number)
