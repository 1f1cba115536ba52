from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import CPR, DAY, tables

from monitoring.note import names_person
from monitoring.paste import BadLine, pasted
from monitoring.planned import Planned
from vitals.listing import Slip
from vitals.vocabulary import Side


def plans(text: str) -> tuple[Planned, ...]:
    found, bad = pasted(tables(), text, DAY)
    assert bad == ()
    return found


def bad(text: str) -> tuple[BadLine, ...]:
    return pasted(tables(), text, DAY)[1]


def test_a_line_is_codes_age_side_and_a_note() -> None:
    (one,) = plans("3005 4y h første")
    assert (one.code, one.procedures, one.band) == ("3022", ("3005",), "y2_5")
    assert (one.side, one.note) == (Side.RIGHT, "første")


@pytest.mark.parametrize(
    "line",
    [
        "3053 3153 4y b ear mor med",
        "4y; 3053+3153; ear; b; mor med",
        "EAR B 4Y ENT:3053,3153 mor med",
        "\t3053\t3153\tear\tboth\t4y\t# mor med ",
    ],
)
def test_what_stands_before_the_note_stands_in_any_order(line: str) -> None:
    (one,) = plans(line)
    assert (one.code, one.side, one.site, one.note) == ("3023", Side.BOTH, "ear", "mor med")


@pytest.mark.parametrize(
    ("word", "side"),
    [
        ("h", Side.RIGHT),
        ("høyre", Side.RIGHT),
        ("R", Side.RIGHT),
        ("v", Side.LEFT),
        ("Venstre", Side.LEFT),
        ("left", Side.LEFT),
        ("begge", Side.BOTH),
        ("m", Side.MIDDLE),
    ],
)
def test_a_side_is_said_in_three_languages(word: str, side: Side) -> None:
    assert plans(f"3005 4y {word}")[0].side is side


def test_a_note_may_look_like_anything_after_its_sign() -> None:
    assert plans("3005 4y # h. øre, 2. gang")[0].note == "h. øre, 2. gang"
    assert plans("3005 4y 2. gang")[0].note == "2. gang"
    assert plans("3005 4y ring #2")[0].note == "ring #2"


def test_lines_keep_their_order_and_blank_ones_are_passed_over() -> None:
    found = plans("\n3005 4y\n\n   \nana:3021 8m\r\n2635 70y\n")
    assert [one.code for one in found] == ["3022", "3021", "2635"]


def test_every_fault_is_told_with_its_line() -> None:
    text = f"3005 4y\n3005\n\n9999 4y\n3005 4y {CPR}\n3005 4y 5y\n3053 4y\n3005 4y h h\n3005 1"
    assert [(one.line, one.slip) for one in bad(text)] == [
        (2, Slip.NO_AGE),
        (4, Slip.UNKNOWN_CODE),
        (5, Slip.PATIENT_NUMBER),
        (6, Slip.TWICE),
        (7, Slip.NO_SITE),
        (8, Slip.TWICE),
        (9, Slip.EITHER_AGE),
    ]


def test_what_is_not_understood_before_the_age_is_a_note_and_the_age_is_missed() -> None:
    assert [one.slip for one in bad("3005 left4y")] == [Slip.NO_AGE]


def test_a_code_behind_the_note_is_not_lost_in_it() -> None:
    assert [one.slip for one in bad("3005 4y også 3015")] == [Slip.NOTE_NUMBER]


@given(st.text())
def test_whatever_is_pasted_is_planned_or_told(text: str) -> None:
    found, wrong = pasted(tables(), text, DAY)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    assert len(found) + len(wrong) == len(lines)
    assert {one.line for one in wrong} <= set(lines)


PIECES = st.sampled_from(["3005", "3015", "ana:3022", "4y", "h", "ear", "#", "mor", CPR, "9999"])


@given(st.lists(PIECES, max_size=8))
def test_nobodys_number_is_kept_or_said_again(pieces: list[str]) -> None:
    found, wrong = pasted(tables(), " ".join(pieces), DAY)
    assert not any(names_person(repr(one)) for one in (*found, *wrong))
    if CPR in pieces:
        assert [one.slip for one in wrong] == [Slip.PATIENT_NUMBER]


@pytest.mark.parametrize(
    ("line", "band", "note"),
    [
        ("3005 4 h", "y2_5", ""),
        ("20m 3005", "y1_2", ""),
        ("ent:3005 20m", "y1_2", ""),
        ("4å 3005", "y2_5", ""),
        ("3005 4år mor med", "y2_5", "mor med"),
        ("4 3005 2 børn", "y2_5", "2 børn"),
        ("3005 8m 2 børn", "infant", "2 børn"),
    ],
)
def test_years_need_no_letter_and_an_age_may_stand_first(line: str, band: str, note: str) -> None:
    (one,) = plans(line)
    assert (one.code, one.band, one.note) == ("3022", band, note)


@pytest.mark.parametrize("age", ["0", "1"])
def test_a_bare_0_or_1_is_asked_back(age: str) -> None:
    (one,) = bad(f"3005 {age}")
    assert (one.slip, one.detail) == (
        Slip.EITHER_AGE,
        f"age '{age}' may be months or years: write {age}m or {age}y",
    )
