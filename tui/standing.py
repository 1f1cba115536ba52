"""Where a patient stands, in words that tell nothing of who it is; pure."""

from __future__ import annotations

from rich.cells import cell_len

from tui.entry import handed_over, keeper
from tui.group import NIBP, brief
from tui.sight import Sight
from tui.sounding import called
from vitals.vocabulary import Basis, CaseState, Obligation


def phase(sight: Sight) -> str:
    """Return where the patient stands and who has it: `sen opvågning · MK (10:42)`."""
    case = sight.open
    if case is None:
        return ""
    handed = handed_over(case)
    since = f" ({sight.local_text(handed.at):%H:%M})" if handed else ""
    return f"{sight.words.named('card', case.state.value)} · {keeper(case)}{since}"


def stands(sight: Sight) -> tuple[str, ...]:
    """Return where the patient stands, the longest first: `sen opvågning · MK`, `sen MK`, `sen`."""
    case = sight.open
    if case is None:
        return ()
    short = sight.words.named("card.short", case.state.value)
    return (phase(sight), f"{short} {keeper(case)}", short)


def pressure(sight: Sight) -> str:
    """Return `BT 92/52 (65) 10:36`; empty where none was measured."""
    found = sight.together(NIBP.measures)
    known = any(one is not None and one.value is not None for one in found)
    return brief(sight, NIBP, found) if known else ""


def ringing(sight: Sight) -> list[str]:
    """Return whom to ring, where a call was not answered."""
    phones = (one.call.phone for one in called(sight) if one.call.phone)
    return [sight.words.text("call.phone", phone=phone) for phone in phones]


def unmet(sight: Sight, width: int) -> list[str]:
    """Return what the rules require and is not met, with why where that has room."""
    found = []
    for cell in sight.watched.cells if sight.watched else ():
        required = cell.obligation is Obligation.REQUIRED and cell.basis is Basis.CONTRACT
        if required and cell.met is False and cell.due:
            name = f"✗ {sight.words.named('modality', cell.modality.value)}"
            why = sight.words.named("cause", cell.cause.value) if cell.cause else ""
            whole = f"{name} {why}".rstrip()
            found.append(whole if cell_len(whole) <= width else name)
    return found


def reached(sight: Sight) -> str:
    """Return whether the anaesthetist can be called, where somebody else has the patient."""
    case = sight.open
    if case is None or case.state is not CaseState.LATE_RECOVERY or case.callable is None:
        return ""
    return sight.words.text(f"ward.{'callable' if case.callable else 'uncallable'}", who=case.by)
