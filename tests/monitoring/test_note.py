from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.note import names_person, numbered, tidy


@given(st.from_regex(r"[0-9]{6}[ ./–-]?[0-9]{4,5}", fullmatch=True), st.text(), st.text())
def test_a_persons_number_is_found_wherever_it_stands(number: str, before: str, after: str) -> None:
    assert names_person(before + number + after)


@pytest.mark.parametrize("text", ["", "3005 3015 4y h", "3005,3015,3022", "ring 70 12 12 12 først"])
def test_codes_and_words_are_nobodys_number(text: str) -> None:
    assert not names_person(text)


@pytest.mark.parametrize(
    "note", ["3015", "født 010120", "01.01.20", "1/12-2024", "70 12 12 12", "010120 1234"]
)
def test_a_code_a_date_and_a_number_in_groups_are_long_numbers(note: str) -> None:
    assert numbered(note)


@pytest.mark.parametrize("note", ["", "2. gang", "kl. 10.30", "stue 2, 15 kg", "faste 6 t"])
def test_short_numbers_may_stand_in_a_note(note: str) -> None:
    assert not numbered(note)


@given(st.text())
def test_a_tidy_note_is_one_line_that_can_be_printed(note: str) -> None:
    assert tidy(note).isprintable()
    assert tidy(tidy(note)) == tidy(note)
    assert tidy(note) == tidy(note).strip()
