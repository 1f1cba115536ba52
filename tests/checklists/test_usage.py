from __future__ import annotations

from datetime import datetime

import pytest
from cylinders import O2, ROOM, at, rules

from checklists.ledger import Read
from checklists.usage import Usage, usage

ROW, KEPT = rules().usage, rules().kept[O2]
OWN = Usage(KEPT.case_l, KEPT.case_l, 0)


def read(
    minutes: float, litres: float, *, epoch: int = 1, live: bool = False, alone: bool = True
) -> Read:
    return Read(
        cylinder="ilt 1",
        spot=(ROOM, O2),
        epoch=epoch,
        at=at(minutes),
        litres=litres,
        sensed=live,
        alone=alone,
    )


def falling(*steps: float, epoch: int = 1, live: bool = False, alone: bool = True) -> list[Read]:
    """Return a reading an hour, so many litres less each time."""
    left = [10_000 - sum(steps[:n]) for n in range(len(steps) + 1)]
    return [read(60 * n, one, epoch=epoch, live=live, alone=alone) for n, one in enumerate(left)]


def hourly(count: int, hours: int) -> list[datetime]:
    """Return the beginnings of so many cases in each hour."""
    return [at(60 * hour + 1 + n) for hour in range(hours) for n in range(count)]


def test_until_there_is_enough_to_learn_from_it_is_the_rows() -> None:
    assert usage(falling(100, 100, 100, 100), hourly(1, 4), ROW, KEPT) == OWN


def test_what_a_case_uses_is_learned_from_readings_and_the_cases_between_them() -> None:
    found = usage(falling(100, 120, 140, 160, 500), hourly(2, 5), ROW, KEPT)
    assert found == Usage(median_l=70, high_l=250, pairs=5)


def test_it_is_reckoned_with_what_nine_of_ten_cases_do_not_exceed() -> None:
    steps = [float(step) for step in range(10, 110, 10)]
    found = usage(falling(*steps), hourly(1, 10), ROW, KEPT)
    assert (found.median_l, found.high_l) == (55, 90)


@pytest.mark.parametrize(
    "reads",
    [
        falling(*[100] * 6, live=True),
        falling(*[100] * 6, alone=False),
        falling(*[-100] * 6),
        [read(60 * n, 10_000 - 100 * n, epoch=n) for n in range(7)],
    ],
    ids=["by a panel", "beside another cylinder", "rising", "across changes of cylinder"],
)
def test_nothing_is_learned_from_what_cannot_be_compared(reads: list[Read]) -> None:
    assert usage(reads, hourly(1, 6), ROW, KEPT) == OWN


def test_nothing_is_learned_where_there_were_no_cases() -> None:
    assert usage(falling(*[100] * 6), [], ROW, KEPT) == OWN


def test_the_order_of_readings_and_cases_never_matters() -> None:
    reads, begun = falling(100, 120, 140, 160, 180), hourly(2, 5)
    assert usage(reads[::-1], begun[::-1], ROW, KEPT) == usage(reads, begun, ROW, KEPT)
