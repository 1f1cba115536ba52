from __future__ import annotations

import pytest
from beds import at, text
from courses import Told, told
from msgspec import structs

from monitoring.case import Case
from monitoring.reach import out_of_reach, pledge, reach_rules, reachable
from vitals import deeds
from vitals.rows import RowsError

RULES = reach_rules(text("reach.toml"), "reach.toml")
YES, NO = deeds.Reach(callable=True), deeds.Reach(callable=False)


def recovering(*entries: Told, lost: float | None = None) -> Case:
    case = told((0, deeds.Begin()), (600, deeds.Finish()), (660, deeds.Recover()), *entries)
    return case if lost is None else structs.replace(case, unreached=at(lost))


@pytest.mark.parametrize(
    ("case", "can"),
    [
        (recovering(), None),
        (recovering((700, YES)), True),
        (recovering((700, YES), (50_000, deeds.Attest())), True),
        (recovering((700, YES), (800, NO)), False),
        (recovering((700, YES), lost=900), False),
        (recovering((700, YES), (950, YES), lost=900), True),
        (recovering((700, YES), (800, deeds.Relieve(to="BL"))), None),
        (recovering((700, YES), (800, deeds.Correct(entry=4, reason="slip"))), None),
    ],
)
def test_being_callable_holds_until_it_is_taken_back_or_lost(
    case: Case, *, can: bool | None
) -> None:
    assert reachable(case) is can


@pytest.mark.parametrize(("heard", "out"), [(140.0, False), (139.9, True), (0.0, True)])
def test_somebody_is_out_of_reach_a_minute_after_her_last_terminal(
    heard: float, *, out: bool
) -> None:
    assert out_of_reach(at(0), at(heard), at(200), RULES) is out


def test_the_time_before_it_was_said_does_not_count() -> None:
    said = pledge(recovering((700, YES)))
    assert said is not None
    assert not out_of_reach(said.entered, at(0), at(760), RULES)
    assert out_of_reach(said.entered, at(0), at(760.1), RULES)


def test_rows_without_a_source_do_not_load() -> None:
    broken = text("reach.toml").replace("source = ", "sauce = ")
    with pytest.raises(RowsError) as raised:
        reach_rules(broken, "reach.toml")
    assert any("source" in error for error in raised.value.errors)
