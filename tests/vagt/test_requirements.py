from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagt.main import main

ANAESTHETICS = ["3021", "3022", "3023", "3024", "3025"]


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["requirements", *words, "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return status, json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the one line that a refusal is; nothing else is printed."""
    assert main(["requirements", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("vagt requirements: ")
    return err


def contract(document: Any) -> dict[str, str]:
    rows = [row for row in document["obligations"] if row["basis"] == "contract"]
    return {row["modality"]: row["obligation"] for row in rows}


def test_the_document_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    status, document = answered(capsys, "3025", "--technique", "sedation")
    assert status == 1
    assert document["code"] == "3025"
    assert {"modality", "obligation", "phase", "basis", "rule", "source"} <= set(
        document["obligations"][0]
    )
    (violation,) = document["violations"]
    assert set(violation) == {"rule", "source", "proposal", "approved_by"}
    assert violation["proposal"] is False
    assert violation["rule"] == "3025.sedation"
    assert "chapter 8, service 3025" in violation["source"]


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_a_bare_code_and_one_with_its_namespace_are_the_same(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(capsys, code) == answered(capsys, f"ana:{code}")


def test_every_option_reaches_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--technique", "ga", "--airway", "tube", "--age", "23m", "--minutes", "30:00"]
    more = ["--relaxant", "--ventilation", "controlled"]
    status, document = answered(capsys, "3022", *told, *more)
    assert status == 1
    assert [one["rule"] for one in document["violations"]] == ["3022.age"]
    assert contract(document) == {
        "clinical_observation": "required",
        "pulse_oximetry": "required",
        "capnography": "required",
        "ecg": "required",
        "nibp": "required",
    }
    origins = {row["rule"]: row["origin"] for row in document["obligations"]}
    assert origins["3023.ecg"] == "duration"
    assert document["level"] == "3023"
    advised = {r["modality"]: r["obligation"] for r in document["obligations"][5:]}
    assert advised["neuromuscular"] == "required"


@pytest.mark.parametrize(("years", "age", "status"), [("1", "1y", 1), ("2", "2y", 0)])
def test_whole_years_are_the_same_age_in_other_words(
    years: str, age: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answered(capsys, "3022", "--airway", "lma", "--age-years", years)
    assert said == answered(capsys, "3022", "--airway", "lma", "--age", age)
    assert said[0] == status


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2623", "Manipulation"),
        ("2624", "Acupuncture"),
        ("2638", "Treatment with lidocaine patches"),
        ("2639", "Treatment with capsaicin patches"),
        ("2640", "Botulinum toxin for neuropathic pain"),
    ],
)
def test_a_service_that_asks_for_nothing_says_so_by_its_name(
    code: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, document = answered(capsys, code)
    assert (status, document["name"], document["obligations"]) == (0, name, [])
    assert main(["requirements", code]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [f"{code}  {name}", "", "its text asks for no monitoring"]


def test_sedation_without_contact_is_no_3021(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["3021", "--technique", "sedation", "--contact"]
    assert answered(capsys, *given, "yes")[0] == 0
    status, document = answered(capsys, *given, "no")
    assert (status, document["violations"][0]["rule"]) == (1, "3021.intravenous")


def test_sedation_with_nitrous_oxide_is_no_3023(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--technique", "sedation", "--nitrous-oxide"]
    assert answered(capsys, "3022", *given)[0] == 0
    assert answered(capsys, "3023", *given[:2])[0] == 0
    status, document = answered(capsys, "3023", *given)
    assert (status, document["violations"][0]["rule"]) == (1, "3023.nitrous_oxide")
    assert document["violations"][0]["proposal"] is True
    assert main(["requirements", "3023", *given]) == 1
    assert "\n  3023.nitrous_oxide NOT APPROVED  " in capsys.readouterr().out


def test_nitrous_oxide_without_contact_is_no_intravenous_anaesthesia(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ["--technique", "sedation", "--nitrous-oxide", "--contact", "no"]
    status, document = answered(capsys, "3021", *given)
    assert (status, document["violations"]) == (0, [])


def test_capnography_in_recovery_is_conditional_until_the_airway_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = {
        airway: contract(answered(capsys, "recovery", *airway.split())[1]).get("capnography")
        for airway in ("", "--airway lma", "--airway none")
    }
    assert told == {"": "conditional", "--airway lma": "required", "--airway none": None}


def test_people_are_told_how_many_readings_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["requirements", "2635"]) == 0
    rows = capsys.readouterr().out.splitlines()
    (before,) = [one for one in rows if one.startswith("contract  before") and "nibp" in one]
    (advised,) = [one for one in rows if one.startswith("advisory  after") and "nibp" in one]
    assert "required (1 at least)" in before
    assert "(4 at least, every 300 s)" in advised


def test_recovery_is_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    _, document = answered(capsys, "recovery", "--bp-lowering")
    assert contract(document)["nibp"] == "required"
    assert {row["phase"] for row in document["obligations"]} == {"recovery"}
    _, anaesthetic = answered(capsys, "3023")
    assert {row["phase"] for row in anaesthetic["obligations"]} == {"during"}


def test_a_supplement_inherits_and_keeps_its_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, document = answered(capsys, "5000", "--with", "3023")
    _, other = answered(capsys, "3023")
    assert (document["code"], document["with"]) == ("5000", "3023")
    assert document["obligations"] == other["obligations"]


@pytest.mark.parametrize("code", ["0112", "0120", "2625", "2631", "3020", "5010"])
def test_a_withdrawn_code_is_refused_by_name(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, code)
    assert f"{code} (" in said
    assert ") is withdrawn" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["9999"], "no code '9999'; the codes are 2265, 2266, 2620"),
        (["ent:3022"], "paracentesis"),
        (["ent:3022"], "its anaesthesia is 3021"),
        (["ent:3053"], "by its site its anaesthesia is 3022 or 3024"),
        (["ent:3158"], "part of a procedure"),
        (["ent:9999"], "no procedure of that table has this number"),
        (["3005"], "ent:3005 is"),
        (["eye:3022"], "no specialty 'eye'; the specialties are ana:, ent:"),
        (["5000"], "write 5000 --with 3022"),
        (["5000", "--with", "2622"], "2622 (Block of peripheral nerves) is no anaesthetic"),
        (["5000", "--with", "ent:3022"], "its anaesthesia is 3021"),
        (["5000", "--with", "5000"], "goes with an anaesthetic: name that one; the codes are 3021"),
        (["3022", "--with", "3021"], "3022 stands alone: leave --with out"),
        (["3022", "--age", "0y"], "write 8m or 20d"),
        (["", "--age", "4y"], "the code is empty; the codes are 2265"),
        (["0110"], "no code '0110'; the codes are 2265"),
        (
            ["5000", "--with", "2265"],
            "2265 (Addition to anaesthesia with an interpreter) goes with",
        ),
        (["ent:2103"], "its anaesthesia is 3021, on a medical judgement that is stated"),
        (["3022", "--age", "-1y"], "age '-1y' is below zero: write 4y, 8m or 20d"),
        (["3022", "--age=-1y"], "age '-1y' is below zero: write 4y, 8m or 20d"),
        (["3022", "--age", "131y"], "age '131y' is above 120 years"),
        (["3022", "--age", "99999d"], "age '99999d' is above 120 years"),
        (["3022", "--age-years", "121"], "age '121y' is above 120 years"),
        (["3022", "--age-years", "0"], "write 8m or 20d"),
        (["3022", "--age-years", "-4"], "--age-years '-4' is no number of years: write 4"),
        (["3022", "--age-years", "4y"], "--age-years '4y' is no number of years: write 4"),
        (["3022", "--age-years", ""], "--age-years '' is no number of years: write 4"),
        (["3022", "--age", "4y", "--age-years", "4"], "not allowed with argument --age"),
        (["3022", "--minutes", "99999"], "minutes '99999' are longer than a day: write 60"),
        (["3022", "--age", "121y"], "above 120 years"),
        (["3022", "--age", "730d"], "the second birthday: write 23m or 2y"),
        (["3022", "--age", "4"], "write 4y, 8m or 20d"),
        (["3022", "--minutes", "nan"], "write 60, 60.5 or 60:30"),
        (["3022", "--minutes", "-5"], "write 60, 60.5 or 60:30"),
        (["3022", "--minutes", "60:60"], "write 60, 60.5 or 60:30"),
        (["3022", "--minutes", "1e3"], "write 60, 60.5 or 60:30"),
        (["3022", "--technique", "mask_ga", "--airway", "lma"], "mask_ga has no device"),
        (["3022", "--technique", "mask_ga", "--airway", "tube"], "mask_ga has no device"),
        (["3022", "--technique", "block"], "write 5000 --with 3022"),
        (["2635", "--technique", "ga"], "is no anaesthetic"),
        (["2635", "--airway", "tube"], "leave --airway tube out"),
        (["3022", "--technique", "tiva"], "choose from 'mask_ga', 'ga', 'sedation', 'block'"),
        (["3022", "--contact", "maybe"], "choose from 'yes', 'no'"),
        ([], "CODE"),
    ],
)
def test_what_cannot_be_meant_is_one_line_that_says_what_was_expected(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, *words)


def test_people_are_told_the_rows_the_findings_and_the_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["requirements", "3022", "--airway", "lma", "--age", "1y"]) == 1
    out = capsys.readouterr().out
    assert "contract  during  capnography           required     3022.capnography" in out
    assert "NOT APPROVED" in out
    assert "NOT ALLOWED by the text of the code (a finding; it stops nothing):\n  3022.age" in out
    assert "service 3022, Undersøgelse/behandling, p. 79" in out


def test_people_are_told_what_a_longer_case_is_watched_as(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["requirements", "5000", "--with", "3021", "--minutes", "35"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("with  3021")
    assert lines[2].startswith("watched as  3023")
    assert any(line.endswith("3023.ecg                 duration") for line in lines)


def test_people_are_told_where_nothing_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["requirements", "2620"]) == 0
    assert "its text asks for no monitoring" in capsys.readouterr().out


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(
    code=st.sampled_from(ANAESTHETICS),
    minutes=st.lists(st.integers(0, 1440), min_size=2, max_size=4),
)
def test_the_level_never_falls_as_minutes_rise(
    code: str, minutes: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    levels = [answered(capsys, code, "--minutes", str(m))[1]["level"] for m in sorted(minutes)]
    assert levels == sorted(levels)
