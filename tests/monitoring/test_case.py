from __future__ import annotations

from itertools import product

import pytest

from monitoring.case import NEXT, Step, WrongMomentError, after
from vitals.vocabulary import CaseState

ALLOWED = {
    (CaseState.PLANNED, Step.START): CaseState.ANAESTHESIA,
    (CaseState.ANAESTHESIA, Step.END): CaseState.ENDED,
}


def test_every_state_of_a_case_has_its_row() -> None:
    assert NEXT.keys() == set(CaseState)


@pytest.mark.parametrize(("state", "step"), ALLOWED)
def test_a_case_starts_once_and_ends_once(state: CaseState, step: Step) -> None:
    assert after(state, step) is ALLOWED[state, step]


@pytest.mark.parametrize(("state", "step"), sorted(set(product(CaseState, Step)) - ALLOWED.keys()))
def test_any_other_step_is_at_the_wrong_moment(state: CaseState, step: Step) -> None:
    with pytest.raises(WrongMomentError, match=f"{state} cannot {step}"):
        after(state, step)
