"""docs/cases.md says what the tables, the rows and the verdicts say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rowset import ROOT, documents
from taken import Taken

from monitoring.steps import ALWAYS, NEXT, WHERE
from monitoring.verdict import Why
from vitals.vocabulary import CaseKind, CaseState, Verdict
from words.catalogue import Language, Words

HEADINGS = {CaseKind.ANAESTHETIC: "## An anaesthetic\n", CaseKind.BLOCK: "## A block\n"}
LABELLED = ("question", "asa", "kit", "text", "live", "beside")
"""The tables of the start check whose points people see."""
ENGLISH = Words(Language.ENGLISH)


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "cases.md").read_text("utf-8")


def section(page: str, heading: str) -> str:
    return page.partition(heading)[2].partition("\n## ")[0]


def cells(text: str) -> list[list[str]]:
    """Return the rows of a table without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def told(kind: CaseKind, state: CaseState) -> str:
    steps = NEXT[kind][state].items()
    return ", ".join(f"`{deed.name()}` → {after}" for deed, after in steps) or "over"


@pytest.mark.parametrize("kind", CaseKind)
def test_each_state_and_what_may_follow_is_told_as_the_table_has_it(
    page: str, kind: CaseKind
) -> None:
    found = cells(section(page, HEADINGS[kind]))
    assert [(state, after) for state, _, after in found] == [
        (state.value, told(kind, state)) for state in NEXT[kind]
    ]
    assert all(meaning for _, meaning, _ in found)


def test_whatever_may_be_said_of_an_anaesthetic_is_named(page: str) -> None:
    steps = {deed for row in NEXT[CaseKind.ANAESTHETIC].values() for deed in row}
    missing = {deed.name() for deed in steps | WHERE.keys() if f"`{deed.name()}" not in page}
    # Said by ticking, by a key, and with `vagt case say correct`.
    assert missing == {"check", "asa", "correct"}
    assert "vagt case say correct" in page


def test_every_point_of_the_start_check_is_told_in_its_own_words(page: str) -> None:
    asked = section(page, "## What is asked before an anaesthetic\n")
    assert [words for words in points() if words not in " ".join(asked.split())] == []


def points() -> Iterator[str]:
    gate = documents()["gate.toml"]
    for name in LABELLED:
        given = gate[name] if isinstance(gate[name], list) else [gate[name]]
        yield from (str(Taken(row, name).table("label").take("en")) for row in given)


def test_what_never_stands_in_the_way_is_named(page: str) -> None:
    never = section(page, "## What never stands in the way\n")
    assert [deed.name() for deed in ALWAYS if f"`{deed.name()}`" not in never] == []


def test_every_reason_of_a_verdict_has_its_meaning(page: str) -> None:
    rows = cells(section(page, "## What it comes to\n"))
    words = {why: ENGLISH.text(f"ground.{why}", rule="…").removesuffix(": …") for why in Why}
    assert set(words.values()) <= {row[0] for row in rows}
    assert {f"**{one}**" for one in Verdict} <= {row[0].partition(" (")[0] for row in rows}


def test_how_late_and_how_quiet_are_the_numbers_of_the_program(page: str) -> None:
    rows = documents()["course.toml"]
    quiet = rows["quiet"]
    assert f"More than {rows['late']['after_s'] / 60:g} min late" in page
    assert f"for {quiet['after_s'] / 60:g} min is asked about" in page
    assert f"that has not begun, after {quiet['waiting_s'] / 3600:g} h" in page
