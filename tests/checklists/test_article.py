from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checklists.article import misread


def test_a_number_with_its_check_digit_and_no_number_at_all_are_taken() -> None:
    for gtin in ("05709999123459", "09521101530001", ""):
        assert misread(gtin) is None


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken(place: int, more: int) -> None:
    gtin = "05709999123459"
    digit = (int(gtin[place]) + more) % 10
    assert misread(f"{gtin[:place]}{digit}{gtin[place + 1 :]}")


def test_who_reads_of_it_reads_what_to_do() -> None:
    line = misread("05709999123458")
    assert line == (
        "GTIN 05709999123458 fails its check digit: scan the pack again, or leave the number out"
    )
