"""What stands of alarms as people are shown them; and state machines run for so many histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from monitoring.alarms import Alarm, Change, Key, replayed
from vitals.vocabulary import Priority, SignalState

Shown = dict[Key, tuple[Priority, SignalState, bool]]


def standing(alarms: Mapping[Key, Alarm]) -> Shown:
    """Return what people are shown of alarms; one that only waits is not shown."""
    return {
        key: (alarm.priority, alarm.signal, alarm.condition.alarming)
        for key, alarm in alarms.items()
        if alarm.signal is not SignalState.OFF
    }


def again(record: Iterable[Change]) -> Shown:
    """Return what stands after a record alone."""
    nothing: dict[Key, Alarm] = {}
    return standing(reduce(replayed, record, nothing))


def run(machine: type[RuleBasedStateMachine], histories: int, steps: int) -> None:
    """Hold so many histories of a machine, of so many steps at most, to its invariants."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories, stateful_step_count=steps, deadline=None, database=None
        ),
    )
