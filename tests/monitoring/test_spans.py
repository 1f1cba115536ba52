"""A reason of a verdict says of which span it is, and for how long where that was timed."""

from __future__ import annotations

from courses import SPO2, WORDS, account, anaesthetic, gap, never, record, rows, said

from monitoring.case import Case
from monitoring.gaps import Gap
from monitoring.verdict import Judged, verdicts
from vitals import deeds
from vitals.vocabulary import Phase


def _contract(case: Case, *gaps: Gap) -> Judged:
    return verdicts(account(case, record(*gaps)), rows())[0]


def test_a_reason_says_which_of_two_recoveries_it_is_of() -> None:
    again = deeds.Resume(code="3021", reason="bleeding")
    late = (1500, deeds.Finish()), (1600, deeds.Recover()), (3000, WORDS)
    case = said(anaesthetic(600), (700, deeds.Recover()), (1000, again), *late)
    found = _contract(case, gap(SPO2, (1600, None)))
    assert [(one.phase, one.nth) for one in found.reasons] == [(Phase.RECOVERY, 2)]


def test_what_was_never_required_has_no_times() -> None:
    (short,) = _contract(anaesthetic(100), never(SPO2)).reasons
    assert (short.covered_s, short.required_s) == (None, None)
