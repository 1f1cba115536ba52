"""The busy day: ten patients through two theatres, two recovery beds and a room for blocks."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from stories import simulated

HEAD_S = 600.0
"""Of simulated time, played a second time."""
DAY = "KN-261123-"
THEATRES = {"Stue 1", "Stue 2"}
RECOVERY = {"Opvågning 1", "Opvågning 2"}


def played(*options: str) -> list[str]:
    return simulated("--scenario", "busy-day", "--speed", "60", *options)


@pytest.fixture(scope="module")
def whole() -> list[str]:
    return played()


@pytest.fixture(scope="module")
def told(whole: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in whole]


def cases(told: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the lines of each case, by its serial number."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in told:
        if line["kind"] == "case":
            found[line["case"].removeprefix(DAY)].append(line)
    return found


def verdicts(told: list[dict[str, Any]], basis: str) -> dict[str, dict[str, Any]]:
    """Return the last verdict on each case on a basis, by its serial number."""
    found = [line for line in told if line["kind"] == "verdict" and line["basis"] == basis]
    return {line["case"].removeprefix(DAY): line for line in found}


def reasons(line: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["why"]) for one in line["reasons"]]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_patients_come_and_each_ends_where_a_case_can_end(told: list[dict[str, Any]]) -> None:
    last = {serial: lines[-1]["state"] for serial, lines in cases(told).items()}
    others = {"003": "left", "010": "transferred"}
    assert last == {f"{n:03d}": "discharged" for n in range(1, 11)} | others
    summary = told[-1]
    counted = {name: summary[name] for name in ("cases", "bad_frames", "dropped", "journal")}
    assert counted == {"cases": 10, "bad_frames": 0, "dropped": 0, "journal": "clean"}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_contract_fails_for_what_was_planted_and_for_nothing_else(
    told: list[dict[str, Any]],
) -> None:
    found = verdicts(told, "contract")
    failed = {serial: reasons(line) for serial, line in found.items() if line["result"] == "fail"}
    assert failed == {
        "006": [("3023.nibp", "never_seen")],
        "007": [("3022.age", "rule_broken")],
    }
    looked = {serial: reasons(one) for serial, one in found.items() if one["result"] == "review"}
    assert looked == {"010": [("3022.oximetry", "gaps")]}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_case_is_judged_on_both_bases(told: list[dict[str, Any]]) -> None:
    serials = set(cases(told))
    assert set(verdicts(told, "contract")) == set(verdicts(told, "advisory")) == serials


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_cases_move_from_theatre_to_recovery_and_one_goes_back(told: list[dict[str, Any]]) -> None:
    for serial, lines in cases(told).items():
        begun = {line["bed"] for line in lines if line["state"] == "anaesthesia"}
        gone = {line["bed"] for line in lines if line["state"] == "late_recovery"}
        assert begun <= THEATRES
        assert gone <= RECOVERY, serial
    again = [line["state"] for line in cases(told)["008"]]
    assert again.count("anaesthesia") == again.count("recovery") == 2


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_second_run_says_the_same(whole: list[str]) -> None:
    *lines, _ = played("--seconds", str(HEAD_S))
    assert len(lines) > 1000
    assert whole[: len(lines)] == lines
