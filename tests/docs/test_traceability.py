from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rowset import ROOT, RuleRow, rule_rows
from traces import Trace, TraceError, collected, expected, faults, in_scope, traces
from tracing import page

GIVEN = traces()
ROWS = rule_rows()
pytestmark = pytest.mark.timeout(120)  # pytest collects for pytest, on a machine that may be busy


@pytest.fixture(scope="module")
def nodes() -> set[str]:
    return collected(GIVEN.trace)


def test_every_id_is_traced_to_rows_and_tests_that_are_there(nodes: set[str]) -> None:
    assert faults(GIVEN.trace, ROWS, nodes) == []


def test_the_page_is_what_the_traces_make() -> None:
    assert page(GIVEN) == (ROOT / "docs" / "traceability.md").read_text("utf-8"), "run make docs"


@pytest.mark.parametrize("one", ["SR-040", "SR-083", "AM-17", "LVL-recovery", "DUR-14", "B2-57"])
def test_the_first_and_the_last_of_each_kind_are_asked_for(one: str) -> None:
    assert one in expected()


@pytest.mark.parametrize("one", expected())
def test_an_id_that_is_missing_is_named(one: str, nodes: set[str]) -> None:
    without = [trace for trace in GIVEN.trace if trace.id != one]
    assert f"{one}: is missing: trace it" in faults(without, ROWS, nodes)


def test_a_row_that_no_id_names_is_named(nodes: set[str]) -> None:
    strange = RuleRow("service_3021.toml", "requirement", 9, {"id": "3021.eeg"})
    assert "3021.eeg: no id names this rule row" in faults(GIVEN.trace, [*ROWS, strange], nodes)


def test_two_rows_of_one_name_are_named(nodes: set[str]) -> None:
    twin = in_scope(ROWS)[0]
    assert f"{twin.name}: two rule rows have this name" in faults(GIVEN.trace, [*ROWS, twin], nodes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tests": ["tests/no.py::test_no"]}, "no test 'tests/no.py::test_no'"),
        ({"rows": ["no.row"]}, "no rule row 'no.row'"),
        ({"tests": [], "rows": [], "reason": ""}, "name a test, or say why there is none"),
        ({"tests": [], "reason": "x"}, "its rows have no test: name one"),
    ],
)
def test_a_trace_that_leads_nowhere_is_named(
    changes: dict[str, object], said: str, nodes: set[str]
) -> None:
    trace = next(one for one in GIVEN.trace if one.rows)
    spoiled = msgspec.structs.replace(trace, **changes)
    given = [spoiled if one is trace else one for one in GIVEN.trace]
    assert f"{trace.id}: {said}" in faults(given, ROWS, nodes)


def test_an_id_that_stands_twice_or_that_nobody_asks_for_is_named(nodes: set[str]) -> None:
    twice = [*GIVEN.trace, GIVEN.trace[0], Trace("SR-999", "x", reason="x")]
    found = faults(twice, ROWS, nodes)
    assert f"{GIVEN.trace[0].id}: stands twice: keep one" in found
    assert "SR-999: is no id that is asked for" in found


def test_a_test_is_found_with_and_without_its_parameters() -> None:
    here = "tests/vitals/test_months.py::test_a_month_ends_where_it_ends"
    found = collected([Trace("x", "x", tests=[here])])
    assert here in found
    assert any(node.startswith(f"{here}[") for node in found)
    assert f"{here}[gone]" not in found


def test_a_file_of_traces_with_a_fault_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "traceability.toml"
    file.write_text('outside = []\n[[trace]]\nid = "SR-040"\nsay = "x"\n', "utf-8")
    with pytest.raises(TraceError, match=r"traceability\.toml"):
        traces(file)
