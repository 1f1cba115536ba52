from __future__ import annotations

from dataclasses import replace

import pytest
from damage import CAPTURES, NOW, captured, flips, numbers, received, told
from dri_records import (
    EVERYTHING,
    NOTHING,
    START_CO2,
    START_DISPLAYED,
    START_ECG,
    art_driver,
    composed,
    displayed,
    driver,
    frame,
)
from hypothesis import given
from hypothesis import strategies as st
from manual import at

from devices.contract import Counts
from devices.ge_dri.basic import Physiological
from devices.ge_dri.framing import framed
from devices.ge_dri.requests import Action, Kind, NumbersRequest, WaveRequest
from devices.ge_dri.waves import Stretch, Wave
from devices.ge_dri.wire import Descriptor, MainType, Record, single
from vitals.measure import Measure
from vitals.reading import Item, Quality, Reading

G7 = CAPTURES / "ge_dri" / "displayed-values.vagt"
NUMBERS = framed(NumbersRequest(Kind.DISPLAYED, 5).record())
WAVES = framed(WaveRequest(Action.START, (Wave.ECG1, Wave.PLETH, Wave.CO2)).record())
DRAWN = framed(single(MainType.WAVE, 1, Stretch((1, 2)).to_bytes()))


def items(data: bytes, portion: int = 1 << 20) -> list[Item]:
    return received(driver(), data, portion)


def usable(found: list[Item]) -> list[tuple[Measure, float | None]]:
    readings = [item for item in found if isinstance(item, Reading)]
    return [(one.measure, one.value) for one in readings if one.quality.usable]


def test_a_whole_record_of_displayed_values_is_read() -> None:
    data = captured("ge_dri", "displayed-values")
    assert len(data) == 321
    assert (data[1], data[-2]) == (0x3E, 0x0F)
    found = items(data)
    assert [(measure, measure.rounded(value)) for measure, value in usable(found)] == [
        (Measure.HEART_RATE, 88),
        (Measure.SPO2, 97),
        (Measure.PULSE_RATE, 87),
        (Measure.ETCO2, 4.83),
        (Measure.FICO2, 0),
        (Measure.RESPIRATORY_RATE, 20),
        (Measure.NIBP_SYSTOLIC, 103),
        (Measure.NIBP_DIASTOLIC, 61),
        (Measure.NIBP_MEAN, 77),
    ]
    assert numbers(found, Measure.ETCO2) == [pytest.approx(4.828, abs=5e-4)]


@pytest.mark.parametrize("kind", [Kind.TREND_10_S, Kind.TREND_60_S, Kind.AUXILIARY])
def test_trends_are_averages_of_the_past_and_no_readings(kind: Kind) -> None:
    body = Physiological(0, EVERYTHING.to_bytes()).to_bytes()
    by = driver()
    assert by.receive(framed(single(MainType.PHYSIOLOGICAL, kind, body)), NOW) == []
    assert by.finish() == Counts(1, 0, 0)


@pytest.mark.parametrize("data_class", [1, 2, 3])
def test_an_extension_is_not_read_as_the_basic_class(data_class: int) -> None:
    assert items(framed(displayed(EVERYTHING, data_class << 8))) == []


def test_a_record_of_several_classes_gives_the_basic_one() -> None:
    parts = [
        Physiological(0, block.to_bytes(), level=level).to_bytes()
        for block, level in ((NOTHING, 0x100), (EVERYTHING, 0), (NOTHING, 0x300))
    ]
    listed = tuple(Descriptor(Kind.DISPLAYED, 278 * place) for place in range(3))
    record = Record(MainType.PHYSIOLOGICAL, listed, b"".join(parts))
    assert items(framed(record)) == items(frame(EVERYTHING))


@pytest.mark.parametrize("main", [MainType.ALARM, MainType.NETWORK, MainType.FIBRE_OPTIC, 77])
def test_other_records_are_frames_and_nothing_more(main: int) -> None:
    by = driver()
    assert by.receive(framed(replace(displayed(EVERYTHING), maintype=main)), NOW) == []
    assert by.finish() == Counts(1, 0, 0)


@pytest.mark.parametrize("data", [START_DISPLAYED, START_ECG, START_CO2])
def test_a_request_that_comes_back_is_a_frame_and_nothing_more(data: bytes) -> None:
    by = driver()
    assert by.receive(data, NOW) == []
    assert by.finish() == Counts(1, 0, 0)


def test_a_subrecord_that_is_too_short_is_left_alone() -> None:
    body = Physiological(0, EVERYTHING.to_bytes()).to_bytes()[:-1]
    assert items(framed(single(MainType.PHYSIOLOGICAL, Kind.DISPLAYED, body))) == []


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", sorted(path.stem for path in G7.parent.glob("*.vagt")))
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("ge_dri", name)
    whole, cut = driver(), driver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()
    assert whole.counts.frames


@given(data=st.binary(max_size=300), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail(data: bytes, portion: int) -> None:
    by = driver()
    assert received(by, data, portion) == []
    assert by.finish().discarded_bytes == len(data)


@given(st.binary(max_size=400), st.integers(0, 9), st.integers(0, 254))
def test_no_body_makes_a_driver_fail(body: bytes, main: int, kind: int) -> None:
    by = art_driver()
    by.receive(framed(Record(main, (Descriptor(kind, 0),), body)), NOW)
    assert by.counts == Counts(1, 0, 0)


@given(st.binary(min_size=278, max_size=278))
def test_no_block_makes_a_driver_fail(body: bytes) -> None:
    by = art_driver()
    by.receive(framed(single(MainType.PHYSIOLOGICAL, Kind.DISPLAYED, body[:-2] + b"\0\0")), NOW)
    assert by.counts == Counts(1, 0, 0)


@pytest.mark.parametrize("name", ["displayed", "composed", "wave", "request"])
def test_no_flipped_bit_publishes_anything(name: str) -> None:
    vectors = {
        "displayed": captured("ge_dri", "displayed-values"),
        "composed": composed(),
        "wave": DRAWN,
        "request": START_DISPLAYED,
    }
    for flipped in flips(vectors[name]):
        assert items(flipped) == []


def test_after_a_flipped_bit_the_next_record_is_read() -> None:
    whole = items(frame(EVERYTHING))
    for flipped in list(flips(composed()))[::7]:
        assert items(flipped + frame(EVERYTHING)) == whole


def test_a_record_cut_at_any_byte_publishes_nothing_and_costs_no_other() -> None:
    data = captured("ge_dri", "displayed-values")
    whole = items(frame(EVERYTHING))
    for cut in range(len(data) - 1):  # the next frame's flag may stand for the last byte
        assert items(data[:cut]) == []
        assert items(data[:cut] + frame(EVERYTHING)) == whole


def test_values_and_then_waves_are_asked_for_once() -> None:
    by = driver()
    assert by.due(at(0)) == NUMBERS
    assert by.due(at(0.1)) == WAVES
    assert {by.due(at(tick / 10)) for tick in range(2, 150)} == {b""}


def test_the_interval_is_the_shortest_that_is_granted_and_only_the_basic_class_is_asked() -> None:
    head = "7e31" + "00" * 20 + "ff" + "00" * 18
    assert bytes.fromhex(head + "010500000000000000" + "367e") == NUMBERS


def test_an_arterial_pressure_is_asked_for_where_there_is_one() -> None:
    by = art_driver()
    by.due(at(0))
    waves = (Wave.ECG1, Wave.PLETH, Wave.CO2, Wave.P1)
    assert by.due(at(0.1)) == framed(WaveRequest(Action.START, waves).record())


def asked(seconds: int, answers: dict[float, bytes]) -> list[tuple[float, bytes]]:
    """Return what is asked and when, while `answers` come."""
    by = driver()
    found = []
    for tick in range(seconds * 10):
        now_s = tick / 10
        if now_s in answers:
            by.receive(answers[now_s], at(now_s))
        if data := by.due(at(now_s)):
            found.append((now_s, data))
    return found


def test_after_three_intervals_of_silence_it_is_asked_again() -> None:
    assert asked(31, {}) == [
        (0.0, NUMBERS),
        (0.1, WAVES),
        (15.0, NUMBERS),
        (15.1, WAVES),
        (30.0, NUMBERS),
        (30.1, WAVES),
    ]


def test_what_comes_need_not_be_asked_for_again() -> None:
    values = {float(second): frame(EVERYTHING) for second in range(1, 60, 5)}
    assert [data for _, data in asked(60, values)] == [NUMBERS, WAVES, WAVES, WAVES, WAVES]
    both = {when: data + DRAWN for when, data in values.items()}
    assert asked(60, both) == [(0.0, NUMBERS), (0.1, WAVES)]


def test_the_silence_counts_from_what_came_last() -> None:
    assert asked(25, {4.0: frame(EVERYTHING) + DRAWN}) == [
        (0.0, NUMBERS),
        (0.1, WAVES),
        (19.0, NUMBERS),
        (19.1, WAVES),
    ]


def test_readings_have_the_time_of_the_last_byte() -> None:
    data = frame(EVERYTHING)
    by = driver()
    assert by.receive(data[:-1], at(1)) == []
    assert {item.at for item in by.receive(data[-1:], at(2))} == {at(2)}


def test_a_long_read_loses_nothing() -> None:
    rates = range(60, 160)
    data = b"".join(frame(replace(NOTHING, ecg=replace(EVERYTHING.ecg, hr=hr))) for hr in rates)
    assert told(items(data), Measure.HEART_RATE) == [(hr, Quality.VALID) for hr in rates]
