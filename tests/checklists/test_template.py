from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ticks import texts

from checklists.template import template
from vitals.rows import RowsError

EMERGENCY = texts()["emergency.toml"]


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(RowsError) as caught:
        template(text, "f")
    return caught.value.errors


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hold = true\n", "", "f: [[row]] 1: hold: is missing: add it"),
        ('nb = "Plombe hel, nummer notert"', 'nb = ""', "label.nb: is empty: write a text"),
        (', nb = "Plombe hel, nummer notert"', "", "label.nb: is missing: add it"),
        ('"em-01"', '"EM 01"', "id: cannot be used: write small letters and digits, hyphens"),
        ('"em-02"', '"em-01"', "f: [[row]] 'em-01' stands twice: keep one"),
        ('interval = "day"', 'interval = "daily"', "Invalid enum value 'daily': write day, week"),
        ('scope = "kit"', 'scope = "case"', "no case lasts so long: write interval case, use or"),
        ('interval = "day"', 'interval = "case"', "is asked of each case: write scope case"),
        ('dates = "week"', 'dates = "use"', "dates: write day, week, month or year"),
        ('group = "trolley"', 'group = "cart"', "there is no 'cart': write defibrillator, trol"),
        ("schema = 1", "schema = 2", "schema: Invalid enum value 2: write 1"),
        ("hold = true", "hold = true\nweight = 1", "weight: is unknown: remove it"),
        ('source = { document = "M', 'source = { book = "M', "source.book: is unknown: remove it"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(old: str, new: str, says: str) -> None:
    assert old in EMERGENCY
    assert any(says in line for line in faults(EMERGENCY.replace(old, new, 1)))


def test_every_fault_of_a_file_is_told_at_once() -> None:
    broken = EMERGENCY.replace("hold = true\n", "").replace('"kit"', '"box"')
    assert len(faults(broken)) > 20


def test_a_list_without_rows_is_none() -> None:
    assert faults(EMERGENCY.split("[[row]]", 1)[0]) == ("f: no [[row]] row: add at least one",)


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_its_faults(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("fields", ["hold = true\nmay_na = true", "hold = false"])
def test_what_saves_a_life_holds_and_may_not_be_left_out(fields: str) -> None:
    assert "hold = true\nvital" in EMERGENCY
    (line,) = faults(EMERGENCY.replace("hold = true\nvital", f"{fields}\nvital", 1))
    assert line.endswith("vital: it holds whatever is said: write hold = true, without may_na")
