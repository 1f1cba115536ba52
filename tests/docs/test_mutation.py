"""Each rule row is taken out in turn: a test that an id names for it must notice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from mutants import Fate, Mutant, fates, without
from rowset import RULES, SERVICE, RuleRow, rule_rows
from traces import Trace, in_scope, traces

GIVEN = traces().trace
ROWS = in_scope(rule_rows())
FIRST = list({row.table: row for row in reversed(ROWS)}.values())
"""One row of each kind: what the short form takes out."""


def naming(row: RuleRow) -> list[Trace]:
    return [trace for trace in GIVEN if row.name in trace.rows]


def named_by(row: RuleRow) -> list[str]:
    return list(dict.fromkeys(test for trace in naming(row) for test in trace.tests))


def text(row: RuleRow) -> str:
    return (RULES / row.file).read_text("utf-8")


def mutant(row: RuleRow) -> Mutant:
    gone = row.table == SERVICE
    cut = None if gone else without(text(row), row.table, row.number)
    return Mutant(row.name, row.file, cut, named_by(row))


def survivors(rows: Sequence[RuleRow]) -> list[str]:
    """Return a line for each id that names a row and has no test that missed it."""
    return [
        f"{trace.id}: {row.name} can be taken out: {fate.tail}"
        for row, fate in zip(rows, fates([mutant(row) for row in rows]), strict=True)
        for trace in naming(row)
        if fate.missed_by(trace.tests)
    ]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_with_every_row_in_its_place_every_named_test_passes() -> None:
    every = list(dict.fromkeys(test for row in ROWS for test in named_by(row)))
    (fate,) = fates([Mutant("none", ROWS[0].file, text(ROWS[0]), every)])
    assert fate.noticed == [], fate.tail
    assert "passed" in fate.tail


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_taking_out_one_row_of_each_kind_is_noticed_by_every_id_that_names_it() -> None:
    assert survivors(FIRST) == []


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_taking_out_any_row_is_noticed_by_every_id_that_names_it() -> None:
    assert survivors(ROWS) == []


def test_a_cut_takes_one_row_and_leaves_the_rest_as_it_stands() -> None:
    given = 'a = 1\n\n[[row]]\nid = "1"\n\n[row.source]\nx = 1\n\n# next\n[[row]]\nid = "2"\n'
    assert without(given, "row", 1) == 'a = 1\n\n[[row]]\nid = "2"\n'
    assert without(given, "row", 2) == given.removesuffix('[[row]]\nid = "2"\n')


def test_what_no_test_notices_or_only_a_test_that_is_gone_is_missed() -> None:
    here, gone = "tests/vitals/test_months.py", "tests/vitals/test_months.py::test_gone"
    unmutated = [Mutant(name, ROWS[0].file, text(ROWS[0]), [name]) for name in (here, gone)]
    assert [fate.missed_by([fate.name]) for fate in fates(unmutated)] == [True, True]
    assert "passed" in fates(unmutated)[0].tail


@pytest.mark.parametrize(
    ("node", "missed"),
    [
        ("tests/a.py::test_b", False),
        ("tests/a.py::test_b[1]", False),
        ("tests/a.py", False),
        ("tests/a.py::test_bc", True),
        ("tests/aa.py", True),
    ],
)
def test_a_test_notices_by_itself_by_a_parameter_or_with_its_whole_file(
    node: str, *, missed: bool
) -> None:
    assert Fate("x", [node], "").missed_by(["tests/a.py::test_b"]) is missed
