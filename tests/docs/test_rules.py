from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from beds import book_shipped
from chapters import CHAPTERS, Chapter, rules_page
from courses import rows
from rowset import ROOT, RULES, documents, rule_rows
from sheets import Shelf, anchor
from taken import RenderError, Taken
from traces import ELSEWHERE

from monitoring.services import Kind
from vitals.vocabulary import Basis

WIDEST = 200
ASKED = {
    *("id", "modality", "obligation", "phase", "basis", "when"),
    *("valid_from", "proposal", "approved_by", "source"),
    "readings",
}
"""All that a row of what the contract watches says: maybe how many, nothing of how often."""

BY_LABEL = {"schema", "id", "check", "ask", "duty", "nb"}
"""What people are told by a row's label, and what only the program reads."""


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "rules.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the rule files that may be spoiled."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def test_the_page_is_what_the_rows_make(page: str) -> None:
    assert rules_page() == page, "run make docs"


def test_no_table_is_too_wide_to_read(page: str) -> None:
    wide = [line for line in page.splitlines() if line.startswith("|") and len(line) > WIDEST]
    assert wide == []


def test_no_section_is_empty(page: str) -> None:
    """A heading may stand right above a smaller one, but says something before its like."""
    lines = [line for line in page.splitlines() if line.strip()]
    depths = [len(line) - len(line.lstrip("#")) for line in lines]
    pairs = zip(lines, depths, [*depths[1:], 1], strict=True)
    assert [line for line, depth, after in pairs if depth and 0 < after <= depth] == []


def test_every_link_leads_to_a_heading_of_the_page(page: str) -> None:
    headings = {anchor(line.lstrip("# ")) for line in page.splitlines() if line.startswith("#")}
    links = re.findall(r"\]\(#([^)]*)\)", page)
    assert links
    assert set(links) <= headings


def test_what_several_services_are_advised_is_told_once_and_linked_from_each(page: str) -> None:
    title = "What peers advise in 3021, 3022, 3023, 3024 and 3025"
    assert page.count("| advised when a muscle relaxant is given |") == 1
    assert page.count(f"### {title}\n") == 1
    assert page.count(f"[{title}](#{anchor(title)})") == 5


def test_advice_that_becomes_another_for_one_service_is_told_apart(folder: Path) -> None:
    file = folder / "service_3025.toml"
    file.write_text(file.read_text("utf-8").replace("relaxant = true", "relaxant = false"), "utf-8")
    page = rules_page(folder)
    assert "### What peers advise in 3021, 3022, 3023 and 3024\n" in page
    assert page.count("| advised when no muscle relaxant is given |") == 1


def test_that_watching_rises_with_the_time_is_said_to_be_a_reading(page: str) -> None:
    head = page.partition("## Durations\n")[2].partition("###")[0]
    assert "rises" in head
    assert "PROPOSAL, NOT APPROVED" in head


def test_how_many_readings_and_how_far_apart_is_told_in_minutes(page: str) -> None:
    assert page.count("| required: at least 1 reading |") == 8
    assert page.count("| advised: at least 4 readings, 5 min from one to the next |") == 2


def test_a_decision_is_told_once_and_named_by_a_letter_where_it_is_taken(page: str) -> None:
    assert page.count("60:00 exactly lies in 3023 and in 3024") == 1
    assert page.count("60:00 exactly is taken as 3023; every moment after it") == 1
    letter = re.search(r"^- ([A-Z]): 60:00 exactly lies in", page, re.MULTILINE)
    assert letter is not None
    bands = [line for line in page.splitlines() if "up to and including 60 min" in line]
    assert bands
    assert all(re.search(rf"Decided: .*\b{letter[1]}\b.*\. Source", line) for line in bands)


def test_a_lidocaine_patch_is_told_as_it_is_printed(page: str) -> None:
    assert "- *hold*: once daily: at most 12 hours on, then 12 hours off before a new patch" in page


def test_how_far_a_clinic_may_go_with_a_steroid_is_told(page: str) -> None:
    assert "A clinic may call a drug from 0.5 to 2 times as strong as here; **PROPOSAL" in page


def test_no_id_stands_in_the_way(page: str) -> None:
    ids = {str(row.fields["id"]) for row in rule_rows() if "." in str(row.fields.get("id", ""))}
    assert ids
    assert {one for one in ids if one in page} == set()


def test_every_label_stands_in_english_and_as_printed(page: str) -> None:
    labels = [row.fields["label"] for row in rule_rows() if "label" in row.fields]
    assert len(labels) > 57
    told = [label for label in labels if label["en"] in page and label["da"] in page]
    assert told == labels


def test_every_place_that_a_row_cites_is_told_but_those_of_the_list_of_procedures(
    page: str,
) -> None:
    sourced = [row for row in rule_rows() if row.table != "procedure" and "source" in row.fields]
    places = {row.fields["source"]["place"] for row in sourced}
    assert {place for place in places if place.replace("|", "\\|") not in page} == set()


def test_what_nobody_approved_says_so_and_what_is_approved_names_who(folder: Path) -> None:
    file = folder / "steroids.toml"
    before = rules_page(folder)
    text = file.read_text("utf-8")
    assert 'approved_by = ""' in text
    file.write_text(text.replace('approved_by = ""', 'approved_by = "AS"'), "utf-8")
    after = rules_page(folder)
    assert after.count("NOT APPROVED") < before.count("NOT APPROVED")
    assert after.count("approved by AS") > before.count("approved by AS") == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("service_3021.toml", 'phase = "during"', 'phase = "during"\nnote = "x"', "note: no page"),
        ("service_3021.toml", 'modality = "ecg"', 'modality = "eeg"', "eeg: has no words"),
        ("durations.toml", "schema = 1", "schema = 1\nremark = 1", "remark: no page"),
        ("treatments.toml", "[[fee]]", "[[bonus]]", "bonus: no page"),
        ("procedures.toml", 'laterality = "uni"', 'laterality = "one"', "one: has no words"),
        ("steroids.toml", "atc = ", "atcs = ", "atc: is missing"),
        ("competence.toml", 'competence = "us_blocks"', 'competence = "x"', "x: has no words"),
        ("gate.toml", 'check = "consent"', 'check = "consent"\nhint = "x"', "hint: no page"),
        ("gate.toml", '"ended", "recovery"', '"gone"', "gone: has no words"),
        ("coverage.toml", "share = 0.95", "share = 0.95\nmost = 1", "most: no page"),
        ("coverage.toml", "[[interval]]", "[[pause]]", "pause: no page"),
        ("injection.toml", 'of = "key"', 'of = "mood"', "mood: has no words"),
        ("injection.toml", "[[guided]]", "[[blind]]", "blind: no page"),
        ("delegation.toml", 'basis = "law"', 'basis = "habit"', "habit: has no words"),
        ("delegation.toml", 'country = "dk"', 'country = "se"', "se: has no words"),
        ("tones.toml", "[bounds]", "[bounds]\nnote = 1", "note: no page"),
        ("tones.toml", 'id = "call"', 'id = "hum"', "hum: has no words"),
        ("signals.toml", "seconds = 120.0", "seconds = 120.0\nmost = 1", "most: no page"),
        ("signals.toml", "[[lapse]]", "[[relapse]]", "relapse: no page"),
        ("limits.toml", 'id = "unknown"', 'id = "unknown"\nkg = 1', "kg: no page"),
    ],
)
def test_what_no_chapter_tells_of_is_a_fault_and_never_left_out(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(RenderError, match=said):
        rules_page(folder)


@pytest.mark.parametrize(
    "name", ["gate", "coverage", "injection", "delegation", "tones", "signals"]
)
def test_another_value_in_a_row_is_another_page(name: str) -> None:
    (chapter,) = [one for file, _, one in CHAPTERS if file == f"{name}.toml"]
    tables = documents()[f"{name}.toml"]
    before = told(chapter, name, tables)
    for row, key in leaves(tables):
        changed = deepcopy(tables)
        place = follow(changed, row)
        place[key] = another(place[key])
        assert told(chapter, name, changed) != before, (*row, key)


def told(chapter: Chapter, name: str, tables: dict[str, Any]) -> str:
    shelf = Shelf()
    try:
        return "\n".join([*chapter(Taken(tables, name), shelf), *shelf.listed()])
    except RenderError as error:
        return str(error)


def leaves(tables: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the place and the key of each value that people are to read."""
    for key, value in tables.items() if isinstance(tables, dict) else enumerate(tables):
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))
        elif key not in BY_LABEL:
            yield path, key


def follow(tables: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tables = tables[key]
    return tables


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    return f"{value} again" if isinstance(value, str) else value / 2 or 1.0


def test_the_limits_of_an_unknown_age_are_told(folder: Path) -> None:
    file = folder / "limits.toml"
    for old, new in (("hi = 200", "hi = 210"), ("desat = 85 }\napn", "desat = 84 }\napn")):
        text = (RULES / "limits.toml").read_text("utf-8")
        head = text.partition("[[band]]")[0]
        assert old in head
        file.write_text(text.replace(old, new, 1), "utf-8")
        assert rules_page(folder) != rules_page()


def test_peers_say_for_how_long_they_watch_on_after_each_block_that_they_watch() -> None:
    blocks = [one for one in book_shipped().services.values() if one.service.kind is Kind.TREATMENT]
    advised = {
        one.service.code
        for one in blocks
        for row in one.requirements
        if row.basis is Basis.ADVISORY and row.every_s is None
    }
    assert advised
    assert {code for code in advised if rows().after_s(code) < 60} == set()


def test_a_file_of_a_kind_that_no_chapter_tells_of_is_a_fault(folder: Path) -> None:
    (folder / "leeches.toml").write_text("schema = 1\n", "utf-8")
    with pytest.raises(RenderError, match="leeches"):
        rules_page(folder)


def test_no_contract_row_has_an_interval() -> None:
    asked = [row.fields for row in rule_rows() if row.table == "requirement"]
    contract = [row for row in asked if row["basis"] == "contract"]
    assert contract
    assert {key for row in contract for key in row} <= ASKED


def test_every_file_says_from_when_it_holds() -> None:
    heads = {name: {**tables, **tables.get("service", {})} for name, tables in documents().items()}
    wanted = heads.keys() - ELSEWHERE
    assert "service_3021.toml" in wanted
    assert {name for name in wanted if not _dated(heads[name])} == set()


def _dated(head: dict[str, Any]) -> bool:
    given = [row for one in head.values() if isinstance(one, list) for row in one]
    return "valid_from" in head or all("valid_from" in row for row in given)
