"""`vagt alarms` as a person types it: offline, on a journal, and against a real daemon."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, clinic, daemon, ear, oximeter

from daemon.journal.alarming import AlarmChanged, AudioPaused, CallAnswered
from daemon.journal.event import Event
from daemon.journal.events import CaseEntered, CaseOpened
from daemon.library import load
from daemon.tally import Span, tally
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from monitoring.signals import Cue
from vagt.main import main
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Priority, Word

Done = subprocess.CompletedProcess[str]
DAY = 1_795_000_000.0
CASE = "KN-261118-001"
EVER = Span(0.0, float("inf"))


def vagt(*words: str) -> Done:
    line = [*VAGT, "alarms", *words]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=15)


def wall(minutes: float, *, boot: float = 0) -> Instant:
    """Return a moment by the wall clock; the monotonic half is that of one boot or another."""
    return Instant(boot + minutes * 60, DAY + minutes * 60)


def alarm(cue: Cue, name: str, priority: Priority, latency_s: float | None = None) -> AlarmChanged:
    told = (cue, CASE, BED, name, None, priority, None, None, None)
    return AlarmChanged(*told, latency_s=latency_s)


def entered(number: int, deed: deeds.Said) -> CaseEntered:
    return CaseEntered(CASE, BED, number, deed, 0.0, "AS")


_WHAT = CASE, "261118", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", None
OPENED = CaseOpened(*_WHAT, limits={}, limits_approved_by="", by="AS")
HISTORY: list[tuple[Event, Instant]] = [
    (OPENED, wall(0)),
    (entered(1, deeds.Begin()), wall(10)),
    (alarm(Cue.ONSET, "spo2_low", Priority.MEDIUM), wall(20)),
    (alarm(Cue.ACKNOWLEDGED, "spo2_low", Priority.MEDIUM, 4.0), wall(20.1)),
    (alarm(Cue.ESCALATED, "spo2_low", Priority.HIGH), wall(20.4)),
    (alarm(Cue.ENDED, "spo2_low", Priority.HIGH), wall(21)),
    (alarm(Cue.ONSET, "probe_off", Priority.MEDIUM), wall(30)),
    (alarm(Cue.ENDED, "probe_off", Priority.MEDIUM), wall(31)),
    (AudioPaused(BED, 120, "AS"), wall(31)),
    # The machine started again: its monotonic clock begins anew.
    (alarm(Cue.ONSET, "probe_off", Priority.MEDIUM), wall(70, boot=-4200)),
    (alarm(Cue.ACKNOWLEDGED, "probe_off", Priority.MEDIUM), wall(70.1, boot=-4200)),
    (CallAnswered(CASE, BED, "AS", 12.0), wall(75, boot=-4200)),
    (entered(2, deeds.Finish()), wall(90, boot=-4200)),
    (entered(3, deeds.Recover()), wall(91, boot=-4200)),
    (entered(4, deeds.Conclude(tuple(Word))), wall(130, boot=-4200)),
]


def test_alarms_are_counted_once_at_the_highest_priority_they_reached() -> None:
    found = tally(HISTORY, EVER)
    assert (found.case_hours, found.cases, found.alarms, found.per_hour) == (2.0, 1, 3, 1.5)
    assert (found.pauses, found.calls, found.call_latency_s) == (1, 1, 12.0)
    told = [(c.alarm, c.priority, c.count, c.per_hour, c.latency_s) for c in found.conditions]
    assert told == [("probe_off", "medium", 2, 1.0, 6.0), ("spo2_low", "high", 1, 0.5, 4.0)]


def test_a_span_takes_the_alarms_that_began_in_it_and_the_time_watched_in_it() -> None:
    span = Span(wall(60).wall, wall(120).wall)
    found = tally(HISTORY, span)
    assert (found.case_hours, found.alarms, found.pauses, found.calls) == (1.0, 1, 0, 1)
    nothing = tally(HISTORY, Span(0.0, DAY))
    assert (nothing.case_hours, nothing.cases, nothing.alarms, nothing.per_hour) == (0, 0, 0, None)


def test_a_case_that_still_runs_counts_up_to_the_last_event() -> None:
    assert tally(HISTORY[:9], EVER).case_hours == 0.35


def test_every_condition_is_listed_with_its_row_and_no_daemon() -> None:
    listed = vagt("list")
    assert (listed.returncode, listed.stderr) == (0, "")
    names = [line.split()[0] for line in listed.stdout.splitlines()[1:-1]]
    assert names == list(load().alarms.conditions)
    found: dict[str, Any] = json.loads(vagt("list", "--json").stdout)
    assert [row["id"] for row in found["conditions"]] == names
    assert {"pause", "call", "lapses", "profiles", "rules"} <= found.keys()
    assert all(row["source"]["document"] for row in found["conditions"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("stats", "--data", "{}", "--from", "tomorrow"), "--from 'tomorrow': is no day"),
        (("stats", "--data", "{}", "--from", "2026-11-22", "--to", "2026-11-21"), "turn them"),
        (("stats", "--data", "{}"), "journal.db is not there"),
        (("pause", "--bed", BED), "--by"),
        (("pause", "--bed", BED, "--by", "A S"), "--by 'A S': use 1 to 16 letters"),
        ((), "required"),
    ],
)
def test_wrong_use_is_one_line_that_says_how_to_mend_it(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = vagt(*(word.format(tmp_path) for word in words))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr


@pytest.mark.timeout(60)
async def test_the_command_line_does_what_a_dashboard_can_and_the_journal_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = clinic(tmp_path)
    at_bed = ("--bed", BED, "--by", "AS", "--socket", str(place.socket))
    with daemon(place):
        patient = Patient(PatientRow(bed=BED, age="4y", spo2=80, pulse_rate=118))
        async with oximeter(place, patient), ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", signal="on"))
            await hears.say("call")
            for words in (("ack", "spo2_low"), ("pause",), ("resume",), ("answer",)):
                done = vagt(*words, *at_bed)
                assert (done.returncode, done.stdout) == (0, f"{words[0]}: {BED}\n"), done.stderr
            again = vagt("answer", *at_bed, "--json")
            assert again.returncode == 1
            assert json.loads(again.stdout)["reason"] == "no_call"
    assert main(["alarms", "stats", "--data", str(place.data), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    (low,) = [one for one in found["conditions"] if one["alarm"] == "spo2_low"]
    assert (low["priority"], low["count"], low["acknowledged"]) == ("high", 1, 1)
    assert (found["cases"], found["pauses"], found["calls"]) == (1, 1, 1)
    assert found["case_hours"] >= 0
    assert main(["alarms", "stats", "--config", str(place.config)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split()[:3] == ["ALARM", "PRIORITY", "COUNT"]
    assert "per case-hour; sound paused 1 times; 1 calls answered" in shown[-1]


def test_the_alarm_of_a_case_may_stand_behind_the_options(tmp_path: Path) -> None:
    for words in ((CASE, "spo2_low", "--data"), (CASE, "--data")):
        rest = ("spo2_low",) if len(words) == 2 else ()
        done = vagt("show", *words, str(tmp_path), *rest)
        assert "journal.db is not there" in done.stderr
