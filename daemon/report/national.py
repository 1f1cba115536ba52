"""What the national anaesthesia database asks of a case, as far as it was said: typed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daemon.clock import local_date
from daemon.month.walk import begun, moment
from daemon.report.term import National
from monitoring.case import Case
from monitoring.course import spans
from vitals import deeds
from vitals.vocabulary import Airway, CaseKind, Phase

A_MINUTE_S = 60.0


def national(cases: Iterable[Case]) -> Iterator[National]:
    """Yield what is asked of each anaesthetic, also of one that was planned and not begun."""
    for one in cases:
        if one.kind is CaseKind.ANAESTHETIC and (begun(one) or one.state.over):
            yield _told(one)


def _told(case: Case) -> National:
    said = [one.deed for one in case.told]
    asa = [one.asa for one in said if isinstance(one, deeds.Assess)]
    why = [one.why for one in said if isinstance(one, deeds.Cancel)]
    sent = any(isinstance(one, deeds.Transfer) for one in said)
    airways = [one.airway for one in said if isinstance(one, deeds.SetAirway)]
    kept = [one for one in airways if one is not Airway.NONE] or airways
    ways = [one.technique for one in said if isinstance(one, deeds.Sleep)]
    return National(
        case=case.number,
        date=local_date(moment(case)),
        code=case.code or None,
        procedures=case.procedures or None,
        asa=asa[-1] if asa else None,
        band=case.band or None,
        technique=tuple(dict.fromkeys(ways)) or None,
        airway=tuple(dict.fromkeys(kept)) or None,
        emergency=case.emergency,
        anaesthesia_min=_minutes(case, Phase.DURING),
        recovery_min=_minutes(case, Phase.RECOVERY),
        transfer=sent if sent or case.state.over else None,
        begun=begun(case),
        cancelled=why[-1] if why and not begun(case) else None,
    )


def _minutes(case: Case, phase: Phase) -> int | None:
    """Return how long all anaesthetics or recoveries of a case lasted, in whole minutes.

    None where there was none, or one goes on.
    """
    own = [one for one in spans(case) if one.phase is phase]
    lasted = [one.end.seconds_since(one.begin) for one in own if one.end is not None]
    return round(sum(lasted) / A_MINUTE_S) if own and len(lasted) == len(own) else None
