from __future__ import annotations

from functools import reduce
from itertools import product

import pytest

from monitoring.signals import NEXT, Cue, after
from vitals.vocabulary import SignalState

OFF, ON, ACKNOWLEDGED, LATCHED = SignalState

TABLE = {
    (OFF, Cue.ONSET): ON,
    (OFF, Cue.ESCALATED): ON,
    (OFF, Cue.ACKNOWLEDGED): OFF,
    (OFF, Cue.LAPSED): OFF,
    (OFF, Cue.ENDED): OFF,
    (OFF, Cue.ENDED_LATCHING): OFF,
    (ON, Cue.ONSET): ON,
    (ON, Cue.ESCALATED): ON,
    (ON, Cue.ACKNOWLEDGED): ACKNOWLEDGED,
    (ON, Cue.LAPSED): ON,
    (ON, Cue.ENDED): OFF,
    (ON, Cue.ENDED_LATCHING): LATCHED,
    (ACKNOWLEDGED, Cue.ONSET): ON,
    (ACKNOWLEDGED, Cue.ESCALATED): ON,
    (ACKNOWLEDGED, Cue.ACKNOWLEDGED): ACKNOWLEDGED,
    (ACKNOWLEDGED, Cue.LAPSED): ON,
    (ACKNOWLEDGED, Cue.ENDED): OFF,
    (ACKNOWLEDGED, Cue.ENDED_LATCHING): OFF,
    (LATCHED, Cue.ONSET): ON,
    (LATCHED, Cue.ESCALATED): ON,
    (LATCHED, Cue.ACKNOWLEDGED): OFF,
    (LATCHED, Cue.LAPSED): LATCHED,
    (LATCHED, Cue.ENDED): OFF,
    (LATCHED, Cue.ENDED_LATCHING): LATCHED,
}


def test_the_table_is_judged_for_every_state_and_every_cue() -> None:
    assert TABLE.keys() == set(product(SignalState, Cue))
    assert NEXT.keys() == set(SignalState)


@pytest.mark.parametrize(("signal", "cue"), TABLE)
def test_a_signal_moves_as_the_table_says(signal: SignalState, cue: Cue) -> None:
    assert after(signal, cue) is TABLE[signal, cue]


@pytest.mark.parametrize("last", [Cue.ONSET, Cue.ESCALATED])
def test_no_sequence_of_cues_leaves_a_new_or_more_urgent_alarm_unsignalled(last: Cue) -> None:
    hidden = [
        cues
        for length in range(5)
        for cues in product(Cue, repeat=length)
        if after(reduce(after, cues, OFF), last) is not ON
    ]
    assert hidden == []


@pytest.mark.parametrize("last", [Cue.ENDED, Cue.ENDED_LATCHING])
def test_no_acknowledgement_outlives_its_condition(last: Cue) -> None:
    ends = {after(reduce(after, cues, OFF), last) for cues in product(Cue, repeat=4)}
    assert ACKNOWLEDGED not in ends
