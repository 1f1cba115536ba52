"""What cases come to: judged anew whenever something is said of one that is watched no longer."""

from __future__ import annotations

from daemon.accounting import told
from daemon.config import Config
from daemon.demands import Demands
from daemon.injecting import Injecting
from daemon.library import Library
from daemon.protocol.account import Account
from daemon.protocol.cases import CaseVerdict, Found, Ground
from daemon.state import Holder
from monitoring.case import Case
from monitoring.coverage import accounted
from monitoring.gaps import Record
from monitoring.injection import Circumstances
from monitoring.steps import ATTENDED
from monitoring.verdict import Judged, Reason, verdicts
from vitals.instant import Instant
from vitals.vocabulary import CaseState, Modality

NOT_YET = ATTENDED | {CaseState.PLANNED, CaseState.PREOP, CaseState.OBSERVED}
Outcome = tuple[tuple[CaseVerdict, ...], Account | None]
"""What a case comes to, and what that rests on."""
LIVE = "live "
"""What the hold of a monitor that gave nothing at the start begins with."""


class Judging:
    """Holds what is on record of a case to what was due."""

    def __init__(
        self, library: Library, demands: Demands, ward: Holder, injecting: Injecting, grace_s: float
    ) -> None:
        self._library = library
        self._demands = demands
        self._ward = ward
        self._injecting = injecting
        self._grace_s = grace_s
        self._known: dict[str, tuple[object, Outcome]] = {}
        """By case number: what it was judged by, and what it came to."""

    def verdicts(self, case: Case, now: Instant) -> tuple[CaseVerdict, ...]:
        """Return what a case comes to on each basis; nothing while its patient is watched."""
        return self._outcome(case, now)[0]

    def account(self, case: Case, now: Instant) -> Account | None:
        """Return what that rests on; None while its patient is watched."""
        return self._outcome(case, now)[1]

    def _outcome(self, case: Case, now: Instant) -> Outcome:
        if case.state in NOT_YET:
            return (), None
        record = self._ward.state.records.get(case.number)
        scene = self._injecting.scene(case)
        key = (len(case.entries), case.two_years, case.held, case.overridden, record, scene)
        if (known := self._known.get(case.number)) is not None and known[0] == key:
            return known[1]
        found = self._judged(case, record, scene, now)
        self._known = {n: one for n, one in self._known.items() if self._ward.state.case(n)}
        self._known[case.number] = key, found
        return found

    def findings(self, case: Case, now: Instant) -> tuple[Found, ...]:
        """Return what the rules say of an open block; nothing of anything else."""
        return self._injecting.findings(case, now)

    def _judged(
        self, case: Case, record: Record | None, scene: Circumstances, now: Instant
    ) -> Outcome:
        account = accounted(
            case,
            self._demands.book(case),
            record,
            now,
            self._library.coverage,
            grace_s=self._grace_s,
        )
        found = verdicts(
            account,
            self._library.coverage,
            findings=self._injecting.violations(case, scene),
            in_spite=_left_out(case),
        )
        return tuple(_shown(one) for one in found), told(account)


def grace(config: Config, library: Library) -> float:
    """Return within how many s of a start what is required has to be attached."""
    chosen = config.monitoring.induction_grace_s
    return library.alarms.induction.grace_s if chosen is None else chosen


def _left_out(case: Case) -> frozenset[Modality]:
    """Return the monitors in spite of whose silence a case was started."""
    names = (hold.removeprefix(LIVE) for hold in case.held if hold.startswith(LIVE))
    return frozenset(Modality(name) for name in names)


def _shown(found: Judged) -> CaseVerdict:
    return CaseVerdict(found.basis, found.result, tuple(_ground(one) for one in found.reasons))


def _ground(reason: Reason) -> Ground:
    return Ground(
        reason.modality,
        reason.rule,
        _tenths(reason.covered_s),
        _tenths(reason.required_s),
        reason.why,
        reason.phase,
        reason.nth,
    )


def _tenths(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
