from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW, captured, flips, notes, numbers, received, told
from hypothesis import given
from hypothesis import strategies as st

from devices.contract import Counts
from devices.nonin.display import Df1Frame, Df8Frame, Extra, Mark
from devices.nonin.records import display_driver
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

Shape = type[Df1Frame] | type[Df8Frame]

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
VALID, INVALID = Quality.VALID, Quality.INVALID
UNAVAILABLE, QUESTIONABLE = Quality.UNAVAILABLE, Quality.QUESTIONABLE
SHAPES: tuple[Shape, ...] = (Df1Frame, Df8Frame)
CAPTURES = {Df1Frame: "once-a-second-df1", Df8Frame: "once-a-second-df8"}
GOOD = Df8Frame(0, 72, 97, int(Extra.SPA))
NUMBERS = st.tuples(
    st.integers(0, 31).map(lambda marks: marks << 2), st.integers(0, 511), st.integers(0, 127)
)


def items(shape: Shape, data: bytes) -> list[Item]:
    return received(display_driver(shape), data)


def said(frame: Df1Frame | Df8Frame) -> list[Item]:
    return items(type(frame), frame.to_bytes())


def vector(shape: Shape) -> bytes:
    return captured("nonin", CAPTURES[shape])


def good(shape: Shape, hr: int = 72, spo2: int = 97) -> bytes:
    return Df8Frame(0, hr, spo2, 0x20).to_bytes()[: shape.BYTES]


@pytest.mark.parametrize(
    ("frame", "spo2", "rate", "quality", "noted"),
    [
        ("80 48 61 20", 97, 72, VALID, set()),
        ("89 2c 5b 01", 91, 172, VALID, {Note.LOW_BATTERY}),
        ("83 7f 7f 08", None, None, INVALID, {Note.PROBE_OFF}),
        ("b4 5f 58 08", None, None, INVALID, {Note.PROBE_OFF, Note.LOW_PERFUSION}),
    ],
)
def test_each_frame_of_format_8_is_read(
    frame: str, spo2: int | None, rate: int | None, quality: Quality, noted: set[Note]
) -> None:
    assert items(Df8Frame, bytes.fromhex(frame)) == [
        Reading(SPO2, spo2, quality, NOW),
        Reading(RATE, rate, quality, NOW),
        Notes(frozenset(noted), NOW),
    ]


def test_format_8_stands_on_the_wire_as_the_maker_put_it() -> None:
    frames = [vector(Df8Frame)[place : place + 4] for place in range(0, 16, 4)]
    assert [Df8Frame.parse(frame) for frame in frames] == [
        Df8Frame(0, 72, 97, Extra.SPA),
        Df8Frame(Mark.MPRF, 172, 91, Extra.LOW_BAT),
        Df8Frame(0, 511, 127, Extra.SNSA),
        Df8Frame(Mark.OOT | Mark.LPRF | Mark.ARTF, 95, 88, Extra.SNSA),
    ]


def test_format_1_is_read_with_its_own_mark_of_the_sensor() -> None:
    found = items(Df1Frame, vector(Df1Frame))
    assert told(found, SPO2) == [(97, VALID), (91, VALID), (None, INVALID), (None, INVALID)]
    assert told(found, RATE) == [(72, VALID), (172, VALID), (None, INVALID), (None, INVALID)]
    assert notes(found) == [set(), {Note.PROBE_OFF}]


def test_bit_6_of_the_first_byte_means_nothing_in_format_8() -> None:
    assert said(replace(GOOD, marks=int(Mark.SNSD))) == said(GOOD)


@pytest.mark.parametrize("bit", [0x40, 0x10, 0x04, 0x02])
def test_reserved_bits_of_the_fourth_byte_change_nothing(bit: int) -> None:
    assert said(replace(GOOD, extra=GOOD.extra | bit)) == said(GOOD)


@pytest.mark.parametrize("shape", SHAPES)
def test_out_of_track_makes_the_numbers_questionable(shape: Shape) -> None:
    data = bytes((0x80 | Mark.OOT,)) + good(shape)[1:]
    found = items(shape, data)
    assert told(found, SPO2) == [(97, QUESTIONABLE)]
    assert told(found, RATE) == [(72, QUESTIONABLE)]


def test_out_of_track_makes_no_number_of_a_missing_code() -> None:
    found = said(Df8Frame(int(Mark.OOT), 511, 127, 0))
    assert told(found, SPO2) == told(found, RATE) == [(None, UNAVAILABLE)]


@pytest.mark.parametrize("mark", [Mark.ARTF, Mark.MPRF, Mark.LPRF])
def test_artefact_and_perfusion_leave_the_numbers_valid(mark: Mark) -> None:
    found = said(replace(GOOD, marks=int(mark)))
    assert (told(found, SPO2), told(found, RATE)) == ([(97, VALID)], [(72, VALID)])


def test_low_perfusion_is_noted_and_marginal_is_not() -> None:
    assert notes(said(replace(GOOD, marks=int(Mark.LPRF)))) == [{Note.LOW_PERFUSION}]
    assert notes(said(replace(GOOD, marks=int(Mark.MPRF)))) == [set()]


def test_notes_are_said_when_they_change_and_at_first() -> None:
    low = replace(GOOD, extra=int(Extra.LOW_BAT)).to_bytes()
    found = items(Df8Frame, (good(Df8Frame) + low) * 2 + low)
    assert notes(found) == [set(), {Note.LOW_BATTERY}, set(), {Note.LOW_BATTERY}]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("hr", "rate"), [(0, None), (17, None), (18, 18), (321, 321), (322, None), (511, None)]
)
def test_a_pulse_rate_that_no_device_measures_is_none(
    shape: Shape, hr: int, rate: int | None
) -> None:
    found = items(shape, good(shape, hr=hr))
    assert told(found, RATE) == [(rate, UNAVAILABLE if rate is None else VALID)]
    assert told(found, SPO2) == [(97, VALID)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("code", "value"), [(0, None), (1, 1), (100, 100), (101, None), (126, None), (127, None)]
)
def test_a_saturation_that_is_none_is_unavailable(
    shape: Shape, code: int, value: int | None
) -> None:
    found = items(shape, good(shape, spo2=code))
    assert told(found, SPO2) == [(value, UNAVAILABLE if value is None else VALID)]
    assert told(found, RATE) == [(72, VALID)]


@given(NUMBERS, st.integers(0, 127))
def test_a_frame_survives_the_wire(shown: tuple[int, int, int], extra: int) -> None:
    short, long = Df1Frame(*shown), Df8Frame(*shown, extra)
    assert Df1Frame.parse(short.to_bytes()) == short
    assert Df8Frame.parse(long.to_bytes()) == long


@given(st.binary(min_size=3, max_size=3), st.integers(0, 127))
def test_what_is_read_as_a_frame_is_written_as_the_same_bytes(data: bytes, extra: int) -> None:
    short, long = Df1Frame.parse(data), Df8Frame.parse(data + bytes((extra,)))
    pattern = [byte >> 7 for byte in data] == [1, 0, 0]
    assert (short is not None) == (long is not None) == pattern
    if short is not None and long is not None:
        assert short.to_bytes() == data
        assert long.to_bytes() == data + bytes((extra,))


@pytest.mark.parametrize(
    ("shape", "data", "bad"),
    [
        (Df8Frame, "00 48 61 20", 0),
        (Df8Frame, "80 48 e1 20", 1),
        (Df8Frame, "80 48 61 a0", 1),
        (Df8Frame, "80 c8 e1 20 00", 2),
        (Df1Frame, "80 48 e1", 1),
        (Df1Frame, "80 c8 61", 1),
        (Df1Frame, "80 c8 e1 00 80", 3),
    ],
)
def test_the_pattern_of_bit_7_is_all_that_tells_a_frame(shape: Shape, data: str, bad: int) -> None:
    driver = display_driver(shape)
    assert received(driver, bytes.fromhex(data)) == []
    assert driver.finish() == Counts(0, bad, len(bytes.fromhex(data)))


@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.binary(max_size=200), portion=st.integers(1, 40))
def test_no_bytes_make_a_driver_fail_or_lose_count(shape: Shape, data: bytes, portion: int) -> None:
    cut, whole = display_driver(shape), display_driver(shape)
    assert received(cut, data, portion) == received(whole, data)
    counts = cut.finish()
    assert counts == whole.finish()
    assert counts.frames * shape.BYTES + counts.discarded_bytes == len(data)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(shape: Shape, portion: int) -> None:
    whole, cut = display_driver(shape), display_driver(shape)
    assert received(cut, vector(shape), portion) == received(whole, vector(shape))
    assert cut.finish() == whole.finish() == Counts(4, 0, 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cut_frame_costs_itself_alone(shape: Shape) -> None:
    for kept in range(shape.BYTES):
        driver = display_driver(shape)
        found = received(driver, good(shape, spo2=90)[:kept] + good(shape) * 2)
        assert numbers(found, SPO2) == [97, 97]
        assert driver.finish().discarded_bytes == kept


@pytest.mark.parametrize("shape", SHAPES)
def test_a_frame_is_found_at_whatever_byte_it_begins(shape: Shape) -> None:
    for slip in range(1, shape.BYTES):
        assert numbers(items(shape, good(shape, spo2=90)[slip:] + good(shape)), SPO2) == [97]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_unfinished_tail_is_discarded_and_no_bad_frame(shape: Shape) -> None:
    driver = display_driver(shape)
    received(driver, good(shape) + good(shape)[:2])
    assert driver.finish() == Counts(1, 0, 2)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_flipped_bit_shows_no_more_than_a_number_in_range(shape: Shape) -> None:
    for flipped in flips(vector(shape)):
        found = items(shape, flipped)
        assert len(numbers(found, SPO2)) in (3, 4)
        assert all(1 <= value <= 100 for value in numbers(found, SPO2) if value is not None)
        assert all(18 <= value <= 321 for value in numbers(found, RATE) if value is not None)


def test_format_8_read_as_format_1_leaves_its_fourth_byte_over() -> None:
    driver = display_driver(Df1Frame)
    assert numbers(received(driver, good(Df8Frame) * 3), SPO2) == [97] * 3
    assert driver.finish() == Counts(3, 0, 3)


def test_format_1_read_as_format_8_gives_nothing() -> None:
    driver = display_driver(Df8Frame)
    assert received(driver, good(Df1Frame) * 3) == []
    assert driver.finish() == Counts(0, 2, 9)
