from __future__ import annotations

import pytest
from courses import SPO2, Told, account, record, rows, said, told
from msgspec import structs

from monitoring.attested import waivers
from monitoring.case import Case
from monitoring.overridden import Overridden
from monitoring.spite import EMERGENCY, unexplained
from monitoring.verdict import Judged, Why, verdicts
from vitals import deeds
from vitals.vocabulary import Basis, CaseKind, Part, Side, Verdict

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


GIVE = deeds.Give(drug="ropivacaine", site="L4", side=Side.LEFT, part=Part.LUMBAR, anyway=True)
RULES = ("2637.guided", "2637.pairs.before")


def injected(*entries: Told) -> Case:
    """Return a block whose first entry overrode two rules and whose third overrode one."""
    case = told((0, GIVE), *entries, code="2637", kind=CaseKind.BLOCK)
    return structs.replace(case, overridden=(Overridden(1, RULES), Overridden(3, RULES[:1])))


@pytest.mark.parametrize(
    ("entries", "lacking"),
    [
        ((), RULES),
        ((WHY,), ()),
        ((WHY, (40, GIVE)), RULES[:1]),
        ((WHY, (40, GIVE), (50, deeds.Explain(reason="again"))), ()),
        (((40, deeds.Correct(entry=1, reason="slip")),), ()),
    ],
)
def test_an_injection_in_spite_of_rules_lacks_its_reason_until_one_is_given_after_it(
    entries: tuple[Told, ...], lacking: tuple[str, ...]
) -> None:
    assert unexplained(injected(*entries)) == lacking


def test_every_rule_that_an_injection_overrode_is_a_waiver_by_name_with_its_reason() -> None:
    (first, second) = waivers(injected(WHY, (40, GIVE)))
    assert (first.what, first.holds, first.reason, first.by) == (
        "give",
        RULES,
        "laryngospasm",
        "AS",
    )
    assert (second.holds, second.reason) == (RULES[:1], "")


def test_a_block_that_went_to_hospital_without_the_reason_is_one_to_look_at() -> None:
    gone = injected((900, deeds.Transfer(to="Rigshospitalet", reason="bleeding")))
    found = [one for one in contract(gone).reasons if one.why is Why.UNGROUNDED]
    assert [one.rule for one in found] == list(RULES)
    assert {one.result for one in found} == {Verdict.REVIEW}
