"""What the national anaesthesia database asks, as a report has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from second.course import begun, codes, over, stages, standing
from second.journal import Case
from second.rows import Row
from second.sheets import procedures

A_MINUTE_S = 60.0


def national(cases: Iterable[Case]) -> Iterator[Row]:
    """Yield a row for each anaesthetic."""
    yield from (_row(one) for one in cases if not one.block)


def _row(case: Case) -> Row:
    sent = any(one.word == "transfer" for one in standing(case))
    airways = _said(case, "airway", "airway")
    kept = [one for one in airways if one != "none"] or airways
    asa = _said(case, "asa", "asa")
    day = datetime.fromtimestamp(begun(case) or case.at).astimezone().date()
    return {
        "case": case.number,
        "date": str(day),
        "code": codes(case)[1] or None,
        "procedures": procedures(case) or None,
        "asa": int(asa[-1]) if asa else None,
        "band": case.band or None,
        "technique": "; ".join(dict.fromkeys(_said(case, "technique", "technique"))) or None,
        "airway": "; ".join(dict.fromkeys(kept)) or None,
        "emergency": bool(case.opened["emergency"]),
        "anaesthesia_min": _minutes(case, "during"),
        "recovery_min": _minutes(case, "recovery"),
        "transfer": sent if sent or over(case) else None,
        "begun": True,
        "cancelled": None,
        "responsible": "anaesthesiologist",
    }


def _said(case: Case, word: str, name: str) -> list[str]:
    return [str(one.deed[name]) for one in standing(case) if one.word == word]


def _minutes(case: Case, phase: str) -> int | None:
    own = [one for one in stages(case) if one.phase == phase]
    lasted = [one.end - one.begin for one in own if one.end is not None]
    return round(sum(lasted) / A_MINUTE_S) if own and len(lasted) == len(own) else None
