from __future__ import annotations

from dataclasses import replace

import pytest
from beds import at
from histories import SIGNALS

from monitoring.calls import Call, due, made
from vitals.sounding import CallStep

ROW = SIGNALS.call
CALL = Call("001", "Opvågning 1", 7, at(0), at(0), "LN")


@pytest.mark.parametrize(
    ("seconds", "step"),
    [
        (0, CallStep.ANAESTHETIST),
        (19.9, CallStep.ANAESTHETIST),
        (20, CallStep.EVERYWHERE),
        (59.9, CallStep.EVERYWHERE),
        (60, CallStep.PHONE),
        (6000, CallStep.PHONE),
    ],
)
def test_a_call_goes_further_the_longer_nobody_answers(seconds: float, step: CallStep) -> None:
    assert due(CALL, ROW, at(seconds)) is step


@pytest.mark.parametrize("step", CallStep)
def test_a_call_never_goes_back(step: CallStep) -> None:
    assert due(replace(CALL, step=step), ROW, at(-30)) is step


def test_a_second_call_repeats_the_first_which_goes_on_being_timed_from_its_beginning() -> None:
    again = made(CALL, Call("001", "Opvågning 1", 9, at(30), at(30), "MK"))
    assert again == replace(CALL, raised=at(30))
    assert made(None, CALL) == CALL
