"""The rows of the minimum stock and of second lives, and what is wrong of them."""

from __future__ import annotations

import re

import pytest
from stocks import CODES, ROWS, SUPPLIES

from checklists.supplies import Requisition, supplies, uncoded
from vitals.practice import Ware
from vitals.rows import RowsError


def test_every_emergency_drug_has_a_row() -> None:
    ids = {row.id for row in ROWS.supplies}
    assert {f"dr-{number:02d}" for number in range(1, 17)} <= ids
    assert {"em-03", "em-04", "em-05", "em-06", "em-16", "em-17", "an-01", "an-09"} <= ids


def test_every_ware_is_kept() -> None:
    assert {row.ware for row in ROWS.supplies} == set(Ware)


def test_every_code_is_in_the_table_and_the_report_lists_what_the_region_pays() -> None:
    assert list(uncoded(ROWS, CODES, "supplies.toml")) == []


def test_suxamethonium_may_be_requisitioned_and_sugammadex_may_not() -> None:
    asked = {row.id: row.requisition for row in ROWS.supplies}
    assert asked["dr-04"] is Requisition.REGION
    assert asked["dr-05b"] is Requisition.OWN
    assert "suxamethonium" in ROWS.requisition.label.en


def test_no_number_stands_without_a_document_or_as_a_proposal() -> None:
    for row in (*ROWS.supplies, *ROWS.lives, ROWS.ahead):
        assert row.source.document
        assert row.proposal is ("proposal" in row.source.place)
        assert row.approved is not row.proposal


@pytest.mark.parametrize(
    ("item", "atc", "row"),
    [
        ("dr-01", "", "dr-01"),
        ("dr-01b", "C01CA24", "dr-01b"),
        ("Adrenalin", "C01CA24", "dr-01"),
        ("Tavegyl", "R06AA04", "dr-12b"),
        ("Gaze", "", None),
        ("Gaze", "N02BE01", None),
    ],
)
def test_a_pack_belongs_to_the_row_of_its_name_before_that_of_its_code(
    item: str, atc: str, row: str | None
) -> None:
    found = ROWS.supply(item, atc)
    assert (None if found is None else found.id) == row


@pytest.mark.parametrize(
    ("item", "atc", "life"),
    [
        ("dr-08", "N01AX10", (12, None)),
        ("dr-04", "M03AB01", (None, 14)),
        ("dr-05", "M03AC09", (None, 60)),
        ("lidocaine-plaster", "N01BB02", (336, None)),
        ("Lidokain", "N01BB02", None),
        ("em-04", "", None),
    ],
)
def test_a_second_life_is_that_of_the_name_before_that_of_the_code(
    item: str, atc: str, life: tuple[int | None, int | None] | None
) -> None:
    found = ROWS.life(item, atc)
    assert (None if found is None else (found.opened_h, found.warm_days)) == life


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('id = "dr-02"', 'id = "dr-01"', "'dr-01' stands twice"),
        ('atc = ["A03BA01"]', 'atc = ["C01CA24"]', "'C01CA24' stands twice"),
        ("least = 4", "least = 0", "least"),
        ("least = 4", "least = 4\nmost = 9", "most: is unknown: remove it"),
        ('scope = "kit"', 'scope = "person"', "scope"),
        ('requisition = "region"', 'requisition = "state"', "write region or own"),
        ('ware = "pads"', 'ware = "pad"', "write drug, disposable, pads or battery"),
        ("opened_h = 12\n", "", "has no time: write opened_h, warm_days or both"),
        ('atc = ["N01AX10"]\nopened_h', "opened_h", "is of nothing: write atc, items or both"),
        ("order_days = 60", "order_days = 20", "order_days is less than due_days"),
        ("due_days = 30\n", "", "due_days: is missing: add it"),
        ('document = "General', 'book = "General', "document: is missing: add it"),
    ],
)
def test_a_row_that_does_not_fit_is_named(old: str, new: str, line: str) -> None:
    assert old in SUPPLIES
    with pytest.raises(RowsError, match=re.escape(line)):
        supplies(SUPPLIES.replace(old, new, 1), "supplies.toml")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("N01AX10", "N01AX99", "[[supply]] 'dr-08': N01AX99: is not in the table"),
        ('requisition = "own"', 'requisition = "region"', "'dr-01b': the report does not list it"),
        ("N01AH06", "N01AH99", "[[life]] 'remifentanil': N01AH99: is not in the table"),
    ],
)
def test_a_row_whose_code_does_not_fit_is_named(old: str, new: str, line: str) -> None:
    rows = supplies(SUPPLIES.replace(old, new, 1), "supplies.toml")
    (found,) = uncoded(rows, CODES, "supplies.toml")
    assert line in found


def test_the_code_on_a_pack_goes_before_those_of_its_row() -> None:
    life = ROWS.life("dr-04", "M03AC09")
    assert life is not None
    assert life.id == "rocuronium"
    assert ROWS.life("Gaze", "") is None


def test_of_several_second_lives_the_shortest_times_count() -> None:
    both = SUPPLIES.replace('atc = ["M03AB01"]\nleast', 'atc = ["M03AB01", "M03CA01"]\nleast', 1)
    both = both.replace('atc = ["M03CA01"]\nleast', "least", 1)
    assert both != SUPPLIES
    life = supplies(both, "supplies.toml").life("dr-04", "")
    assert life is not None
    assert (life.opened_h, life.warm_days) == (6, 14)
