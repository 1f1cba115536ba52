from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from daemon.approval import signed
from daemon.library import FAMILIES, Files, RuleFile, digest, library, load, shipped
from vitals.rows import RowsError

TODAY = date(2026, 11, 22)
NEXT_YEAR = date(2027, 1, 1)
LIMITS, SERVICE = "limits.toml", "service_3021.toml"


def with_text(name: str, old: str, new: str) -> Files:
    """Return the shipped set with a text in one of its files replaced, once."""
    files = shipped()
    text = files[name].text
    assert old in text
    return {**files, name: replace(files[name], text=text.replace(old, new, 1))}


def errors(files: Files) -> tuple[str, ...]:
    with pytest.raises(RowsError) as caught:
        library(files)
    return caught.value.errors


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_file_is_read_and_its_faults_are_told_by_its_place(name: str) -> None:
    broken = {**shipped(), name: RuleFile("schema = 2\n", f"/etc/vagt/rules/{name}")}
    assert any(line.startswith(f"/etc/vagt/rules/{name}: ") for line in errors(broken))


@pytest.mark.parametrize("name", sorted(n for n in shipped() if not n.startswith(FAMILIES)))
def test_a_file_that_is_missing_is_named(name: str) -> None:
    files = {other: file for other, file in shipped().items() if other != name}
    assert f"{name}: is missing from the rule files: put it back" in errors(files)


def test_every_fault_of_every_file_is_told_at_once() -> None:
    files = with_text(LIMITS, 'id = "infant"', "id = 4")
    alarms = files["alarms.toml"]
    files = {
        **files,
        "alarms.toml": replace(alarms, text=alarms.text.replace("onset_s =", "onset =", 1)),
        "durations.toml": RuleFile("[[band]\n", "durations.toml"),
    }
    found = errors(files)
    assert {line.split(":")[0] for line in found} == {LIMITS, "alarms.toml", "durations.toml"}
    assert any("onset: is unknown: remove it" in line for line in found)
    assert any("onset_s: is missing: add it" in line for line in found)


def test_the_hash_names_the_rows_wherever_their_files_lie() -> None:
    files = shipped()
    moved = {name: replace(file, place=f"/etc/{name}") for name, file in files.items()}
    assert library(moved).hash == digest(files) == load().hash
    assert digest(with_text(LIMITS, 'approved_by = ""', 'approved_by = "AS"')) != digest(files)


def test_a_row_that_is_not_valid_yet_is_not_used_until_its_day() -> None:
    text = shipped()[SERVICE].text
    head, row, rest = text.partition('id = "3021.oximetry"')
    later = rest.replace("valid_from = 2019-04-01", "valid_from = 2027-01-01", 1)
    file = RuleFile(head + row + later, SERVICE)
    rules = library({**shipped(), SERVICE: file})
    for day, there in ((NEXT_YEAR - timedelta(days=1), False), (NEXT_YEAR, True)):
        ids = [one.id for one in rules.book(day).services["3021"].requirements]
        assert ("3021.oximetry" in ids) is there
        assert "3021.observation" in ids


def test_the_newest_edition_of_a_service_that_has_begun_is_in_force() -> None:
    text = shipped()[SERVICE].text.replace("valid_from = 2019-04-01", "valid_from = 2027-01-01")
    edition = RuleFile(text.replace('en = "Short', 'en = "New short'), "service_3021_2027.toml")
    rules = library({**shipped(), "service_3021_2027.toml": edition})
    labels = [
        rules.book(day).services["3021"].service.label.en[:5]
        for day in (NEXT_YEAR - timedelta(days=1), NEXT_YEAR)
    ]
    assert labels == ["Short", "New s"]


def test_two_editions_from_one_day_on_are_a_fault() -> None:
    twin = RuleFile(shipped()[SERVICE].text, "service_3021_b.toml")
    (line,) = errors({**shipped(), "service_3021_b.toml": twin})
    assert line.startswith("service_3021_b.toml: [service] code: 3021 stands from 2019-04-01 on in")
    assert " in service_3021.toml too: keep one" in line


def test_two_tables_of_one_specialty_are_a_fault() -> None:
    twin = RuleFile(shipped()["procedures.toml"].text, "procedures_b.toml")
    (line,) = errors({**shipped(), "procedures_b.toml": twin})
    assert line.startswith("procedures_b.toml: specialty: 'ent' stands in procedures.toml too: ")


def test_a_band_whose_code_no_anaesthetic_has_is_a_fault_before_any_case_reaches_it() -> None:
    files = {name: file for name, file in shipped().items() if name != "service_3025.toml"}
    named = [line for line in errors(files) if "[[band]] 3025.ga_airway: code: " in line]
    assert "no anaesthetic has '3025' on 2019-04-01 (no file has it): mend that file" in named[0]


def test_a_procedure_whose_code_no_anaesthetic_has_is_a_fault() -> None:
    text = shipped()["procedures.toml"].text.replace('code = "3021"', 'code = "3019"', 1)
    text = text.replace('services = ["3021"', 'services = ["3019", "3021"')
    (line,) = errors({**shipped(), "procedures.toml": RuleFile(text, "/x/procedures.toml")})
    assert line.startswith("/x/procedures.toml: [[procedure]] 1: code: no anaesthetic has '3019'")


def test_a_file_that_is_not_valid_yet_as_a_whole_is_named_with_its_day() -> None:
    rules = library(with_text("durations.toml", "2019-04-01", "2027-01-01"))
    assert rules.early(NEXT_YEAR) == []
    assert rules.early(NEXT_YEAR - timedelta(days=1)) == [
        "durations.toml: valid_from: 2027-01-01 has not come yet: put the file there on that day"
    ]


def test_a_clock_that_stands_before_the_rules_still_has_services_to_start() -> None:
    rules = load()
    assert rules.book(date(1970, 1, 1)) == rules.book(rules.durations.valid_from)
    assert "3021" in rules.book(date(1970, 1, 1)).services


def test_files_that_nobody_has_approved_are_named_until_somebody_has() -> None:
    assert {LIMITS, "alarms.toml", "steroids.toml", "durations.toml"} <= set(load().unapproved)
    assert "withdrawn.toml" not in load().unapproved
    text = signed(shipped()[LIMITS].text, LIMITS, "AS", "2026-11-22")
    approved = library({**shipped(), LIMITS: RuleFile(text, LIMITS)})
    assert set(load().unapproved) - set(approved.unapproved) == {LIMITS}
    assert (approved.limits.approved_by, approved.limits.approved_on) == ("AS", "2026-11-22")


def test_a_name_that_was_typed_under_the_limits_approves_nothing() -> None:
    typed = library(with_text(LIMITS, 'approved_by = ""', 'approved_by = "AS"'))
    assert (typed.limits.approved_by, LIMITS in typed.unapproved) == ("", True)
