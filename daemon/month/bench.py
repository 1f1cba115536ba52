"""What each case of a month came to, by the rules that it was opened under."""

from __future__ import annotations

from collections.abc import Callable

from daemon import hindsight
from daemon.config import Config
from daemon.fitting import fitted
from daemon.judging import NOT_YET, Judging
from daemon.library import Library
from daemon.month.walk import moment
from daemon.protocol.cases import CaseVerdict, Ground
from daemon.protocol.month import CaseLine
from daemon.state import Holder
from monitoring.case import Case
from vitals.instant import Instant
from vitals.vocabulary import Basis

REASONS = 8
"""So many reasons of a verdict are told; the gravest come first."""


class Bench:
    """Holds cases to rules; each set of rules is read once."""

    def __init__(
        self, journal: Holder, ruling: Callable[[Case], Library | None], config: Config
    ) -> None:
        self._journal = journal
        self._ruling = ruling
        self._config = config
        self._known: dict[str, tuple[Library, Judging] | None] = {}
        """By the hash of the rules."""

    def line(self, case: Case, now: Instant) -> CaseLine:
        """Return what a case came to, as far as its rules are at hand."""
        bare = CaseLine(
            case=case.number,
            at=moment(case).rfc3339(),
            code=case.code,
            kind=case.kind,
            result=None,
            open=case.state in NOT_YET,
            emergency=case.emergency,
        )
        found = self.rules(case)
        return bare if found is None else _judged(bare, case, *found, now)

    def rules(self, case: Case) -> tuple[Library, Judging] | None:
        """Return the rules that a case was opened under, and what judges by them."""
        if case.rules not in self._known:
            rules = self._ruling(case)
            self._known[case.rules] = (
                None
                if rules is None
                else (rules, hindsight.judging(self._journal, rules, self._config))
            )
        return self._known[case.rules]


def _judged(bare: CaseLine, case: Case, rules: Library, judging: Judging, now: Instant) -> CaseLine:
    verdicts = {one.basis: one for one in judging.verdicts(case, now)}
    account = judging.account(case, now)
    contract, advice = verdicts.get(Basis.CONTRACT), verdicts.get(Basis.ADVISORY)
    return CaseLine(
        case=bare.case,
        at=bare.at,
        code=bare.code,
        kind=bare.kind,
        result=None if contract is None else contract.result,
        reasons=_reasons(contract),
        advised=None if advice is None else advice.result,
        advice=_reasons(advice),
        waived=() if account is None else account.waived,
        open=bare.open,
        emergency=bare.emergency,
        fits=_fits(case, rules, now),
    )


def _reasons(found: CaseVerdict | None) -> tuple[Ground, ...]:
    return () if found is None else found.reasons[:REASONS]


def _fits(case: Case, rules: Library, now: Instant) -> str:
    """Return the service that a finished anaesthetic fits by its time, where that is another."""
    fits = fitted(rules.durations, case, now)
    return fits if fits != case.code else ""
