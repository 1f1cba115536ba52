from __future__ import annotations

import pytest
from beds import book_shipped, text

from monitoring.withdrawn import withdrawn
from vitals.rows import RowsError

SHIPPED = text("withdrawn.toml")


def test_the_six_withdrawn_codes_have_names_and_are_no_services() -> None:
    found = withdrawn(SHIPPED, "f")
    assert sorted(found) == ["0112", "0120", "2625", "2631", "3020", "5010"]
    assert all(row.label.en and row.source.place for row in found.values())
    assert not set(found) & set(book_shipped().services)


def test_transcutaneous_nerve_stimulation_is_part_of_acupuncture_now() -> None:
    found = withdrawn(SHIPPED, "f")
    assert {code: row.contained_in for code, row in found.items() if row.contained_in} == {
        "2625": "2624"
    }


def test_a_code_that_stands_twice_does_not_load() -> None:
    with pytest.raises(RowsError, match="'0120' stands twice"):
        withdrawn(SHIPPED.replace('"0112"', '"0120"'), "f")
