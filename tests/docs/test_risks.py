"""The risk file: every measure is held by tests that exist, and the page is what the file says."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from checkout import ROOT
from hazards import PAGE, Kind, Risk, Severity, risks, risks_page

RISKS = risks()


@cache
def named_in(file: str) -> frozenset[str]:
    """Return the names of every test of a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = (node.name for node in ast.walk(tree) if isinstance(node, kinds))
    return frozenset(name for name in found if name.startswith("test_"))


@pytest.mark.parametrize("risk", RISKS, ids=lambda risk: risk.id)
def test_each_measure_names_tests_that_exist(risk: Risk) -> None:
    named = [test for measure in risk.measures for test in measure.tests]
    missing = []
    for test in named:
        file, _, name = test.partition("::")
        if not (ROOT / file).is_file() or name not in named_in(file):
            missing.append(test)
    assert missing == []


@pytest.mark.parametrize("risk", RISKS, ids=lambda risk: risk.id)
def test_what_may_kill_is_not_left_to_words_alone_where_software_can_do_more(risk: Risk) -> None:
    kinds = {measure.kind for measure in risk.measures}
    outside = {"R20", "R26"}
    """Leakage current, and what people believe: no program holds them."""
    if risk.severity in {Severity.CRITICAL, Severity.CATASTROPHIC} and risk.id not in outside:
        assert kinds - {Kind.INFORMATION} or risk.id == "R14", risk.hazard


def test_risks_are_numbered_in_order_and_told_once() -> None:
    assert [risk.id for risk in RISKS] == [f"R{n:02}" for n in range(1, len(RISKS) + 1)]
    assert len({risk.hazard for risk in RISKS}) == len(RISKS)
    assert len(RISKS) >= 25


def test_the_page_is_what_the_file_says() -> None:
    assert (ROOT / "docs" / PAGE).read_text("utf-8") == risks_page()
