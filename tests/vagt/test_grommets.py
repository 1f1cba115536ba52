"""A morning of grommets: crying children, and no alarm of a rule where all was done as asked."""

from __future__ import annotations

import pytest
from beds import alarms_shipped
from stories import Line, of, second, story

from monitoring.alarmrules import AlarmRules
from vitals.vocabulary import AlarmKind

THREE_S = 1365.0
"""By then three children have gone home."""
MORNING = "grommet-morning"
RULES: AlarmRules = alarms_shipped()


def technical(lines: tuple[Line, ...]) -> list[tuple[str, float]]:
    kinds = {name: row.kind for name, row in RULES.conditions.items()}
    alarms = of(lines, "alarm", state="active")
    found = [line for line in alarms if kinds[line["id"]] is AlarmKind.TECHNICAL]
    return [(line["id"], second(line)) for line in found]


def gone(lines: tuple[Line, ...]) -> list[str]:
    return [line["case"][-3:] for line in of(lines, "case", state="discharged")]


def passed(lines: tuple[Line, ...]) -> list[str]:
    """Return the cases that came to pass, each with the last that was said of it."""
    last = {line["case"][-3:]: line["result"] for line in of(lines, "verdict", basis="contract")}
    return [case for case, result in last.items() if result == "pass"]


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_three_crying_children_make_no_alarm_of_a_rule() -> None:
    lines = story(MORNING, "--seconds", str(THREE_S))
    assert gone(lines) == passed(lines) == ["001", "002", "003"]
    assert technical(lines) == []
    assert of(lines, "alarm", id="hr_high", state="active"), "they cry, and that is to be seen"
    assert of(lines, "sounding") == [], "and it sounds nowhere"
    assert 0 < lines[-1]["alarms_per_case_hour"] < 15


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_nor_do_twelve() -> None:
    lines = story(MORNING)
    serials = [f"{number:03}" for number in range(1, 13)]
    assert sorted(gone(lines)) == sorted(passed(lines)) == serials
    assert technical(lines) == []
    found = {(line["id"], line["priority"]) for line in of(lines, "alarm", state="active")}
    assert found == {("hr_high", "medium"), ("spo2_low", "medium")}
    summary = lines[-1]
    assert (summary["cases"], summary["bad_frames"], summary["dropped"]) == (12, 0, 0)
    assert 0 < summary["alarms_per_case_hour"] < 10
    assert second(of(lines, "case", state="discharged")[-1]) <= 80 * 60
