from __future__ import annotations

from dataclasses import fields

import pytest
from damage import captured
from hypothesis import given
from hypothesis import strategies as st
from ivy_messages import RECORDED_TEXT

from devices.ivy450c.text import (
    ARTERY,
    BREATHS,
    CUFF,
    LINES,
    RATE,
    SATURATION,
    Limits,
    Line,
    Text,
    garbled,
    number,
)

FIELD = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=";"))
TEXTS = st.builds(
    Text,
    **{
        tag.lower(): st.builds(Line, st.tuples(*[FIELD] * count), FIELD, FIELD)
        for tag, count in LINES.items()
    },
)


def test_the_recorded_text_is_read() -> None:
    text = captured("ivy450c", "recorded")[252 + 409 : 252 + 561]
    assert text.startswith(b"HR=1;80;ECG-II-DIAG;\rRR=1;35;APNEA: 20 SEC;\r")
    assert (
        bytes.fromhex("4e 49 42 50 3d 34 3b 31 32 31 3b 37 35 3b 39 32 3b 38 30 3b 3b 0d") in text
    )
    assert Text.parse(text) == Text(
        hr=Line(("80",), "ECG-II-DIAG"),
        rr=Line(("35",), "APNEA: 20 SEC"),
        etco2=Line(("",)),
        spo2=Line(("100",), "PR=80 "),
        nibp=Line(("121", "75", "92", "80")),
        p1=Line(("111", "73", "88")),
        p2=Line(("", "", ""), "NO TRANSDUCER"),
        t1=Line(("",)),
        t2=Line(("",)),
    )


def test_the_recorded_text_is_written_as_it_was() -> None:
    assert RECORDED_TEXT.to_bytes() == captured("ivy450c", "recorded")[252 + 409 : 252 + 561]


@given(TEXTS)
def test_any_text_survives_the_wire(text: Text) -> None:
    assert Text.parse(text.to_bytes()) == text


def test_the_last_line_is_read_too() -> None:
    data = RECORDED_TEXT.to_bytes().replace(b"T2=1;;;", b"T2=1;36.9;;")
    text = Text.parse(data)
    assert text is not None
    assert text.t2 == Line(("36.9",))


@pytest.mark.parametrize("tag", LINES)
def test_a_line_with_a_field_too_many_or_too_few_is_none(tag: str) -> None:
    line = getattr(RECORDED_TEXT, tag.lower()).to_text(tag)
    for broken in (line + ";", line.replace(";", "", 1), "", line.replace("=", "")):
        assert Line.parse(broken, tag, LINES[tag]) is None
    assert Line.parse(line, tag, LINES[tag]) is not None


def test_the_lines_come_in_their_order() -> None:
    lines = RECORDED_TEXT.to_bytes().split(b"\r")
    assert [field.name.upper() for field in fields(Text)] == list(LINES)
    for place in range(len(LINES) - 1):
        swapped = [*lines]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        assert Text.parse(b"\r".join(swapped)) is None


@pytest.mark.parametrize("place", range(9))
def test_a_text_without_one_of_its_lines_is_none(place: int) -> None:
    lines = RECORDED_TEXT.to_bytes().split(b"\r")
    assert Text.parse(b"\r".join(lines[:place] + lines[place + 1 :])) is None
    assert Text.parse(b"\r".join(lines[: place + 1] + lines[place:])) is None


@pytest.mark.parametrize("text", [b"", b"\r", b"HR=1;80;;", b"\r" * 9])
def test_other_text_is_none(text: bytes) -> None:
    assert Text.parse(text) is None


def test_text_ends_with_a_carriage_return() -> None:
    assert Text.parse(RECORDED_TEXT.to_bytes()[:-1]) is None
    assert Text.parse(RECORDED_TEXT.to_bytes() + b"X") is None


@pytest.mark.parametrize(
    ("label", "pulse"),
    [
        ("PR=80 ", "80"),
        ("PR=120", "120"),
        ("PR=   ", ""),
        ("PR=", ""),
        ("", ""),
        ("PR=8 0", ""),
        ("PR=80  ", ""),
        ("PR=1200", ""),
        ("PS=80 ", ""),
    ],
)
def test_the_pulse_rate_stands_in_the_label_of_the_saturation(label: str, pulse: str) -> None:
    text = Text.parse(RECORDED_TEXT.to_bytes().replace(b"PR=80 ", label.encode()))
    assert text is not None
    assert text.pulse == pulse


@pytest.mark.parametrize("limits", [RATE, BREATHS, SATURATION, CUFF, ARTERY])
def test_a_number_lies_within_its_limits(limits: Limits) -> None:
    low, high = limits
    assert number(str(low), limits) == low
    assert number(str(high), limits) == high
    assert number(str(low - 1), limits) is None
    assert number(str(high + 1), limits) is None


@pytest.mark.parametrize("text", ["", " 80", "8O", "80.5", "+80", "0080", "٨٠", "--", "8 "])
def test_what_is_not_digits_alone_is_no_number(text: str) -> None:
    assert number(text, RATE) is None


@pytest.mark.parametrize("text", ["", "0", "000", "80", "350"])
def test_an_empty_field_a_zero_and_a_number_are_not_garbled(text: str) -> None:
    assert not garbled(text, RATE)


@pytest.mark.parametrize("text", [" ", "---", "8O", "999", "19", "-80"])
def test_anything_else_in_a_field_is_garbled(text: str) -> None:
    assert garbled(text, RATE)
