from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nonin_packets import CAPTURES

from firmware_bridge.capture import (
    Capture,
    CaptureError,
    CaptureReader,
    Record,
    parse,
    record_line,
    to_text,
)

GOOD = """vagt-capture 1
protocol: nonin-df2
origin: composed, not recorded: see the manual
# who reads this may comment

+0    01 81 64 00 E6   # the first frame
# a whole line of comment

+13   01 80 65 48 2e
"""
WORDS = st.text(st.characters(codec="utf-8", exclude_characters=":#\n\r"), min_size=1)
KEYS = WORDS.map(str.strip).filter(bool)
HEADERS = st.dictionaries(KEYS, WORDS.map(str.strip))
RECORDS = st.lists(st.binary(min_size=1, max_size=20)).map(
    lambda parts: [Record(13 * number, data) for number, data in enumerate(parts)]
)


def problem(text: str) -> str:
    with pytest.raises(CaptureError) as caught:
        parse(text)
    return str(caught.value)


def test_header_records_and_comments_are_told_apart() -> None:
    capture = parse(GOOD)
    assert capture.header == {
        "protocol": "nonin-df2",
        "origin": "composed, not recorded: see the manual",
    }
    assert capture.records == [
        Record(0, bytes.fromhex("01816400E6")),
        Record(13, bytes.fromhex("018065482E")),
    ]


def test_windows_line_ends_and_a_missing_last_one_change_nothing() -> None:
    assert parse(GOOD.replace("\n", "\r\n")) == parse(GOOD)
    assert parse(GOOD.removesuffix("\n")) == parse(GOOD)


def test_a_capture_may_hold_nothing_yet() -> None:
    assert parse("vagt-capture 1\n\n") == Capture({}, [])


@given(HEADERS, RECORDS)
def test_what_was_written_is_read_back(header: dict[str, str], records: list[Record]) -> None:
    capture = Capture(header, records)
    assert parse(to_text(capture)) == capture


def test_a_record_is_written_spaced() -> None:
    assert record_line(Record(333, b"\xa5\x62")) == "+333 A5 62"


def test_a_long_capture_is_read_line_by_line() -> None:
    reader = CaptureReader()
    found = [record for line in GOOD.splitlines() if (record := reader.read(line))]
    reader.finish()
    assert found == parse(GOOD).records
    assert reader.header == parse(GOOD).header


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: is ''; a capture begins with 'vagt-capture 1'"),
        ("vagt-capture 2\n\n", "line 1: is 'vagt-capture 2'; a capture begins with"),
        ("vagt-capture 1\nprotocol\n\n", "line 2: is no header line; write it as 'key: value'"),
        ("vagt-capture 1\n: value\n\n", "line 2: is no header line"),
        ("vagt-capture 1\na: 1\na: 2\n\n", "line 3: gives 'a' a second time"),
        ("vagt-capture 1\na: 1", "line 3: the header has no end; put a blank line"),
        ("vagt-capture 1\n\n0 01\n", "line 3: is no record; write it as"),
        ("vagt-capture 1\n\n+1.5 01\n", "line 3: is no record"),
        ("vagt-capture 1\n\n+0 01 XX\n", "line 3: is no record"),
        ("vagt-capture 1\n\n+0 01 8\n", "line 3: has half a byte"),
        ("vagt-capture 1\n\n+0\n", "line 3: has no bytes"),
        ("vagt-capture 1\n\n+0 # 01\n", "line 3: has no bytes"),
        ("vagt-capture 1\n\n+5 01\n+4 01\n", "line 4: goes back to +4"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str) -> None:
    assert problem(text).startswith(message)
    assert "\n" not in problem(text)


def test_two_records_may_share_a_moment() -> None:
    assert len(parse("vagt-capture 1\n\n+5 01\n+5 02\n").records) == 2


@given(st.text())
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with suppress(CaptureError):
        parse(f"vagt-capture 1\n{text}")


@pytest.mark.parametrize("path", sorted(CAPTURES.glob("*.vagt")), ids=lambda path: path.stem)
def test_every_capture_says_what_it_is_and_where_from(path: Path) -> None:
    capture = parse(path.read_text())
    asked = {"protocol", "line", "model", "firmware", "date", "origin", "licence"}
    assert asked <= capture.header.keys()
    assert capture.records
