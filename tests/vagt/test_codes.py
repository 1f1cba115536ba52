"""`vagt duration-code` and `vagt service-code`: what scripts and people are told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from daemon.library import load
from vagt.main import main

HELD = "Indgreb i luftvejene kræver tube eller larynxmaske; patienten er ikke fyldt 2 år"
SHIPPED = {"rules": load().hash, "rules_state": "in_order"}


def asked(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """Return the exit status and the JSON document of a verb."""
    status = main([*line.split(), "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    return status, json.loads(out)


def said(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit status and the lines for people."""
    status = main(line.split())
    out, err = capsys.readouterr()
    assert err == ""
    return status, out.splitlines()


def refused(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line that says what was wrong."""
    assert main(line.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("facts", "status", "code", "reason"),
    [
        ("--minutes 60:00 --technique ga --airway tube", 0, "3023", "within_band"),
        ("--minutes 60:00.001 --technique ga --airway tube", 0, "3024", "within_band"),
        ("--minutes 60.5 --technique sedation", 0, "3024", "within_band"),
        ("--minutes 60:30 --technique sedation", 0, "3024", "within_band"),
        ("--minutes 20 --technique mask_ga", 0, "3022", "title_body_conflict"),
        ("--minutes 20 --technique ga", 0, "3022", "within_band"),
        ("--minutes 10 --technique ga", 1, None, "airway_needed"),
        ("--minutes 10 --technique ga --airway mask", 0, "3021", "within_band"),
        ("--minutes 10 --technique ga --airway none", 0, "3022", "title_body_conflict"),
        ("--minutes 121 --technique sedation", 1, None, "human_decides"),
        ("--minutes 61 --technique mask_ga --airway mask", 1, None, "human_decides"),
        ("--minutes 5 --technique block", 1, None, "no_duration"),
    ],
)
def test_a_duration_is_answered_with_its_code_its_reason_and_its_source(
    facts: str, status: int, code: str | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, document = asked(f"duration-code {facts}", capsys)
    assert (found, document["code"], document["reason"]) == (status, code, reason)
    assert "chapter 8, service" in document["source"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("--minutes 5 --technique mask_ga --airway lma", "mask_ga has no device in the airway"),
        ("--minutes 5 --technique mask_ga --airway tube", "mask_ga has no device in the airway"),
        ("--minutes -5 --technique ga", "minutes '-5' are below zero: write 60, 60.5 or 60:30"),
        ("--minutes nan --technique ga", "minutes 'nan' cannot be read"),
        ("--minutes 99999 --technique ga", "minutes '99999' are longer than a day: write 60, 60.5"),
        ("--minutes 60:60 --technique ga", "minutes '60:60' cannot be read"),
        ("--minutes 5 --technique spinal", "invalid choice: 'spinal'"),
        ("--minutes 5 --technique ga --airway nose", "invalid choice: 'nose'"),
        ("--minutes 5", "--technique"),
        ("--technique ga", "--minutes"),
    ],
)
def test_facts_that_cannot_be_are_refused_in_one_line(
    facts: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in refused(f"duration-code {facts}", capsys)


def test_people_are_told_what_was_decided_here_and_that_nobody_approved_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, lines = said("duration-code --minutes 60 --technique ga --airway lma", capsys)
    assert (status, lines[0]) == (0, "3023: the service's text says so long")
    assert lines[1].startswith("  decided here (NOT APPROVED): 60:00 exactly lies in 3023")
    assert lines[2].endswith("p. 80")
    status, lines = said("duration-code --minutes 5 --technique ga", capsys)
    assert (status, lines[0]) == (1, "no code: the airway decides: add --airway")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("words", "status", "expected"),
    [
        ("3015", 0, {"result": "mapped", "code": "3023", "row": 32}),
        ("ent:3015 3005", 0, {"result": "mapped", "code": "3023", "row": 41}),
        ("3027 3033", 0, {"result": "mapped", "code": "3024", "row": 47}),
        ("3022", 0, {"result": "mapped", "code": "3021", "row": 3}),
        ("2103", 0, {"result": "mapped", "code": "3021", "row": 57, "needs_reason": True}),
        ("3053 --site ear", 0, {"result": "mapped", "code": "3022", "row": 9}),
        ("--site nose 3053 3153", 0, {"result": "mapped", "code": "3022", "row": 30}),
    ],
)
def test_a_printed_operation_is_answered_with_its_service_and_row(
    words: str, status: int, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    found, document = asked(f"service-code {words}", capsys)
    assert found == status
    assert {key: document.get(key) for key in expected} == expected
    more = {"in_airway", "source", "decision", "rules", "rules_state"}
    assert document.keys() - more == expected.keys()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "3053",
            {
                "result": "ambiguous",
                "candidates": ["3022", "3024"],
                "rows": [9, 30, 36, 37],
                "needs": "site",
            },
        ),
        ("3009 3037", {"result": "unmapped", "near": [2, 34, 40, 41]}),
        ("3053 --site face_neck", {"result": "unmapped", "near": [9, 30, 36, 37]}),
        ("9999", {"result": "unmapped", "near": []}),
        ("3005 3109", {"result": "invalid", "reason": "3109 without 3009"}),
        ("3158", {"result": "invalid", "reason": "3158 without 3058"}),
        ("3022 ent:3022", {"result": "invalid", "reason": "3022 stands twice"}),
    ],
)
def test_what_is_not_printed_is_never_guessed_and_exits_with_one(
    words: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(f"service-code {words}", capsys) == (1, {**expected, **SHIPPED})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "ENT"),
        ("ana:3022", "'ana:3022' is an anaesthesia service; give the operation's"),
        ("302", "'302' is no ENT number; write four digits"),
        ("30222", "'30222' is no ENT number"),
        ("3015,3005", "'3015,3005' is no ENT number"),
        ("ent:", "'ent:' is no ENT number"),
        ("٣٠١٥", "is no ENT number"),
        ("3015 --site knee", "there is no site 'knee'; the sites are ear, nose, nasopharynx"),
        ("3015 --site combination", "there is no site 'combination'"),
        ("3005 --age -1y", "age '-1y' is below zero: write 4y, 8m or 20d"),
        ("3005 --age 0y", "age '0y' may be any infant: write 8m or 20d"),
        ("3005 --age 8m --age-years 0", "not allowed with argument --age"),
    ],
)
def test_what_is_no_number_of_an_operation_is_refused_in_one_line(
    words: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in refused(f"service-code {words}", capsys)


def test_people_are_told_the_procedure_in_words_and_where_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, lines = said("service-code 3035", capsys)
    assert (status, lines[0]) == (0, "3022: Biopsy")
    assert lines[1].endswith("row 55, p. 98")
    assert lines[2].startswith("  only on a medical judgement, to be stated")
    status, lines = said("service-code 3027 3033", capsys)
    assert lines[2].startswith("  decided here (NOT APPROVED): ")


@pytest.mark.parametrize(
    ("words", "first", "rows"),
    [
        ("3053", "3022 or 3024: the site decides; add --site", ["9", "30", "36", "37"]),
        ("3033 3058", "no code: Bilag 2 does not print this", ["26", "28", "45"]),
        ("9999", "no code: a number that Bilag 2 does not print", []),
        ("3109", "no code: the numbers cannot stand so: 3109 without 3009", []),
    ],
)
def test_people_are_told_what_would_have_an_answer(
    words: str, first: str, rows: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = said(f"service-code {words}", capsys)
    assert status == 1
    assert lines[0].startswith(first)
    assert [line.split()[1] for line in lines[1:-1]] == rows


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("3005 --age 8m", ["ent.in_airway.age"]),
        ("3005 --age 23m", ["ent.in_airway.age"]),
        ("3005 --age-years 1", ["ent.in_airway.age"]),
        ("3005 --age 2y", []),
        ("3005 --age-years 2", []),
        ("3022 --age 8m", []),
        ("3035 --age 8m", ["ent.in_airway.unsaid"]),
        ("3035 --age 8m --site nose", []),
        ("3035 --age 8m --site mouth_throat", ["ent.in_airway.age"]),
        ("3053 --site larynx_oesophagus --age 8m", ["ent.in_airway.age"]),
    ],
)
def test_a_procedure_in_the_airway_is_held_before_the_second_birthday_and_still_has_its_code(
    words: str, holds: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, document = asked(f"service-code {words}", capsys)
    assert (status, document["result"]) == (0, "mapped")
    assert [one["rule"] for one in document["holds"]] == holds
    assert all("chapter 3" in one["source"] for one in document["holds"])


def test_a_hold_is_told_in_every_language_and_that_nobody_approved_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (hold,) = asked("service-code 3005 --age 8m", capsys)[1]["holds"]
    assert hold["approved"] is False
    assert hold["label"]["da"] == HELD
    assert hold["label"]["nb"].startswith("Inngrep i luftveiene")
    status, lines = said("service-code 3005 --age 8m", capsys)
    assert (status, lines[0][:5]) == (0, "3022:")
    assert lines[2].startswith("  HOLD (NOT APPROVED): A procedure in the airway needs a tube")
    assert lines[3].strip() == HELD


def test_without_an_age_nothing_is_said_of_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert "holds" not in asked("service-code 3005", capsys)[1]
    assert not any("HOLD" in line for line in said("service-code 3005", capsys)[1])


def test_whether_it_is_in_the_airway_is_unknown_until_the_site_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def within(words: str) -> object:
        return asked(f"service-code {words}", capsys)[1]["in_airway"]

    assert within("3035") is None
    assert within("3035 --site nose") is False
    assert within("3035 --site mouth_throat") is True


def test_an_operation_without_a_code_is_held_by_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, document = asked("service-code 9999 --age 8m", capsys)
    assert (status, document["result"], document["holds"]) == (1, "unmapped", [])
