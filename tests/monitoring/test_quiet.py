from __future__ import annotations

import pytest
from beds import at
from told import case, course, saying, times

from monitoring.case import Case
from monitoring.quiet import quiet
from vitals import deeds
from vitals.vocabulary import CaseKind

HALF_AN_HOUR_S, HALF_A_DAY_S = 1800.0, 43200.0
PAIR = deeds.Pair(spo2=98, systolic=120, diastolic=70)


def asked(one: Case, now_s: float, number_s: float | None = None) -> bool:
    numbers = [] if number_s is None else [at(number_s)]
    return quiet(one, times().quiet, numbers, at(now_s))


RECOVERED = (deeds.Begin(), deeds.Finish(), deeds.Recover(), saying(deeds.Conclude))
OBSERVED = (PAIR, saying(deeds.Give), PAIR, deeds.Observe())


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (CaseKind.ANAESTHETIC, RECOVERED[:1]),
        (CaseKind.ANAESTHETIC, RECOVERED),
        (CaseKind.BLOCK, OBSERVED[:2]),
        (CaseKind.BLOCK, OBSERVED),
    ],
)
def test_what_has_begun_and_is_not_over_is_asked_about_after_half_an_hour(
    kind: CaseKind, said: tuple[deeds.Said, ...]
) -> None:
    told = course(case(kind), said, every_s=0)
    assert not asked(told, HALF_AN_HOUR_S)
    assert asked(told, HALF_AN_HOUR_S + 0.1)


@pytest.mark.parametrize("said", [(), (deeds.Prepare(),)])
def test_what_waits_for_its_turn_is_not_asked_about_until_the_day_is_over(
    said: tuple[deeds.Said, ...],
) -> None:
    told = course(case(), said, every_s=0)
    assert not asked(told, HALF_A_DAY_S)
    assert asked(told, HALF_A_DAY_S + 0.1)


def test_a_number_and_an_entry_both_count_as_news() -> None:
    told = course(case(), RECOVERED[:1], every_s=0)
    assert not asked(told, HALF_AN_HOUR_S + 100, number_s=100)
    assert asked(told, HALF_AN_HOUR_S + 101, number_s=100)
    later = course(told, (deeds.Attest(),), begin_s=500)
    assert not asked(later, HALF_AN_HOUR_S + 500)


def test_nobody_is_asked_about_what_is_over() -> None:
    home = course(case(), (*RECOVERED, deeds.Discharge()), every_s=0)
    assert not asked(home, 10 * HALF_A_DAY_S)
