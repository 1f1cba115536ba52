"""What a row comes to, and what it is worth that somebody says it does not apply."""

from __future__ import annotations

import pytest
from ticks import KIT, MONDAY, NORTH, kit, mark, on, rows, said, shipped, site

from checklists.answered import row_finding, unsettled
from checklists.readiness import effect
from checklists.template import Row
from vitals.practice import Outcome, Readiness
from vitals.vocabulary import Weight

DAY = on(MONDAY, kit(MONDAY), site(NORTH, MONDAY))
VITAL = [
    *(f"aw-0{number}" for number in range(1, 6)),
    *("em-01", "em-02", "em-04", "mc-01", "mc-04", "mc-10"),
]


def left_out(name: str, row: str, target: str = KIT) -> Readiness:
    """Return what the place comes to where all that is said is that a row does not apply."""
    entries = [said(1, mark(name, row, target, Outcome.NOT_APPLICABLE))]
    return effect(row_finding(rows(entries, DAY)[row, target]), MONDAY)


@pytest.mark.parametrize(
    ("name", "row", "target"),
    [
        ("emergency", "em-01", KIT),
        ("emergency", "em-04", KIT),
        ("machine", "mc-01", KIT),
        ("machine", "mc-04", NORTH),
        ("machine", "mc-10", NORTH),
        ("airway", "aw-03", KIT),
    ],
)
def test_what_saves_a_life_holds_though_it_is_said_not_to_apply(
    name: str, row: str, target: str
) -> None:
    assert left_out(name, row, target) is Readiness.HELD


@pytest.mark.parametrize(("row", "target"), [("mc-05", NORTH), ("mc-11", KIT), ("mc-29", KIT)])
def test_a_row_that_holds_is_a_reason_that_stands_when_it_is_left_out(
    row: str, target: str
) -> None:
    assert left_out("machine", row, target) is Readiness.NOTICES


@pytest.mark.parametrize(("row", "target"), [("mc-12", KIT), ("mc-07", NORTH), ("mc-03", KIT)])
def test_a_row_that_may_be_left_out_or_holds_nothing_is_settled(row: str, target: str) -> None:
    assert left_out("machine", row, target) is Readiness.READY


def test_why_and_by_whom_stand_in_the_reason_in_three_languages() -> None:
    entries = [said(1, mark("machine", "mc-11", outcome=Outcome.NOT_APPLICABLE), by="TK")]
    found = row_finding(rows(entries, DAY)["mc-11", KIT])
    assert found.label.en.endswith(": not applicable: as found, TK")
    assert found.label.da.endswith(": ikke relevant: as found, TK")
    assert found.label.nb.endswith(": ikke aktuelt: as found, TK")
    assert found.weight is Weight.NOTICE


def test_a_row_that_was_ticked_is_worded_as_it_is() -> None:
    one = rows([said(1, mark("machine", "mc-11"))], DAY)["mc-11", KIT]
    assert not unsettled(one)
    assert row_finding(one).label == one.ask.row.label


def test_the_rows_that_save_a_life_are_these() -> None:
    every: list[Row] = [row for one in shipped().templates for row in one.rows]
    assert sorted(row.id for row in every if row.vital) == VITAL
    assert sorted(row.id for row in every if row.may_na) == ["mc-07", "mc-12", "us-01"]
