from __future__ import annotations

import pytest
from capnostat_frames import (
    BAD_SUM,
    CUT,
    GOOD,
    KPA,
    MMHG,
    PERCENT,
    UNITS,
    VECTORS,
    carrying,
    counted,
    items,
    number,
    status,
)
from damage import NOW, flips, notes, numbers, received, told, waves
from hypothesis import given
from hypothesis import strategies as st
from manual import at

from devices.capnostat5.driver import CapnostatDriver
from devices.capnostat5.status import Flag, Status
from devices.capnostat5.wire import Nack, Parameter, Waveform
from devices.contract import Counts, Options
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
BOOTED = VECTORS["booted"]
STREAM = b"".join(VECTORS.values())
READY = KPA + status()


def value(data: bytes, measure: Measure) -> float | None:
    (found,) = numbers(items(data), measure)
    return found


def test_before_the_unit_is_told_there_is_no_co2_but_a_rate() -> None:
    data = status() + VECTORS["etco2-kpa"] + VECTORS["rate"]
    assert told(items(data), ETCO2) == [(None, Quality.UNAVAILABLE)]
    assert told(items(data), RATE) == [(14, Quality.VALID)]
    assert waves(items(data)) == [None] * len(waves(items(data)))


def test_once_the_unit_is_told_there_is_co2_in_kpa() -> None:
    found = items(status() + VECTORS["unit-kpa"] + VECTORS["etco2-kpa"])
    assert told(found, ETCO2) == [(5.1, Quality.VALID)]
    assert waves(found)[-1] == 5.13


def test_asking_for_the_unit_does_not_tell_it() -> None:
    assert value(VECTORS["ask-unit"] + VECTORS["etco2-kpa"], ETCO2) is None


def test_millimetres_of_mercury_become_kpa() -> None:
    found = items(MMHG + status() + VECTORS["etco2"] + VECTORS["wave"] + VECTORS["negative"])
    assert numbers(found, ETCO2) == [pytest.approx(38.5 / 7.50062)]
    kept = [sample for sample in waves(found) if sample is not None]
    assert kept[-3:] == [pytest.approx(mmhg / 7.50062, abs=6e-4) for mmhg in (37.12, 38.25, -0.5)]


def test_volume_per_cent_needs_the_pressure() -> None:
    assert value(PERCENT + number(Parameter.ETCO2, 50), ETCO2) is None
    data = VECTORS["pressure-760"] + PERCENT + number(Parameter.ETCO2, 50)
    assert value(data, ETCO2) == pytest.approx(5.0 * 101.325 / 100, abs=1e-3)


def test_a_unit_nobody_knows_gives_no_co2() -> None:
    unknown = bytes.fromhex("84 03 07 05 6d")
    assert counted(unknown) == Counts(1, 0, 0)
    assert value(unknown + VECTORS["etco2-kpa"], ETCO2) is None


@pytest.mark.parametrize("unit", UNITS)
def test_a_number_of_0_is_none_in_every_unit(unit: str) -> None:
    told_zero = VECTORS["pressure-760"] + UNITS[unit] + status() + VECTORS["no-value"]
    assert told(items(told_zero), ETCO2) == [(None, Quality.UNAVAILABLE)]
    rate = told_zero + number(Parameter.RESPIRATORY_RATE, 0)
    assert told(items(rate), RATE) == [(None, Quality.UNAVAILABLE)]


def test_a_rate_is_not_scaled_and_takes_two_bytes() -> None:
    assert value(READY + number(Parameter.RESPIRATORY_RATE, 130), RATE) == 130


def test_inspired_0_is_a_value_while_there_are_breaths() -> None:
    zero = number(Parameter.FICO2, 0)
    assert told(items(READY + zero), FICO2) == [(0.0, Quality.VALID)]
    assert told(items(KPA + status(Status()) + zero), FICO2) == [(None, Quality.UNAVAILABLE)]
    assert told(items(KPA + zero), FICO2) == [(None, Quality.UNAVAILABLE)]


def test_a_breath_makes_the_inspired_value_one_until_the_next_status() -> None:
    breath, inspired = carrying(Parameter.BREATH), number(Parameter.FICO2, 3)
    still = KPA + status(Status())
    assert value(still + inspired, FICO2) is None
    assert value(still + breath + inspired, FICO2) == 0.3
    assert value(still + breath + status(Status()) + inspired, FICO2) is None


def test_numbers_before_the_first_status_are_questionable() -> None:
    data = KPA + VECTORS["etco2-kpa"] + VECTORS["rate"]
    assert told(items(data), ETCO2) == [(5.1, Quality.QUESTIONABLE)]
    assert told(items(data), RATE) == [(14, Quality.QUESTIONABLE)]


@pytest.mark.parametrize(
    ("seconds", "quality"), [(3.0, Quality.VALID), (3.1, Quality.QUESTIONABLE)]
)
def test_a_status_older_than_3_s_vouches_for_nothing(seconds: float, quality: Quality) -> None:
    driver = CapnostatDriver(Options())
    driver.receive(READY, at(0))
    found = driver.receive(VECTORS["etco2-kpa"], at(seconds))
    assert told(found, ETCO2) == [(5.1, quality)]


def test_a_fault_holds_until_the_next_status_however_late() -> None:
    driver = CapnostatDriver(Options())
    driver.receive(KPA + VECTORS["check-adapter"], at(0))
    assert told(driver.receive(VECTORS["etco2-kpa"], at(9)), ETCO2) == [(None, Quality.INVALID)]
    driver.receive(status(), at(10))
    assert told(driver.receive(VECTORS["etco2-kpa"], at(10)), ETCO2) == [(5.1, Quality.VALID)]


def test_in_apnoea_the_old_numbers_are_not_shown() -> None:
    numerics = (Parameter.ETCO2, Parameter.FICO2, Parameter.RESPIRATORY_RATE)
    data = READY + VECTORS["no-breath"] + b"".join(number(one, 38) for one in numerics)
    for measure in (ETCO2, FICO2, RATE):
        assert told(items(data), measure) == [(None, Quality.INVALID)]
    assert notes(items(data)) == [{Note.NO_BREATH}]


def test_in_apnoea_the_wave_is_flat_and_not_gone() -> None:
    flat = Waveform(0x41, 1000).to_bytes()
    assert waves(items(KPA + VECTORS["no-breath"] + flat)) == [0.0, 0.0]


def test_while_warming_up_there_is_neither_number_nor_wave() -> None:
    found = items(KPA + VECTORS["warming-up"] + VECTORS["etco2-kpa"] + VECTORS["rate"])
    assert told(found, ETCO2) == told(found, RATE) == [(None, Quality.INVALID)]
    assert set(waves(found)) == {None}
    assert notes(found) == [{Note.WARMING_UP, Note.COMPENSATION_NOT_SET}]


def test_a_sensor_that_has_warmed_up_is_believed_without_a_pause() -> None:
    found = items(KPA + VECTORS["warming-up"] + status() + VECTORS["etco2-kpa"])
    assert told(found, ETCO2) == [(5.1, Quality.VALID)]
    assert notes(found)[-1] == set()


def test_the_count_that_stands_for_no_sample_is_none() -> None:
    data = KPA + Waveform(7, 0).to_bytes() + Waveform(8, 1001).to_bytes()
    assert waves(items(data)) == [None, 0.01]


def test_lost_frames_are_gaps_in_the_wave() -> None:
    frames = [Waveform(sync, 1000 + sync).to_bytes() for sync in (126, 127, 0, 4, 5)]
    assert waves(items(KPA + b"".join(frames))) == [
        1.26, 1.27, 0.0, None, None, None, 0.04, 0.05,
    ]  # fmt: skip


@pytest.mark.parametrize(("jump", "lost"), [(100, 99), (101, 0), (128, 0)])
def test_a_gap_of_more_than_a_second_is_not_filled(jump: int, lost: int) -> None:
    frames = [Waveform(sync % 128, 1500).to_bytes() for sync in (3, 3 + jump)]
    assert waves(items(KPA + b"".join(frames))) == [5.0, *[None] * lost, 5.0]


def test_a_sample_says_its_channel_rate_and_unit() -> None:
    found = items(KPA + VECTORS["etco2-kpa"])
    assert found[-1] == WaveBlock(Channel.CO2, 100, "kPa", (5.13,), NOW)


def test_a_reboot_makes_unit_and_status_unknown() -> None:
    found = items(READY + BOOTED + VECTORS["etco2-kpa"] + VECTORS["rate"])
    assert notes(found) == [{Note.REBOOTED}]
    assert told(found, ETCO2) == [(None, Quality.UNAVAILABLE)]
    assert told(found, RATE) == [(14, Quality.QUESTIONABLE)]


def test_a_reboot_is_forgotten_with_the_next_status() -> None:
    assert notes(items(BOOTED * 2 + status())) == [{Note.REBOOTED}, set()]


@pytest.mark.parametrize("said", [Nack(6).to_bytes(), carrying(Parameter.HARDWARE, b"\x04")])
def test_a_faulty_module_says_so_and_is_questioned_for_as_long_as_it_does(said: bytes) -> None:
    driver = CapnostatDriver(Options())
    driver.receive(READY, at(0))
    found = list(driver.receive(said + VECTORS["etco2-kpa"], at(1)))
    assert notes(found) == [{Note.SENSOR_FAULT}]
    assert told(found, ETCO2) == [(5.1, Quality.QUESTIONABLE)]
    found = list(driver.receive(status() + VECTORS["etco2-kpa"], at(4.1)))
    assert notes(found) == [set()]
    assert told(found, ETCO2) == [(5.1, Quality.VALID)]


def test_a_refused_command_is_no_fault() -> None:
    assert items(b"".join(Nack(code).to_bytes() for code in range(1, 6))) == []


def test_a_note_is_said_when_it_comes_and_when_it_goes() -> None:
    open_adapter = Status(flags=Flag.CHECK_ADAPTER)
    data = status() * 2 + status(open_adapter) * 3 + status(GOOD) * 2
    assert notes(items(data)) == [{Note.CHECK_ADAPTER}, set()]


@pytest.mark.parametrize("parameter", [Parameter.ETCO2, Parameter.FICO2])
def test_pressures_beyond_the_measuring_range_are_none(parameter: Parameter) -> None:
    measure = ETCO2 if parameter is Parameter.ETCO2 else FICO2
    assert told(items(READY + number(parameter, 200)), measure) == [(20.0, Quality.VALID)]
    assert told(items(READY + number(parameter, 201)), measure) == [(None, Quality.INVALID)]


def test_rates_and_samples_beyond_the_measuring_range_are_none() -> None:
    rates = [number(Parameter.RESPIRATORY_RATE, rate) for rate in (150, 151)]
    assert [told(items(READY + rate), RATE) for rate in rates] == [
        [(150, Quality.VALID)],
        [(None, Quality.INVALID)],
    ]
    assert waves(items(KPA + carrying(Parameter.BREATH, count=3001))) == [None]


@pytest.mark.parametrize(
    "parameter", [Parameter.STATUS, Parameter.ETCO2, Parameter.RESPIRATORY_RATE, Parameter.FICO2]
)
def test_a_parameter_without_enough_data_leaves_the_sample(parameter: Parameter) -> None:
    (block,) = items(KPA + carrying(parameter, b"\x01"))
    assert isinstance(block, WaveBlock)
    assert block.samples == (5.13,)


@pytest.mark.parametrize("parameter", [0, 6, 8, 127])
def test_a_parameter_nobody_knows_leaves_the_sample(parameter: int) -> None:
    data = KPA + Waveform(0, 1513, parameter, b"\x01\x02").to_bytes()
    assert waves(items(data)) == [5.13]
    assert len(items(data)) == 1


def test_readings_carry_the_time_they_were_received() -> None:
    driver = CapnostatDriver(Options())
    found = driver.receive(READY + VECTORS["etco2-kpa"], at(7))
    assert {item.at for item in found} == {at(7)}


def test_a_bad_checksum_is_counted_and_never_published() -> None:
    assert items(BAD_SUM) == []
    assert counted(BAD_SUM) == Counts(0, 1, 6)


def test_a_frame_that_is_cut_by_another_is_dropped() -> None:
    assert items(CUT) == []
    assert counted(CUT) == Counts(1, 0, 4)


def test_every_vector_at_once_is_as_many_frames() -> None:
    assert counted(STREAM) == Counts(len(VECTORS), 0, 0)


@pytest.mark.parametrize("portion", [1, 3])
def test_portions_make_no_difference(portion: int) -> None:
    data = STREAM + BAD_SUM + CUT + READY + STREAM
    assert items(data, portion) == items(data)
    assert counted(data, portion) == counted(data)


@given(data=st.binary(max_size=300), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail(data: bytes, portion: int) -> None:
    driver = CapnostatDriver(Options())
    received(driver, READY + data, portion)
    assert driver.finish().discarded_bytes <= len(data) + len(READY)


def usable(found: list[Item]) -> list[Reading]:
    return [item for item in found if isinstance(item, Reading) and item.value is not None]


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_publishes_a_number(name: str) -> None:
    for data in flips(VECTORS[name]):
        found = items(READY + data)
        assert usable(found) == []
        assert notes(found) == []


def test_a_stream_cut_anywhere_loses_only_the_frame_in_flight() -> None:
    stream = b"".join(number(Parameter.ETCO2, 40 + place) for place in range(4))
    whole = numbers(items(READY + stream), ETCO2)
    for place in range(len(stream)):
        found = numbers(items(READY + stream[:place] + READY + stream), ETCO2)
        assert found == whole[: place // 9] + whole


def test_a_long_read_loses_nothing() -> None:
    data = READY + b"".join(Waveform(sync % 128, 1500).to_bytes() for sync in range(20_000))
    assert waves(items(data))[1:] == [5.0] * 20_000
