from __future__ import annotations

import pytest
from courses import SPO2, Told, account, record, rows, said, told
from msgspec import structs

from monitoring.case import Case
from monitoring.spite import EMERGENCY, unexplained
from monitoring.verdict import Judged, Why, verdicts
from vitals import deeds
from vitals.vocabulary import Basis, Verdict

HELD = ("asa", "live pulse_oximetry")
ANYWAY = deeds.Begin(anyway=True)
WHY: Told = (30, deeds.Explain(reason="laryngospasm"))


def started(begin: deeds.Begin, *entries: Told, held: tuple[str, ...] = HELD) -> Case:
    return structs.replace(told((0, begin), *entries), held=held)


@pytest.mark.parametrize(
    ("case", "lacking"),
    [
        (started(ANYWAY), HELD),
        (started(ANYWAY, WHY), ()),
        (started(deeds.Begin(anyway=True, reason="haste")), ()),
        (started(deeds.Begin()), ()),
        (started(ANYWAY, held=()), ()),
        (structs.replace(told((0, ANYWAY)), emergency=True), (EMERGENCY,)),
        (started(deeds.Begin(anyway=True, emergency=True)), (EMERGENCY,)),
        (started(ANYWAY, WHY, (40, deeds.Correct(entry=2, reason="slip"))), HELD),
        (started(ANYWAY, (40, deeds.Correct(entry=1, reason="slip")), (50, deeds.Begin())), ()),
    ],
)
def test_a_start_in_spite_of_something_lacks_its_reason_until_somebody_gives_one(
    case: Case, lacking: tuple[str, ...]
) -> None:
    assert unexplained(case) == lacking


def contract(case: Case) -> Judged:
    found = verdicts(account(case, record()), rows(), in_spite=frozenset({SPO2}))
    return next(one for one in found if one.basis is Basis.CONTRACT)


def test_a_case_that_went_to_hospital_without_the_reason_is_one_to_look_at() -> None:
    gone = (900.0, deeds.Transfer(to="Rigshospitalet", reason="bleeding"))
    found = contract(started(ANYWAY, gone))
    assert found.result is Verdict.REVIEW
    assert [(one.why, one.rule) for one in found.reasons] == [
        (Why.UNEXPLAINED, hold) for hold in HELD
    ]
    assert contract(said(started(ANYWAY, gone), (950, WHY[1]))).result is Verdict.PASS
