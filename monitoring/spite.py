"""A start or an injection in spite of something: of what, as long as nobody has said why.

The reason may follow until the case is signed off or the patient leaves; the waiver says it.
"""

from __future__ import annotations

from monitoring.case import Case, Entry
from monitoring.overridden import holding
from vitals import deeds

EMERGENCY = "emergency"
"""What stands in the place of holds where nothing was asked at all."""


def unexplained(case: Case) -> tuple[str, ...]:
    """Return what a case was started or injected in spite of, by name, while nobody has said why.

    What overrode nothing wants no reason, nor does what a correction has struck.
    """
    return (*unexplained_start(case), *unexplained_injections(case))


def unexplained_start(case: Case) -> tuple[str, ...]:
    """Return the same of the start alone."""
    told = [entry.deed for entry in case.told]
    starts = [deed for deed in told if isinstance(deed, deeds.Begin) and deed.anyway]
    explained = any(isinstance(deed, deeds.Explain) for deed in told)
    if explained or not starts or any(start.reason for start in starts):
        return ()
    return overridden_start(case)


def overridden_start(case: Case) -> tuple[str, ...]:
    """Return in spite of what a case was started anyway, explained or not."""
    return (EMERGENCY,) if case.emergency else case.held


def unexplained_injections(case: Case) -> tuple[str, ...]:
    """Return the same of the injections: each rule once, in the order in which they were given."""
    held = [
        hold
        for entry in case.told
        if isinstance(entry.deed, deeds.Give) and not explanation(case, entry)
        for hold in holding(case.overridden, entry.number)
    ]
    return tuple(dict.fromkeys(held))


def explanation(case: Case, entry: Entry) -> str:
    """Return why an entry was made in spite of something: what was said after it; empty: nobody.

    One reason may be of several; what is overridden after a reason wants one of its own.
    """
    said = [
        one.deed.reason
        for one in case.told
        if isinstance(one.deed, deeds.Explain) and one.number > entry.number
    ]
    return "; ".join(said)
