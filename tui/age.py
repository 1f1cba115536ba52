"""What a person types for a patient: `4` or `4y` years, `8m` months, `20d` days; what is planned.

After the age stands a code (`3022`), that of a block (`b2635`) or procedures (`ø3005 3057`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from vitals.vocabulary import CaseKind

BLOCK, SURGERY = "b", "øe"
"""What stands before the code of a block, and before procedures: øre-næse-hals, ENT."""
THROUGH = "ak!"
"""What acknowledges, calls and starts an emergency while an age is typed is no part of it."""
LONGEST = 44
_TYPED = re.compile(r"([0-9]{1,3})([dmyå]?)")
_CODE = re.compile(r"[0-9]{4}")
_ASKED_BACK = ("0", "1")


class Unclear(Enum):
    """Why a typed age cannot be sent."""

    MONTHS = "months"
    """A bare 0 or 1 may be months as well as years."""
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned for a patient."""

    age: str
    """As the daemon takes it: `4y`, `8m`, `20d`."""
    code: str | None
    procedures: tuple[str, ...] = ()
    """They map to a code, where none is named."""
    kind: CaseKind = CaseKind.ANAESTHETIC


def typeable(sign: str) -> bool:
    """Tell whether a sign is kept: one that no age has too, so that `1,5` is never read as 15."""
    return len(sign) == 1 and sign.isprintable() and sign.lower() not in THROUGH


def age(typed: str) -> str | Unclear:
    """Return the age as the daemon takes it, `4y`, `8m` or `20d`, or why it is unclear."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return Unclear.MALFORMED
    number, unit = str(int(match[1])), match[2]
    if not unit and number in _ASKED_BACK:
        return Unclear.MONTHS
    return f"{number}{'y' if unit in ('', 'å') else unit}"


def planned(typed: str, usual: str) -> Planned | Unclear:
    """Return the patient that is typed: an age, and after it a code or procedures.

    Without either it is the usual anaesthetic.
    """
    written, _, rest = typed.strip().partition(" ")
    found, codes = age(written), rest.split()
    if isinstance(found, Unclear):
        return found
    kind = CaseKind.BLOCK if rest.startswith(BLOCK) else CaseKind.ANAESTHETIC
    numbers = tuple(code.lstrip(BLOCK + SURGERY) for code in codes)
    single = rest[:1] not in SURGERY
    if not all(_CODE.fullmatch(number) for number in numbers) or (single and len(numbers) > 1):
        return Unclear.MALFORMED
    if rest and not single:
        return Planned(found, None, numbers)
    return Planned(found, numbers[0] if numbers else usual, (), kind)
