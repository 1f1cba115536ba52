"""Where every alarm condition is to be seen: in a scenario, or in a test with the real daemon."""

from __future__ import annotations

import ast
from typing import NamedTuple

import pytest
from beds import alarms_shipped
from checkout import ROOT
from stories import of, second, story

from monitoring.detectors import DETECTORS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
WITHIN_S = 2.5
"""What devices may need to say it: one that sends every five seconds is allowed for in `at_s`."""
LOOK_S = 0.2
"""What sounds is looked at ten times a second."""


class Seen(NamedTuple):
    """In a scenario: it begins at `at_s` of the scenario, and is high, medium or low."""

    scenario: str
    bed: str
    at_s: float
    priority: str
    sounds: bool = True
    """At a bed with the profile of a theatre."""
    risen_s: float | None = None
    """When it becomes more urgent."""


class Shown(NamedTuple):
    """By a test, because no simulator can honestly make it; the test names the condition."""

    test: str
    why: str


RULES = "tests/daemon/test_rulebook.py::"
STREAMS = "tests/vagt/test_telemetry.py::"
HEARD = "tests/daemon/test_heard.py::"
MISHAPS = "tests/vagt/test_mishaps.py::"
PULSE, BREATH = "alarms-pulse", "alarms-breath"
PRESSURE, MONITOR = "alarms-pressure", "alarms-monitor"
ONE, TWO = "Stue 1", "Stue 2"
TABLE: dict[str, Seen | Shown] = {
    "spo2_low": Seen(PULSE, ONE, 17, "medium", sounds=False),
    "no_pulse": Seen(PULSE, ONE, 90, "high", sounds=False),
    "hr_low": Seen(PULSE, ONE, 42, "medium", sounds=False),
    "hr_high": Seen(PULSE, ONE, 67, "medium", sounds=False),
    "probe_off": Seen(PULSE, ONE, 115, "medium"),
    "link_lost": Seen(PULSE, ONE, 138, "medium"),
    "apnoea": Seen(BREATH, TWO, 68, "high", sounds=False),
    "co2_lost": Seen(BREATH, ONE, 55, "high", sounds=False),
    "etco2_high": Seen(BREATH, ONE, 91, "medium", sounds=False),
    "etco2_low": Seen(BREATH, ONE, 121, "medium", sounds=False),
    "fico2_high": Seen(BREATH, ONE, 156, "medium", sounds=False),
    "rr_low": Seen(BREATH, TWO, 136, "medium", sounds=False),
    "co2_off": Seen(BREATH, ONE, 181, "medium"),
    "nibp_low": Seen(PRESSURE, ONE, 75, "medium", sounds=False, risen_s=115),
    "map_low": Seen(PRESSURE, ONE, 195, "medium", sounds=False),
    "nibp_high": Seen(PRESSURE, ONE, 275, "low", sounds=False),
    "nibp_overdue": Seen(PRESSURE, TWO, 215, "low", risen_s=275),
    "stale": Seen(MONITOR, ONE, 153, "medium"),
    "stale_co2": Seen(MONITOR, ONE, 118, "medium"),
    "stale_ecg": Seen(MONITOR, ONE, 53, "medium"),
    "lead_off": Seen(MONITOR, ONE, 85, "medium"),
    "never_seen": Seen(MONITOR, TWO, 7, "medium"),
    "never_seen_co2": Seen(MONITOR, TWO, 7, "medium"),
    "never_seen_ecg": Seen(MONITOR, TWO, 7, "medium"),
    "never_seen_nibp": Seen(MONITOR, TWO, 7, "medium"),
    "driver_defect": Shown(
        MISHAPS + "test_a_driver_that_fails_is_an_alarm_until_it_reads_again",
        "no driver that ships is known to fail, so one has to be broken",
    ),
    "recorder_failure": Shown(
        MISHAPS + "test_a_journal_that_another_holds_is_an_alarm_until_it_lets_go",
        "the disk is the daemon's own, and not simulated",
    ),
    "clock_jump": Shown(
        MISHAPS + "test_a_wall_clock_that_jumps_is_told_and_stays_told",
        "the clock is the daemon's own",
    ),
    "rules_unusable": Shown(
        RULES + "test_at_a_first_start_with_faults_the_daemon_runs_with_what_ships_and_says_so",
        "a clinic that is simulated has no rule files of its own",
    ),
    "sound_unusable": Shown(
        HEARD + "test_a_daemon_that_cannot_be_heard_watches_on_and_says_so",
        "a clinic that is simulated is silent",
    ),
    "gas_low": Shown(
        "tests/monitoring/test_gases.py::test_a_gas_that_is_nearly_used_up_is_low_and_then_medium",
        "in a clinic that is simulated nobody enters cylinders",
    ),
    "outbox_full": Shown(
        STREAMS + "test_an_outbox_nearly_full_is_an_alarm_and_ends_when_the_server_is_back",
        "a clinic that is simulated tells no server",
    ),
}
SEEN = {name: one for name, one in TABLE.items() if isinstance(one, Seen)}
SHOWN = {name: one for name, one in TABLE.items() if isinstance(one, Shown)}


@pytest.mark.parametrize("condition", sorted(alarms_shipped().conditions))
def test_every_condition_is_to_be_seen_somewhere(condition: str) -> None:
    assert condition in TABLE


def test_nothing_is_shown_that_is_no_condition() -> None:
    assert TABLE.keys() == DETECTORS.keys()


@pytest.mark.parametrize("condition", SEEN)
def test_a_condition_begins_is_acknowledged_and_ends_in_its_scenario(condition: str) -> None:
    found = SEEN[condition]
    lines = of(story(found.scenario), "alarm", id=condition, bed=found.bed)
    told = [(line["state"], line["priority"], line["signal"]) for line in lines]
    last = found.priority if found.risen_s is None else told[-1][1]
    risen = [] if found.risen_s is None else [("active", last, "on"), acknowledged(last)]
    begun = [("active", found.priority, "on"), acknowledged(found.priority)]
    assert told == [*begun, *risen, ("ended", last, "off")]
    onsets = [second(line) for line in lines if line["state"] == "active"]
    wanted = [found.at_s, *([] if found.risen_s is None else [found.risen_s])]
    assert onsets == pytest.approx(wanted, abs=WITHIN_S)


@pytest.mark.parametrize("condition", SEEN)
def test_it_sounds_as_the_profile_of_the_bed_says(condition: str) -> None:
    found = SEEN[condition]
    lines = of(story(found.scenario), "alarm", id=condition, bed=found.bed)
    begun, silenced = second(lines[0]), second(lines[1])
    sounds = [
        (second(line), line["audible"])
        for line in of(story(found.scenario), "sounding", bed=found.bed)
    ]
    before = [audible for at_s, audible in sounds if at_s <= begun + LOOK_S]
    heard = before[-1:] + [audible for at_s, audible in sounds if begun + LOOK_S < at_s < silenced]
    assert any(heard) is found.sounds


@pytest.mark.parametrize("condition", SHOWN)
def test_what_no_scenario_shows_is_shown_by_a_test_that_names_it(condition: str) -> None:
    found = SHOWN[condition]
    file, _, name = found.test.partition("::")
    text = (ROOT / file).read_text("utf-8")
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    named = [
        one for one in ast.walk(ast.parse(text)) if isinstance(one, kinds) and one.name == name
    ]
    (one,) = named
    assert f'"{condition}"' in (ast.get_source_segment(text, one) or "")


def acknowledged(priority: str) -> tuple[str, str, str]:
    return "acknowledged", priority, "acknowledged"
