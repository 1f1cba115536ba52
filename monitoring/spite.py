"""A start in spite of something: of what, as long as nobody has said why.

The reason may follow until the case is signed off; it is what the waiver of the start says.
"""

from __future__ import annotations

from monitoring.case import Case
from vitals import deeds

EMERGENCY = "emergency"
"""What stands in the place of holds where nothing was asked at all."""


def unexplained(case: Case) -> tuple[str, ...]:
    """Return what a case was started in spite of, by name, while nobody has said why.

    A start that overrode nothing wants none, nor does one that a correction has struck.
    """
    told = [entry.deed for entry in case.told]
    starts = [deed for deed in told if isinstance(deed, deeds.Begin) and deed.anyway]
    explained = any(isinstance(deed, deeds.Explain) for deed in told)
    if explained or not starts or any(start.reason for start in starts):
        return ()
    return (EMERGENCY,) if case.emergency else case.held
