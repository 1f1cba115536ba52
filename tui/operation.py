"""What the daemon told of operations and codes: what is done, what time will ask for; pure."""

from __future__ import annotations

from daemon.protocol.cases import Case
from tui.sight import Sight
from vitals.vocabulary import Basis, Obligation
from words.forms import lasting

_SAME_S = 1.0
"""Two limits so near each other are one."""


def operation(sight: Sight, case: Case) -> str:
    """Return `Adenotomi (3005)`, the first with the count of the others; empty where unknown."""
    told = sight.catalogue.told
    number = next(iter(case.procedures), "")
    named = (one for one in (told.procedures if told else ()) if number in one.numbers)
    found = next(named, None)
    if found is None:
        return ""
    name, _, _ = getattr(found.name, sight.words.language.value).partition(" (")
    more = f" + {len(case.procedures) - 1}" if len(case.procedures) > 1 else ""
    return f"{name} ({number}){more}"


def crossing(sight: Sight, case: Case, next_s: float) -> str:
    """Return `15:00 → CO2 kræves`; without what it will ask for, that a limit comes then."""
    at, service = lasting(next_s), sight.catalogue.service(case.planned or case.code)
    demands = service.demands if service else ()
    reached = next((one for one in demands if abs(one.after_s - next_s) <= _SAME_S), None)
    required = {
        cell.modality
        for cell in case.cells
        if cell.basis is Basis.CONTRACT and cell.obligation is Obligation.REQUIRED
    }
    new = [one for one in (reached.watched if reached else ()) if one not in required]
    if reached is None:
        return sight.words.text("case.next", at=at)
    if not new:
        return f"{at} → {reached.code}"
    names = " + ".join(sight.words.named("modality", one.value) for one in new)
    return sight.words.text("case.crossing", at=at, modalities=names)
