"""The sheet of a case: what was required, what of that is on record, and nothing of who it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filed import filed, place_of, report, rows, whole
from months import Journal, Made, moment

from daemon.journal.events import CaseEntered, CoverageChanged
from monitoring.gaps import Closed, Opened
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import GapCause, Modality

pytestmark = pytest.mark.timeout(120)
MONDAY = date(2026, 11, 2)
WRITTEN = "ring til mor, Karen Hansen"


def at_of(wall: float) -> Instant:
    return Instant(wall, wall)


def written() -> tuple[Journal, dict[str, str]]:
    """Return a day of cases, and their numbers by what is odd about each."""
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    names = {
        "whole": journal.case(moment(MONDAY, "08:05"), Made(alarms=("spo2_low", "spo2_low"))),
        "gapped": journal.case(moment(MONDAY, "09:05"), Made(off=5.0)),
        "waived": journal.case(
            moment(MONDAY, "10:05"), Made(held=("live pulse_oximetry",), explained="græd")
        ),
        "strange": journal.case(moment(MONDAY, "11:05"), Made(rules="0" * 64)),
    }
    died = moment(MONDAY, "12:05")
    names["died"] = journal.case(died)
    journal.start(died + 300.0)
    for modality in Modality:
        since = Opened(modality, at_of(died + 240.0), GapCause.RECORDER_DOWN, at_reading=True)
        until = Closed(modality, at_of(died + 300.0), at_reading=True)
        for change in (since, until):
            journal.add(died + 300.0, CoverageChanged(names["died"], "Stue 1", change))
    names["open"] = journal.case(moment(MONDAY, "13:05"), Made(home=False))
    told = deeds.HandOver(to="MK", instruction=WRITTEN, bp_lowering=False)
    at = moment(MONDAY, "08:20")
    journal.add(at, CaseEntered(names["whole"], "Stue 1", 90, told, 0.0, "AS"))
    return journal, names


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], dict[str, Any]]:
    journal, names = written()
    place = place_of(tmp_path_factory.mktemp("clinic"), journal)
    file = filed(place, "sheets.json", "--cases", days=("--from", "2026-11-02"))
    return place, names, whole(file)


def of(document: dict[str, Any], table: str, case: str) -> list[dict[str, Any]]:
    return [one for one in rows(document, table) if one["case"] == case]


def test_required_seconds_are_covered_uncovered_or_undocumented(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    for one in rows(document, "coverage"):
        parts = one["covered_s"] + one["uncovered_s"] + one["undocumented_s"]
        assert parts == pytest.approx(one["required_s"], abs=0.2)
    contract = {
        name: next(
            one
            for one in of(document, "coverage", names[name])
            if (one["basis"], one["phase"]) == ("contract", "during")
        )
        for name in ("whole", "gapped", "died")
    }
    assert contract["whole"]["uncovered_s"] == 0.0
    assert contract["gapped"]["uncovered_s"] == 180.0  # two of five in the grace
    assert contract["died"]["undocumented_s"] == 60.0
    assert contract["died"]["uncovered_s"] == 0.0


def test_a_gap_has_its_causes_and_a_dead_recorder_is_not_a_gap_that_somebody_made(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    (gap,) = (g for g in of(document, "gaps", names["gapped"]) if g["basis"] == "contract")
    assert (gap["causes"], gap["documented"], gap["counts"]) == ("not_attached", True, True)
    lost = of(document, "gaps", names["died"])
    assert lost
    assert {(one["causes"], one["documented"]) for one in lost} == {("recorder_down", False)}


def test_an_open_case_and_one_whose_rules_are_lost_are_told_as_that_and_pass_by_no_default(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    (strange,) = of(document, "sheets", names["strange"])
    assert strange["judged"] is False
    assert of(document, "coverage", names["strange"]) == []
    (still,) = of(document, "sheets", names["open"])
    assert still["over"] is None
    sheet = next(one for one in document["sheets"] if one["case"] == names["open"])
    assert sheet["verdicts"] == []


def test_alarms_stages_and_entries_of_a_case_are_those_that_were_written(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    alarms = of(document, "alarm_log", names["whole"])
    assert [one["alarm"] for one in alarms] == ["spo2_low"] * 2
    assert all(one["end"] > one["begin"] for one in alarms)
    stages = of(document, "stages", names["gapped"])
    assert [one["phase"] for one in stages] == ["during", "recovery"]
    assert "begin" in {one["what"] for one in of(document, "entries", names["gapped"])}
    (waiver,) = of(document, "waivers", names["waived"])
    assert waiver["reason"] == "græd"


def test_nothing_that_tells_of_a_patient_is_in_it(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    place, _, document = made
    text = json.dumps(document, ensure_ascii=False)
    assert "hand_over" in text
    for secret in (WRITTEN, "Karen", "ring til mor", '"age"'):
        assert secret not in text
    table = filed(place, "sheets.zip", "--cases", "--format", "csv", days=("--from", "2026-11-02"))
    assert b"Karen" not in table.read_bytes()


def test_each_case_has_its_verdicts_in_a_table_and_none_passes_by_default(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    told = {
        name: {one["basis"]: one for one in of(document, "verdicts", number)}
        for name, number in names.items()
    }
    assert told["whole"]["contract"]["result"] == "pass"
    assert told["gapped"]["contract"]["result"] == "review"
    assert "pulse_oximetry" in told["gapped"]["contract"]["reasons"]
    assert told["open"] == told["strange"] == {}


def test_the_service_that_the_duration_fits_is_named_also_where_it_is_the_cases_own(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    _, names, document = made
    fits = {name: of(document, "sheets", number)[0] for name, number in names.items()}
    assert {one["planned"] for one in fits.values()} == {"3021"}
    assert fits["whole"]["by_duration"] == "3021"
    assert fits["strange"]["by_duration"] == ""


def test_the_report_of_one_case_has_its_waivers(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    place, names, document = made
    file = filed(place, "waived.json", days=("--case", names["waived"]))
    assert rows(whole(file), "waivers") == of(document, "waivers", names["waived"])


def test_one_case_is_a_report_of_its_own_and_is_verified_like_any(
    made: tuple[Path, dict[str, str], dict[str, Any]],
) -> None:
    place, names, document = made
    file = filed(place, "one.json", days=("--case", names["gapped"]))
    found = whole(file)
    assert found["term"] is None
    assert [one["case"] for one in found["sheets"]] == [names["gapped"]]
    assert rows(found, "gaps") == of(document, "gaps", names["gapped"])
    assert report(place, "verify", str(file))[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--case", "KN-261102-099"), "no case KN-261102-099 was begun"),
        (("--case", "14"), "is no number of a case as KN-261121-014"),
        (("--case", "KN-261399-001"), "261399 is no day"),
        (("--case", "KN-261102-001", "--for", "clinic"), "a case is the anaesthetist's own"),
    ],
)
def test_a_case_that_is_not_there_is_refused_in_one_line(
    made: tuple[Path, dict[str, str], dict[str, Any]], words: tuple[str, ...], said: str
) -> None:
    code, out, wrong = report(made[0], *words, "-o", "/dev/null")
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert said in wrong
