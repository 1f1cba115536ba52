from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW, flips, notes, numbers, received, told, waves
from hypothesis import given
from hypothesis import strategies as st
from manual import at
from phasein_frames import (
    BAD_SUM,
    EXPIRED,
    GENERAL,
    VECTORS,
    WELL,
    counted,
    expired,
    frame,
    general,
    inspired,
    items,
    registers,
)

from devices.contract import Counts
from devices.phasein.driver import PhaseinDriver
from devices.phasein.slow import Concentrations, Mode, Service, Work
from devices.phasein.wire import Id, Status
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
GASES = (
    ETCO2, FICO2, Measure.FIO2, Measure.ETO2, Measure.N2O_INSPIRED, Measure.N2O_EXPIRED,
    Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED,
)  # fmt: skip
SEVOFLURANE = Agent.SEVOFLURANE


def gases(status: Status, before: bytes = b"") -> set[Quality]:
    """Return the qualities of all gas values of frames with this status."""
    data = general() + before + inspired(status=status) + expired(status=status)
    found = items(data)
    return {quality for measure in GASES for _, quality in told(found, measure)}


def test_the_recorded_frame_gives_a_flat_wave_and_no_rate() -> None:
    assert items(VECTORS["recorded"]) == [
        Reading(RATE, None, UNAVAILABLE, NOW),
        WaveBlock(Channel.CO2, 20, "kPa", (0.0,), NOW),
    ]


def test_inspired_gases_without_a_pressure_are_all_but_co2() -> None:
    found = items(VECTORS["inspired"])
    assert told(found, FICO2) == [(None, UNAVAILABLE)]
    assert told(found, Measure.N2O_INSPIRED) == [(55, VALID)]
    assert told(found, Measure.FIO2) == [(40, VALID)]
    assert told(found, Measure.AGENT_INSPIRED) == [(None, UNAVAILABLE)]
    assert waves(found) == [None]


def test_expired_gases_with_a_pressure_are_co2_in_kpa_and_the_named_agent() -> None:
    found = items(VECTORS["general"] + VECTORS["expired"])
    assert numbers(found, ETCO2) == [pytest.approx(5.2 * 101.3 / 100)]
    assert told(found, Measure.N2O_EXPIRED) == [(54, VALID)]
    assert told(found, Measure.ETO2) == [(36, VALID)]
    assert Reading(Measure.AGENT_EXPIRED, 1.8, VALID, NOW, SEVOFLURANE) in found
    assert waves(found) == [pytest.approx(5.25 * 1.013, abs=1e-3)] * 2


def test_the_rate_is_read() -> None:
    assert told(items(VECTORS["general"]), RATE) == [(14, VALID)]


def test_apnoea_with_an_open_adapter_is_invalid() -> None:
    found = items(VECTORS["apnoea"])
    assert told(found, RATE) == [(None, INVALID)]
    assert notes(found) == [{Note.NO_BREATH, Note.CHECK_ADAPTER}]
    assert waves(found) == [None]


def test_a_required_zero_is_said_and_makes_values_questionable() -> None:
    data = VECTORS["general"] + VECTORS["zero-required"] + VECTORS["expired"]
    assert notes(items(data)) == [{Note.ZERO_REQUIRED}]
    assert told(items(data), Measure.N2O_EXPIRED) == [(54, QUESTIONABLE)]


def test_a_bad_sum_gives_nothing_and_is_counted() -> None:
    assert items(BAD_SUM) == []
    assert counted(BAD_SUM) == Counts(0, 1, 21)


def test_carbon_dioxide_uses_the_pressure_of_the_last_general_frame() -> None:
    high = replace(GENERAL, pressure=800)
    data = general() + expired() + general(high) + expired()
    assert numbers(items(data), ETCO2) == [pytest.approx(5.2676), pytest.approx(4.16)]


@pytest.mark.parametrize(("seconds", "there"), [(1.5, True), (1.6, False)])
def test_a_pressure_older_than_1_5_s_is_none(seconds: float, there: bool) -> None:  # noqa: FBT001
    driver = PhaseinDriver()
    driver.receive(general(), at(0))
    found = list(driver.receive(expired(), at(seconds)))
    assert (numbers(found, ETCO2)[0] is not None) == there
    assert (waves(found)[0] is not None) == there
    assert (numbers(found, Measure.AGENT_EXPIRED)[0] is not None) == there
    assert told(found, Measure.ETO2) == [(36, VALID)]


@pytest.mark.parametrize(
    ("pressure", "there"),
    [(500, True), (1300, True), (499, False), (1301, False), (0, False), (None, False)],
)
def test_a_pressure_that_cannot_be_is_none(pressure: int | None, there: bool) -> None:  # noqa: FBT001
    data = general(replace(GENERAL, pressure=pressure)) + expired()
    assert (numbers(items(data), ETCO2)[0] is not None) == there


@pytest.mark.parametrize("bit", [Status.CHECK_ADAPTER, Status.SENSOR_ERROR])
def test_an_open_adapter_and_a_sensor_error_make_all_gases_invalid(bit: Status) -> None:
    assert gases(bit) == {INVALID}
    assert gases(bit | Status.APNOEA | Status.O2_LOW) == {INVALID}
    assert told(items(general(status=bit)), RATE) == [(None, INVALID)]
    assert waves(items(general(status=bit))) == [None]


@pytest.mark.parametrize(
    "bit",
    [Status.UNSPECIFIED_ACCURACY, Status.O2_LOW, Status.O2_REPLACE, Status.O2_CALIBRATE],
)
def test_doubtful_accuracy_and_a_worn_cell_make_values_questionable(bit: Status) -> None:
    assert gases(bit) == {QUESTIONABLE}
    assert waves(items(general(status=bit))) != [None]


def test_a_detected_breath_changes_nothing() -> None:
    assert gases(Status.BREATH) == {VALID}


def test_in_apnoea_carbon_dioxide_and_rate_are_none_and_the_rest_is_read() -> None:
    apnoea = Status.APNOEA
    data = general(status=apnoea) + inspired(status=apnoea) + expired(status=apnoea)
    found = items(data)
    for measure in (ETCO2, FICO2, RATE):
        assert told(found, measure) == [(None, UNAVAILABLE)]
    assert told(found, Measure.FIO2) == told(found, Measure.ETO2) == [(36, VALID)]
    assert notes(found) == [{Note.NO_BREATH}]
    assert None not in waves(found)


@pytest.mark.parametrize("rate", [0, None, 121])
def test_a_rate_that_is_none_is_unavailable(rate: int | None) -> None:
    data = general(replace(GENERAL, rate=rate))
    assert told(items(data), RATE) == [(None, UNAVAILABLE)]


@pytest.mark.parametrize("rate", [1, 120])
def test_the_outermost_rates_are_numbers(rate: int) -> None:
    assert told(items(general(replace(GENERAL, rate=rate))), RATE) == [(rate, VALID)]


def test_a_concentration_without_data_is_unavailable() -> None:
    nothing = Concentrations(None, None, None, None, None)
    found = items(general() + inspired(nothing) + expired(nothing))
    for measure in GASES:
        assert told(found, measure) == [(None, UNAVAILABLE)]


def test_concentrations_beyond_25_per_cent_are_unavailable() -> None:
    found = items(general() + expired(replace(EXPIRED, co2=251, agent1=251)))
    assert told(found, ETCO2) == told(found, Measure.AGENT_EXPIRED) == [(None, UNAVAILABLE)]
    found = items(general() + expired(replace(EXPIRED, co2=250, agent1=250)))
    assert numbers(found, Measure.AGENT_EXPIRED) == [25.0]


def test_a_wave_sample_without_data_is_none() -> None:
    assert waves(items(general() + frame(7, co2=0xFFFF) + frame(8))) == [
        pytest.approx(5.318), None, pytest.approx(5.318),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "agent"),
    [
        (1, Agent.HALOTHANE),
        (2, Agent.ENFLURANE),
        (3, Agent.ISOFLURANE),
        (4, Agent.SEVOFLURANE),
        (5, Agent.DESFLURANE),
    ],
)
def test_an_agent_has_its_name(code: int, agent: Agent) -> None:
    data = general(replace(GENERAL, agent1=code)) + inspired() + expired()
    found = items(data)
    assert Reading(Measure.AGENT_INSPIRED, 1.8, VALID, NOW, agent) in found
    assert Reading(Measure.AGENT_EXPIRED, 1.8, VALID, NOW, agent) in found


@pytest.mark.parametrize("code", [0, 6, 255])
def test_an_agent_without_a_name_is_none(code: int) -> None:
    found = items(general(replace(GENERAL, agent1=code)) + expired())
    assert Reading(Measure.AGENT_EXPIRED, None, UNAVAILABLE, NOW) in found


def test_of_two_agents_the_primary_one_is_told_last() -> None:
    both = general(replace(GENERAL, agent2=5)) + expired(replace(EXPIRED, agent2=31))
    found = [item for item in items(both) if getattr(item, "agent", None)]
    assert found == [
        Reading(Measure.AGENT_EXPIRED, 3.1, VALID, NOW, Agent.DESFLURANE),
        Reading(Measure.AGENT_EXPIRED, 1.8, VALID, NOW, SEVOFLURANE),
    ]


def test_momentary_and_reserved_blocks_give_no_reading() -> None:
    data = b"".join(frame(number, EXPIRED.to_bytes()) for number in (2, 5, 7, 8, 9))
    assert [item for item in items(data) if isinstance(item, Reading)] == []


@pytest.mark.parametrize("mode", [Mode.SELF_TEST, Mode.SLEEP, Mode.DEMO])
def test_what_is_not_measured_is_no_value(mode: Mode) -> None:
    other = registers(replace(WELL, mode=mode))
    assert gases(Status(0), other) == {INVALID}
    assert waves(items(general() + other)) == [pytest.approx(5.318), None]


def test_a_running_zero_is_no_value() -> None:
    zeroing = frame(Id.SERVICE, Service(1, Work.ZERO_RUNNING).to_bytes())
    assert gases(Status(0), zeroing) == {INVALID}
    assert notes(items(zeroing)) == [{Note.ZEROING}]


def test_registers_older_than_1_5_s_are_forgotten() -> None:
    driver = PhaseinDriver()
    driver.receive(registers(replace(WELL, mode=Mode.DEMO)), at(0))
    found = list(driver.receive(general() + expired(), at(1.6)))
    assert told(found, Measure.ETO2) == [(36, VALID)]


def test_nothing_is_ever_sent() -> None:
    driver = PhaseinDriver()
    for second in range(10):
        assert driver.due(at(second)) == b""
        driver.receive(VECTORS["zero-required"], at(second))


def usable(found: list[Item]) -> list[Reading]:
    return [item for item in found if isinstance(item, Reading) and item.value is not None]


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_publishes_anything(name: str) -> None:
    for data in flips(VECTORS[name]):
        assert items(data) == []


def test_a_stream_cut_anywhere_and_begun_anew_publishes_no_other_value() -> None:
    stream = b"".join(VECTORS[name] for name in ("general", "inspired", "expired"))
    known = {(item.measure, item.value) for item in usable(items(stream * 2))}
    for place in range(len(stream) * 2):
        found = usable(items((stream * 2)[:place] + stream * 2))
        assert {(item.measure, item.value) for item in found} == known


@pytest.mark.parametrize("portion", [1, 3])
def test_portions_make_no_difference(portion: int) -> None:
    data = b"".join(VECTORS.values()) + BAD_SUM + b"\xaa\x55\xaa" + VECTORS["general"]
    assert items(data, portion) == items(data)
    assert counted(data, portion) == counted(data)


@given(data=st.binary(max_size=300), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail_or_lose_count(data: bytes, portion: int) -> None:
    driver = PhaseinDriver()
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 21 + counts.discarded_bytes == len(data)


@given(st.integers(0, 9), st.integers(0, 255).map(Status), st.binary(min_size=6, max_size=6))
def test_no_good_frame_makes_a_driver_fail(number: int, status: Status, slow: bytes) -> None:
    for item in items(general() + frame(number, slow, status)):
        assert item.at == NOW
