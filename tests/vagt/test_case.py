"""`vagt case` as a person types it, against a real daemon."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon

Done = subprocess.CompletedProcess[str]
Typed = Callable[..., Done]

CHECKS = "identity history examination condition fasting consent"
RECOVERY = "Opvågning 1"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Clinic]:
    made = clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')
    with daemon(made):
        yield made


@pytest.fixture
def typed(place: Clinic) -> Typed:
    def run(*words: str) -> Done:
        line = [*VAGT, "case", *words, "--socket", str(place.socket)]
        while True:  # until the daemon listens; a test has its own limit
            done = subprocess.run(line, capture_output=True, text=True, check=False)
            if "start the daemon" not in done.stderr:
                return done

    return run


def say(typed: Typed, words: str, *more: str, bed: str = BED, by: str = "AS") -> Done:
    return typed("say", "--bed", bed, "--by", by, *words.split(), *more)


def told(typed: Typed, case: str = "001") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(typed("show", case, "--json").stdout)
    return found


@pytest.mark.timeout(90)
def test_a_child_is_taken_from_plan_to_discharge_and_its_summary_can_be_pasted(
    typed: Typed,
) -> None:
    planned = typed("plan", "--bed", BED, "--by", "AS", "--procedure", "3005", "--age", "4y")
    assert planned.returncode == 0, planned.stderr
    number = planned.stdout.strip()
    assert say(typed, f"check {CHECKS}").returncode == 0
    held = say(typed, "begin")
    assert (held.returncode, held.stderr) == (1, "")
    assert say(typed, "asa 1").returncode == 0
    assert say(typed, "begin unattached=yes").returncode == 0
    for words in ("airway lma", "end", "recover removed free awake"):
        assert say(typed, words).returncode == 0
    assert say(typed, "move", RECOVERY).returncode == 0
    handed = say(typed, "hand_over MK", "ilt til vågen", "no", bed=RECOVERY)
    assert handed.returncode == 0, handed.stdout + handed.stderr
    early = say(typed, "conclude awake clear", bed=RECOVERY, by="MK")
    assert early.stdout == (
        "refused: not said of the patient: relevant, circulation, respiration; "
        "the five are awake, clear, relevant, circulation, respiration\n"
    )
    words = "conclude awake clear relevant circulation respiration"
    assert say(typed, words, bed=RECOVERY, by="MK").returncode == 0
    assert say(typed, "discharge", bed=RECOVERY, by="MK").returncode == 0
    summary = typed("show", number, "--lang", "da").stdout.splitlines()
    head, day = summary[0].split(), datetime.now().astimezone().date()
    assert head == [number, day.isoformat(), "3022", "2-4", "år", *RECOVERY.split()]
    assert any("overdraget til MK, ilt til vågen, ingen BT-sænkende" in line for line in summary)
    assert any(line.startswith("Krav: ") for line in summary)


def test_what_holds_a_start_is_told_in_words_of_the_language_each_with_its_source(
    typed: Typed,
) -> None:
    planned = typed("plan", "--bed", BED, "--by", "AS", "--code", "3022", "--age", "4y")
    assert (planned.returncode, planned.stdout.count("\n")) == (0, 1)
    assert say(typed, f"check {CHECKS}").returncode == 0
    first, asa, probe = say(typed, "begin").stdout.splitlines()
    assert first == "refused: held; see to it, or go on with anyway=yes (--anyway):"
    assert asa.startswith("  missing: ASA 1 or 2 (Modernisering")
    assert asa.endswith("p. 14)")
    assert probe.startswith("  missing: SpO2 gives valid data (")
    assert "  mangler: ASA 1 eller 2 (" in say(typed, "begin", "--lang", "da").stdout


def test_a_case_is_found_and_read_again_when_the_daemon_has_gone(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        line = [*VAGT, "case", "emergency", "--bed", BED, "--by", "AS"]
        opened = subprocess.run(
            [*line, "--socket", str(listening(place))], capture_output=True, text=True, check=True
        )
    number = opened.stdout.strip()
    kept = ["--data", str(place.data)]
    found = subprocess.run(
        [*VAGT, "case", "find", number[-3:], *kept], capture_output=True, text=True, check=True
    )
    assert number in found.stdout
    shown = subprocess.run(
        [*VAGT, "case", "show", number, *kept, "--lang", "da"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "NØDSTART" in shown.stdout
    nothing = subprocess.run(
        [*VAGT, "case", "find", "999999", *kept], capture_output=True, text=True, check=False
    )
    assert nothing.returncode == 1


def listening(place: Clinic) -> Path:
    """Return the socket once somebody listens there."""
    while not place.socket.exists():
        time.sleep(0.02)
    return place.socket


def test_what_happened_earlier_is_entered_with_its_time_and_long_ago_wants_a_reason(
    typed: Typed,
) -> None:
    assert typed("emergency", "--bed", BED, "--by", "AS").returncode == 0
    early = say(typed, "ventilation controlled", "--at", "-2")
    unsaid = "refused: ventilation is not said where a case is planned: expected"
    assert early.stdout.startswith(unsaid)
    flagged = say(typed, "airway tube", "--at", "-2")
    assert flagged.returncode == 0
    assert "\ntaken, out of order: airway is not said where a case is planned" in flagged.stdout
    first, begin = told(typed)["entries"]
    assert begin["deed"]["do"] == "begin"
    assert (first["deed"]["airway"], first["flags"]) == ("tube", ["out_of_order"])
    late = say(typed, "observation", "--at", "-20")
    assert late.stdout == "refused: 20 min late: give a reason, or enter it as of now\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("say", "sing"), "nothing is called 'sing'"),
        (("say", "airway", "nose"), "airway 'nose' cannot be: one of mask, lma, tube, none"),
        (("say", "end", "--at", "noon"), "--at 'noon': write 10:31, or -2"),
        (("say", "discharge", "now"), "discharge: 'now' is too much"),
        (("plan", "--age", "4y", "--procedure", "302"), "'302' is no ENT number"),
    ],
)
def test_what_cannot_be_understood_gets_one_line_and_exit_2(
    typed: Typed, words: tuple[str, ...], says: str
) -> None:
    verb, *rest = words
    done = typed(verb, "--bed", BED, "--by", "AS", *rest)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_operation_in_the_airway_under_two_years_is_told_of_when_it_is_planned(
    typed: Typed,
) -> None:
    words = ("--bed", BED, "--by", "AS", "--procedure", "3005", "--age")
    planned = typed("plan", *words, "20m", "--lang", "da")
    assert planned.returncode == 0
    number, held = planned.stdout.splitlines()
    assert number.endswith("-001")
    said = "  indgreb i luftvejene kræver tube/larynxmaske; ikke fyldt 2 år ("
    assert held.startswith(said)
    assert "chapter 3" in held


def test_a_nodstart_where_one_runs_says_that_the_anaesthetist_is_called(typed: Typed) -> None:
    first = typed("emergency", "--bed", BED, "--by", "AS").stdout.strip()
    again = typed("emergency", "--bed", BED, "--by", "AS", "--lang", "da").stdout.strip()
    assert again == f"{first}  anæstesilæge tilkaldt"


def test_a_case_is_named_by_the_end_of_its_number_also_where_something_is_said_of_it(
    typed: Typed,
) -> None:
    assert typed("emergency", "--bed", BED, "--by", "AS").returncode == 0
    done = say(typed, "airway lma", "--case", "001")
    assert done.returncode == 0, done.stdout
    other = say(typed, "airway lma", "--case", "777")
    assert other.stdout == "refused: no case '777' is at hand: give its whole number\n"


def test_to_start_at_once_names_its_code(typed: Typed) -> None:
    done = typed("start", "--bed", BED, "--by", "AS", "--age", "4y")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--code is missing: name the service, --code 3022" in done.stderr
