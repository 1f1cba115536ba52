from __future__ import annotations

import pytest
from capnostat_frames import BAD_SUM, VECTORS
from damage import notes, numbers, told, waves
from manual import at

from devices.capnostat5.driver import CapnostatDriver
from devices.capnostat5.frame import FrameDecoder
from devices.capnostat5.scale import Unit
from devices.capnostat5.simulator import CapnostatSimulator
from devices.capnostat5.wire import Nack
from devices.contract import Options
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

CHILD = PatientRow("Stue 1", "4y", 98, 118, respiratory_rate=24.0, etco2=4.8)
ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
START, STOP, BOOTED = VECTORS["start"], VECTORS["stop"], VECTORS["booted"]
APNOEA = PatientEvent(at_s=10, respiratory_rate=0)


def module(*events: PatientEvent, unit: Unit = Unit.KPA) -> CapnostatSimulator:
    simulator = CapnostatSimulator(Patient(CHILD, events, seed=1), 1)
    simulator.module.unit = unit
    return simulator


def heard(simulator: CapnostatSimulator, seconds: float, *, compensated: bool = True) -> list[Item]:
    """Return what the driver says of the stream of the first seconds."""
    driver = CapnostatDriver(Options())
    simulator.emit(0)
    told_pressure = VECTORS["pressure-760"] if compensated else b""
    simulator.receive(told_pressure + VECTORS["ask-unit"] + START)
    found: list[Item] = []
    for tick in range(1, round(seconds * 10) + 1):
        found += driver.receive(simulator.emit(tick / 10), at(tick / 10))
    counts = driver.finish()
    assert (counts.bad_frames, counts.discarded_bytes) == (0, 0)
    return found


def reply(simulator: CapnostatSimulator, command: bytes, at_s: float = 0.0) -> bytes:
    simulator.emit(at_s)
    simulator.receive(command)
    return simulator.emit(at_s)


def test_it_says_that_it_has_started_and_then_nothing() -> None:
    simulator = module()
    assert simulator.emit(0) == BOOTED
    assert simulator.emit(10) == b""


def test_a_hundred_frames_come_each_second_once_started() -> None:
    decoder = FrameDecoder()
    simulator = module()
    assert reply(simulator, START, 1.0) == b""
    decoder.feed(simulator.emit(2.0))
    while decoder.next_frame():
        pass
    assert (decoder.frames, decoder.waiting) == (100, 0)
    assert reply(simulator, STOP, 2.0) == STOP
    assert simulator.emit(3.0) == b""


@pytest.mark.parametrize("unit", Unit)
def test_the_driver_reads_what_the_patient_has_in_every_unit(unit: Unit) -> None:
    found = heard(module(unit=unit), 20)
    assert numbers(found, ETCO2)[-10:] == [pytest.approx(4.8, abs=0.06)] * 10
    assert numbers(found, RATE)[-10:] == [24] * 10
    assert numbers(found, FICO2)[-10:] == [0] * 10
    assert told(found, ETCO2)[-1][1] is Quality.VALID


@pytest.mark.parametrize("unit", Unit)
def test_the_wave_is_the_patients(unit: Unit) -> None:
    patient = Patient(CHILD, seed=1)
    samples = waves(heard(module(unit=unit), 8))
    assert len(samples) == 800
    for number, sample in enumerate(samples, 1):
        assert sample == pytest.approx(patient.co2(number / 100), abs=0.011)


def test_a_falling_end_tidal_value_is_followed() -> None:
    found = heard(module(PatientEvent(at_s=5, etco2=2.5, over_s=5)), 15)
    assert numbers(found, ETCO2)[-3:] == [2.5] * 3


def test_20_s_without_a_breath_are_apnoea_and_the_old_value_is_still_sent() -> None:
    simulator = module(APNOEA)
    found = heard(simulator, 40)
    assert notes(found) == [{Note.NO_BREATH}]
    assert told(found, ETCO2)[25] == (4.8, Quality.VALID)
    assert told(found, ETCO2)[-1] == told(found, RATE)[-1] == (None, Quality.INVALID)
    assert waves(found)[-1] == 0.0


def test_breathing_again_ends_the_apnoea() -> None:
    found = heard(module(APNOEA, PatientEvent(at_s=40, respiratory_rate=20)), 50)
    assert notes(found) == [{Note.NO_BREATH}, set()]
    assert told(found, RATE)[-1] == (20, Quality.VALID)


def test_a_cold_sensor_is_invalid_until_it_is_warm() -> None:
    simulator = module()
    simulator.warm_up_s = 10
    found = heard(simulator, 20)
    assert notes(found) == [{Note.WARMING_UP}, set()]
    qualities = [quality for _, quality in told(found, ETCO2)]
    assert qualities[1:10] == [Quality.INVALID] * 9
    assert qualities[10:] == [Quality.VALID] * 10


def test_an_open_adapter_and_zeroing_are_said() -> None:
    simulator = module()
    simulator.adapter, simulator.zeroing = False, True
    assert notes(heard(simulator, 3)) == [{Note.CHECK_ADAPTER, Note.ZEROING}]


def test_without_a_pressure_the_numbers_are_questionable() -> None:
    found = heard(module(), 10, compensated=False)
    assert notes(found) == [{Note.COMPENSATION_NOT_SET}]
    assert told(found, ETCO2)[-1] == (4.8, Quality.QUESTIONABLE)


def test_wrong_bytes_cost_frames_and_never_give_wrong_numbers() -> None:
    simulator = module()
    driver = CapnostatDriver(Options())
    found: list[Item] = []
    reply(simulator, VECTORS["pressure-760"] + START)
    found += driver.receive(VECTORS["unit-kpa"], at(0))
    simulator.corrupt_every = 97
    for tick in range(1, 200):
        found += driver.receive(simulator.emit(tick / 10), at(tick / 10))
    counts = driver.finish()
    assert counts.bad_frames > 50
    assert set(numbers(found, ETCO2)) == {4.8, None}
    assert set(numbers(found, RATE)) == {24, None}


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (STOP, STOP),
        (VECTORS["ask-unit"], VECTORS["unit-kpa"]),
        (VECTORS["pressure-760"], VECTORS["pressure-760"]),
        (VECTORS["gas-air"], VECTORS["gas-air"]),
        (VECTORS["temperature-35"], Nack(5).to_bytes()),
        (bytes.fromhex("82 01 7d"), Nack(1).to_bytes()),
        (BAD_SUM, Nack(2).to_bytes()),
    ],
)
def test_a_command_is_answered_as_the_maker_says(command: bytes, answer: bytes) -> None:
    simulator = module()
    simulator.emit(0)
    assert reply(simulator, command) == answer


def test_half_a_command_is_refused_after_half_a_second() -> None:
    simulator = module()
    assert reply(simulator, VECTORS["pressure-760"][:3], 1.0) == b""
    assert simulator.emit(1.5) == b""
    assert simulator.emit(1.6) == Nack(3).to_bytes()
    assert reply(simulator, STOP, 1.7) == STOP


def test_a_reboot_ends_the_stream_and_keeps_the_unit() -> None:
    simulator = module()
    reply(simulator, VECTORS["pressure-760"] + START, 1.0)
    simulator.reboot()
    assert reply(simulator, STOP, 1.4) == b""
    assert simulator.emit(1.5) == BOOTED
    assert simulator.emit(9) == b""
    assert not simulator.module.compensated
    assert reply(simulator, VECTORS["ask-unit"], 9) == VECTORS["unit-kpa"]


def test_the_same_seed_sends_the_same_bytes() -> None:
    streams = []
    for _ in range(2):
        simulator = module()
        reply(simulator, START)
        streams.append(simulator.emit(5))
    assert streams[0] == streams[1]
