from __future__ import annotations

import pytest
from damage import NOW, captured, flips, notes, numbers, received, told
from hypothesis import given
from hypothesis import strategies as st

from devices.contract import Counts
from devices.nonin.records import text_driver
from devices.nonin.text import Line
from vitals.measure import Measure
from vitals.reading import Item, Notes, Quality, Reading

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
VALID, UNAVAILABLE = Quality.VALID, Quality.UNAVAILABLE
CAPTURE = captured("nonin", "lines-text")
PLAIN = b"SPO2=098 HR=067\r\n"
DASHES = b"SPO2=--- HR=---\r\n"
EVENT = b"12:01:07 SPO2=097 HR=101*\r\n"
NUMBERS = st.one_of(st.none(), st.integers(0, 999))
CLOCKS = st.one_of(st.just(""), st.from_regex("[0-9]{2}:[0-9]{2}:[0-9]{2}", fullmatch=True))
LINES = st.builds(Line, spo2=NUMBERS, hr=NUMBERS, clock=CLOCKS, marks=st.text("FB*", max_size=3))
PIECES = st.lists(
    st.one_of(
        LINES.map(Line.to_bytes),
        LINES.map(lambda line: line.to_bytes()[:-2]),
        st.binary(max_size=80),
        st.sampled_from([b"\n", b"\r", b"SPO2="]),
    ),
    max_size=6,
)


def items(data: bytes) -> list[Item]:
    return received(text_driver(), data)


def pairs(data: bytes) -> list[tuple[float | None, float | None]]:
    found = items(data)
    return list(zip(numbers(found, SPO2), numbers(found, RATE), strict=True))


def counted(data: bytes) -> Counts:
    driver = text_driver()
    received(driver, data)
    return driver.finish()


def test_a_line_is_read() -> None:
    assert items(PLAIN) == [
        Reading(SPO2, 98, VALID, NOW),
        Reading(RATE, 67, VALID, NOW),
        Notes(frozenset(), NOW),
    ]


def test_dashes_are_no_data() -> None:
    found = items(DASHES)
    assert told(found, SPO2) == told(found, RATE) == [(None, UNAVAILABLE)]


def test_a_time_and_an_event_marker_change_nothing() -> None:
    assert pairs(EVENT) == [(97, 101)]
    assert Line.parse(EVENT) == Line(97, 101, "12:01:07", "*")


def test_the_capture_gives_its_three_lines_and_no_heading() -> None:
    assert pairs(CAPTURE) == [(98, 67), (None, None), (97, 101)]
    assert counted(CAPTURE) == Counts(3, 0, 19)


@pytest.mark.parametrize("marks", [b" F", b"*", b" *", b" B", b" F*", b"* F", b" F B*", b"F"])
def test_what_stands_behind_the_numbers_changes_nothing(marks: bytes) -> None:
    line = b"SPO2=098 HR=067" + marks + b"\r\n"
    assert pairs(line) == [(98, 67)]
    assert counted(line) == Counts(1, 0, 0)


def test_each_number_is_missing_by_itself() -> None:
    assert pairs(b"SPO2=--- HR=067\r\nSPO2=098 HR=---\r\n") == [(None, 67), (98, None)]


@pytest.mark.parametrize(
    ("digits", "value"),
    [("000", None), ("001", 1), ("100", 100), ("101", None), ("127", None), ("999", None)],
)
def test_a_saturation_that_is_none_is_unavailable(digits: str, value: int | None) -> None:
    found = items(f"SPO2={digits} HR=067\r\n".encode())
    assert told(found, SPO2) == [(value, UNAVAILABLE if value is None else VALID)]
    assert told(found, RATE) == [(67, VALID)]


@pytest.mark.parametrize(
    ("digits", "value"),
    [("000", None), ("017", None), ("018", 18), ("321", 321), ("322", None), ("511", None)],
)
def test_a_pulse_rate_that_no_device_measures_is_none(digits: str, value: int | None) -> None:
    found = items(f"SPO2=098 HR={digits}\r\n".encode())
    assert told(found, RATE) == [(value, UNAVAILABLE if value is None else VALID)]


@pytest.mark.parametrize(
    "line",
    [
        b"11/21/26 12:01:04\r\n",
        b"NONIN MEDICAL\r\n",
        b"\r\n",
        b"HR=067\r\n",
        b"MAX SPO2=098 HR=067\r\n",
        b"spo2=098 hr=067\r\n",
    ],
)
def test_other_lines_are_passed_over(line: bytes) -> None:
    assert counted(line) == Counts(0, 0, len(line))
    assert pairs(line + PLAIN) == [(98, 67)]


@pytest.mark.parametrize(
    "line",
    [
        b"SPO2=98 HR=067\r\n",
        b"SPO2=0098 HR=067\r\n",
        b"SPO2= 98 HR=067\r\n",
        b"SPO2=09- HR=067\r\n",
        b"SPO2=098 HR=67\r\n",
        b"SPO2=098 HR=067",
        b"SPO2=098  HR=067\r\n",
        b"SPO2=098 HR=067\n",
        b"SPO2=098 HR=067 X\r\n",
        b"SPO2=098 HR=067 F F F F\r\n",
        b"12:01:07 SPO2=09\xb7 HR=101\r\n",
        b"SPO2=098 HR=067SPO2=098 HR=067\r\n",
    ],
)
def test_a_line_of_numbers_has_its_columns_or_is_refused(line: bytes) -> None:
    closed = line if line.endswith(b"\n") else line + b"?\r\n"
    assert counted(closed) == Counts(0, 1, len(closed))


@pytest.mark.parametrize("lead", [b"x" * 200, b"SPO2=" + b"0" * 60])
@pytest.mark.parametrize("portion", [1, 7, 1000])
def test_what_is_longer_than_any_line_is_none(lead: bytes, portion: int) -> None:
    driver = text_driver()
    found = received(driver, lead + PLAIN + PLAIN, portion)
    assert numbers(found, SPO2) == [98]
    assert driver.finish() == Counts(1, 0, len(lead) + len(PLAIN))


@given(LINES)
def test_a_line_survives_the_wire(line: Line) -> None:
    assert Line.parse(line.to_bytes()) == line


@given(PIECES, st.integers(1, 90))
def test_portions_make_no_difference(pieces: list[bytes], portion: int) -> None:
    data = b"".join(pieces)
    whole, cut = text_driver(), text_driver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@given(st.lists(st.one_of(st.just(PLAIN), st.binary(max_size=30))))
def test_every_byte_is_in_a_line_or_discarded(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    counts = counted(data)
    assert counts.frames * len(PLAIN) + counts.discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
def test_the_capture_gives_the_same_in_any_portions(portion: int) -> None:
    assert received(text_driver(), CAPTURE, portion) == items(CAPTURE)


def test_a_cut_line_costs_itself_and_the_one_glued_to_it() -> None:
    for kept in range(1, len(PLAIN)):
        assert pairs(PLAIN[:kept] + EVENT * 2)[-1:] == [(97, 101)]
        assert set(pairs(PLAIN[:kept] + EVENT * 2)) == {(97, 101)}
    assert pairs(EVENT[:9] + PLAIN) == [(98, 67)]  # as it happens, a whole line


def test_an_unfinished_tail_is_discarded_and_no_bad_frame() -> None:
    for kept in range(len(PLAIN)):
        assert counted(PLAIN + PLAIN[:kept]) == Counts(1, 0, kept)


def test_a_lost_byte_gives_no_other_number() -> None:
    for line, pair in ((PLAIN, (98, 67)), (EVENT, (97, 101))):
        for place in range(len(line)):
            assert set(pairs(line[:place] + line[place + 1 :] + DASHES)) <= {pair, (None, None)}


def test_a_flipped_bit_shows_no_more_than_a_number_in_range() -> None:
    for line in (PLAIN, DASHES, EVENT):
        for flipped in flips(line):
            found = items(flipped)
            assert all(1 <= value <= 100 for value in numbers(found, SPO2) if value is not None)
            assert all(18 <= value <= 321 for value in numbers(found, RATE) if value is not None)
            assert notes(found) in ([], [set()])


def test_no_flipped_bit_makes_a_number_of_dashes() -> None:
    assert [flipped for flipped in flips(DASHES) if pairs(flipped)] == []
